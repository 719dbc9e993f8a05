import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/protocol/encoding.ts';
import type { ErrorCode } from '../../src/protocol/errors.ts';
import { type CommonClaims, signMessage } from '../../src/protocol/message.ts';
import { fc } from '../support/property.ts';
import { fixedClaims, KINDS, type KindCase, kindOf } from './support/kinds.ts';
import { opening, refusal } from './support/opening.ts';
import { party } from './support/parties.ts';
import { headerText, part, partsOf, payloadText } from './support/raw-token.ts';

const REFUSED: readonly (ErrorCode | 'accepted')[] = ['message_malformed', 'signature_invalid'];

const signed = async ({ kind }: KindCase, it: CommonClaims) =>
  await signMessage(kind, it, party(it.iss).signer);

/** The token with one bit of one of its parts' bytes turned over, spelt canonically. */
function flipped(token: string, at: number, index: number, bit: number): string {
  const parts = partsOf(token);
  const bytes = Buffer.from(parts[at] ?? '', 'base64url');
  bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index);
  return parts.with(at, part(bytes)).join('.');
}

const everyFlip = (token: string): string[] =>
  partsOf(token).flatMap((text, at) => {
    const length = Buffer.from(text, 'base64url').length;
    const places = Array.from({ length: length * 8 }, (_, place) => place);
    return places.map((place) => flipped(token, at, place >> 3, place & 7));
  });

const everyCharacterFlip = (token: string): string[] =>
  Array.from({ length: token.length * 8 }, (_, place) => {
    const index = place >> 3;
    const code = token.charCodeAt(index) ^ (1 << (place & 7));
    return token.slice(0, index) + String.fromCharCode(code) + token.slice(index + 1);
  });

describe.each(['collect', 'receipt', 'query', 'permit-request'])('every bit of one %s', (file) => {
  const each = kindOf(file);
  const it = fixedClaims(each);

  test.each([
    ['bytes', everyFlip],
    ['characters', everyCharacterFlip],
  ])('of its %s counts', async (_what, variants) => {
    const token = await signed(each, it);
    expect(await refusal(opening(each.kind, token, it))).toBe('accepted');
    for (const changed of variants(token)) {
      expect(REFUSED, changed).toContain(await refusal(opening(each.kind, changed, it)));
    }
  });
});

describe.each(Object.entries(KINDS))('%s', (_file, each) => {
  const { kind, claims } = each;

  test('with any one character changed, left out or put in is refused', async () => {
    await fc.assert(
      fc.asyncProperty(claims, fc.nat(), edit, async (it, place, change) => {
        const token = await signed(each, it);
        const changed = change(token, place % token.length);
        fc.pre(changed !== token);
        expect(REFUSED).toContain(await refusal(opening(kind, changed, it)));
      }),
      { numRuns: 60 },
    );
  });

  test('with other valid claims under its signature is refused as not signed', async () => {
    await fc.assert(
      fc.asyncProperty(claims, claims, async (it, other) => {
        fc.pre(canonicalJson(it) !== canonicalJson(other));
        const [header, , signature] = partsOf(await signed(each, it));
        const grafted = `${header}.${part(canonicalJson({ ...other, iss: it.iss }))}.${signature}`;
        const code = await refusal(opening(kind, grafted, it));
        const whole = other.iss === it.iss ? ['signature_invalid'] : REFUSED;
        expect(whole).toContain(code);
      }),
      { numRuns: 15 },
    );
  });

  test('with one member taken from another message is refused', async () => {
    await fc.assert(
      fc.asyncProperty(claims, claims, fc.nat(), async (it, other, which) => {
        const names = Object.keys(other);
        const name = names[which % names.length] ?? '';
        const mixed = { ...it, ...Object.fromEntries([[name, Reflect.get(other, name)]]) };
        fc.pre(canonicalJson(mixed) !== canonicalJson(it));
        const [header, , signature] = partsOf(await signed(each, it));
        const token = `${header}.${part(canonicalJson(mixed))}.${signature}`;
        const code = await refusal(opening(kind, token, it));
        const valid = kind.claims.safeParse(mixed).success;
        expect(code).toBe(valid ? 'signature_invalid' : 'message_malformed');
      }),
      { numRuns: 25 },
    );
  });

  test('under the header of any other kind is malformed', async () => {
    const it = fixedClaims(each);
    const signer = party(it.iss);
    const [, payload, signature] = partsOf(await signed(each, it));
    for (const { kind: other } of Object.values(KINDS)) {
      if (other.typ === kind.typ) continue;
      const renamed = `${part(headerText(other.typ, signer))}.${payload}.${signature}`;
      expect(await refusal(opening(kind, renamed, it))).toBe('message_malformed');
      // And the kind that it names does not take it either: its claims or its signature are wrong.
      expect(REFUSED).toContain(await refusal(opening(other, renamed, it)));
    }
  });
});

test('a changed character deep in a long text is found', async () => {
  const each = kindOf('query');
  const it = Object.assign(fixedClaims(each), { permit: 'p'.repeat(16_384) });
  const token = await signed(each, it);
  const changed = payloadText(token).replace(/p"/, 'q"');
  const [header, , signature] = partsOf(token);
  const code = await refusal(opening(each.kind, `${header}.${part(changed)}.${signature}`, it));
  expect(code).toBe('signature_invalid');
});

type Edit = (token: string, at: number) => string;

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const character = fc.oneof(
  fc.constantFrom(...BASE64URL),
  fc.string({ minLength: 1, maxLength: 1 }),
);

/** Ways to change a token in one place. */
const edit: fc.Arbitrary<Edit> = fc.oneof(
  character.map(
    (other): Edit =>
      (token, at) =>
        token.slice(0, at) + other + token.slice(at + 1),
  ),
  character.map(
    (more): Edit =>
      (token, at) =>
        token.slice(0, at) + more + token.slice(at),
  ),
  fc.constant<Edit>((token, at) => token.slice(0, at) + token.slice(at + 1)),
  fc.constant<Edit>((token, at) => token.slice(0, at)),
  fc.constant<Edit>((token, at) => token.slice(at)),
  fc.constant<Edit>((token, at) => {
    const [one = '', two = ''] = token.slice(at, at + 2);
    return token.slice(0, at) + two + one + token.slice(at + 2);
  }),
);
