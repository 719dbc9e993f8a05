import { describe, expect, test } from 'vitest';
import { type CommonClaims, type MessageKind, signMessage } from '../../src/protocol/message.ts';
import { fc } from '../support/property.ts';
import { aMessage, fixedClaims, KINDS, kindOf } from './support/kinds.ts';
import { opening, refusal } from './support/opening.ts';
import { another, party } from './support/parties.ts';
import { headerText, partsOf, payloadText, rawToken, withSignature } from './support/raw-token.ts';
import {
  headers,
  hmacToken,
  notCompact,
  payloads,
  spellings,
  type Variants,
} from './support/variants.ts';

/** What was accepted or refused otherwise than expected, by what is wrong with it. */
async function otherwise(
  kind: MessageKind<CommonClaims>,
  it: CommonClaims,
  variants: Variants<string>,
  expected = 'message_malformed',
) {
  const codes = await Promise.all(
    variants.map(async ([what, token]) => [what, await refusal(opening(kind, token, it))] as const),
  );
  return codes.filter(([, code]) => code !== expected);
}

describe.each(Object.entries(KINDS))('%s', (file, each) => {
  const { kind } = each;
  const it = fixedClaims(each);
  const signer = party(it.iss);
  const header = headerText(kind.typ, signer);
  const token = () => signMessage(kind, it, signer.signer);

  test('in another base64url is malformed', async () => {
    const variants = spellings(await token());
    expect(variants.length).toBeGreaterThan(40);
    expect(await otherwise(kind, it, variants)).toEqual([]);
  });

  test('in other JSON is malformed, though rightly signed', async () => {
    const text = payloadText(await token());
    const variants = payloads(it).map(
      ([what, payload]) => [what, rawToken(header, payload, signer)] as const,
    );
    expect(payloads(it).filter(([, payload]) => payload === text)).toEqual([]);
    expect(await otherwise(kind, it, variants)).toEqual([]);
    expect(
      await otherwise(kind, it, [['as it is', rawToken(header, text, signer)]], 'accepted'),
    ).toEqual([]);
  });

  test('under any other header is malformed, though rightly signed', async () => {
    const text = payloadText(await token());
    const otherTyp = file === 'permit' ? 'denial+jwt' : 'permit+jwt';
    const variants = headers(kind.typ, signer, otherTyp).map(
      ([what, other]) => [what, rawToken(other, text, signer)] as const,
    );
    expect(await otherwise(kind, it, variants)).toEqual([]);
  });

  test('that is not in three parts is malformed', async () => {
    expect(await otherwise(kind, it, notCompact(await token()))).toEqual([]);
  });

  test('is not accepted by HMAC with the public key as secret, nor unsigned', async () => {
    const [, payload] = partsOf(await token());
    const none = rawToken(`{"alg":"none","typ":"${kind.typ}"}`, '{}', signer);
    const variants: Variants<string> = [
      ['HMAC', hmacToken(512, kind.typ, it, signer)],
      ['alg none without a signature', `${partsOf(none)[0]}.${payload}.`],
      ['alg none with a signature', `${partsOf(none)[0]}.${payload}.${partsOf(none)[2]}`],
    ];
    expect(await otherwise(kind, it, variants)).toEqual([]);
    const short: Variants<string> = [['short HMAC', hmacToken(256, kind.typ, it, signer)]];
    expect(await otherwise(kind, it, short, 'signature_invalid')).toEqual([]);
  });

  test('is not accepted with the key of another', async () => {
    const text = payloadText(await token());
    const other = another(it.iss);
    const variants: Variants<string> = [
      ['under the right key id', rawToken(header, text, other)],
      ['under its own key id', rawToken(headerText(kind.typ, other), text, other)],
      ['under an unknown key id', rawToken(header.replace('.1"', '.2"'), text, signer)],
      ['under an empty key id', rawToken(header.replace(signer.signer.kid, ''), text, signer)],
    ];
    expect(await otherwise(kind, it, variants, 'signature_invalid')).toEqual([]);
  });

  test('with a signature of another length is not accepted', async () => {
    const whole = await token();
    const variants: Variants<string> = [1, 31, 32, 63, 65, 128].map((length) => [
      `${length} bytes`,
      withSignature(whole, (bytes) => Buffer.concat([bytes, bytes]).subarray(0, length)),
    ]);
    expect(await otherwise(kind, it, variants, 'signature_invalid')).toEqual([]);
  });
});

test('a token of more than 2 MiB is too large, whatever it is', async () => {
  const each = kindOf('collect');
  const { kind } = each;
  const it = fixedClaims(each);
  const long = (length: number) => `${'.'.repeat(2)}${'A'.repeat(length - 2)}`;
  expect(await refusal(opening(kind, long(2_097_153), it))).toBe('payload_too_large');
  expect(await refusal(opening(kind, long(2_097_152), it))).toBe('message_malformed');
});

test('of all texts near a token, only the token is accepted', async () => {
  const near = (token: string) =>
    fc.array(fc.constantFrom(...new Set(token), '=', ' ', '+', '/'), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(aMessage, fc.nat(), fc.nat(3), fc.gen(), async (message, place, cut, gen) => {
      const { file, it } = message;
      const { kind } = kindOf(file);
      const token = await signMessage(kind, it, party(it.iss).signer);
      const at = place % token.length;
      const text = token.slice(0, at) + gen(near, token).join('') + token.slice(at + cut);
      expect((await refusal(opening(kind, text, it))) === 'accepted').toBe(text === token);
    }),
    { numRuns: 300 },
  );
});
