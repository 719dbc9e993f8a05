import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/protocol/encoding.ts';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { type CommonClaims, type Expectation, signMessage } from '../../src/protocol/message.ts';
import { fc } from '../support/property.ts';
import { aMessage, fixedClaims, KINDS, kindOf } from './support/kinds.ts';
import { opening, refusal } from './support/opening.ts';
import { another, PARTIES, party } from './support/parties.ts';
import { headerText, rawToken } from './support/raw-token.ts';

describe.each(Object.entries(KINDS))('%s', (_file, each) => {
  const { kind } = each;
  const verdict = async (it: CommonClaims, expected: Partial<Expectation>) => {
    const token = await signMessage(kind, it, party(it.iss).signer);
    return await refusal(opening(kind, token, it, expected));
  };

  test('is accepted by those it is addressed to, and by nobody else', async () => {
    const it = fixedClaims(each);
    const addressed = [it.aud].flat();
    const others = [...PARTIES.map(({ name }) => name), 'agencies', '', '*', 'Gateway', 'gatewa'];
    for (const audience of [...others, ...addressed, addressed.join(','), `${addressed[0]} `]) {
      const expected = addressed.includes(audience) ? 'accepted' : 'signature_invalid';
      expect([audience, await verdict(it, { audience })]).toEqual([audience, expected]);
    }
  });

  test('from another issuer than expected is refused before its key is looked for', async () => {
    const it = fixedClaims(each);
    const keyOf = () => expect.unreachable();
    for (const issuer of [another(it.iss).name, '', `${it.iss} `]) {
      expect(await verdict(it, { issuer, keyOf })).toBe('signature_invalid');
    }
  });

  test('in the name of another, signed by oneself, is refused', async () => {
    const it = fixedClaims(each);
    const forger = another(it.iss);
    const token = rawToken(headerText(kind.typ, forger), canonicalJson(it), forger);
    const { issuer: _issuer, ...anyone } = { issuer: '' };
    expect(await refusal(opening(kind, token, it, anyone))).toBe('signature_invalid');
  });

  test('is fresh from iat − tolerance to the end of its time + tolerance, to the second', async () => {
    // One thousandth, or one second, to either side of either edge; the window may be narrower than that.
    const around = [-1000, -1, 0, 1, 1000];
    await fc.assert(
      fc.asyncProperty(each.claims, fc.nat(600), async (some, toleranceSeconds) => {
        const life = 'exp' in some ? 3600 : 0;
        const it = { ...some, ...('exp' in some && { exp: some.iat + life }) };
        const first = (it.iat - toleranceSeconds) * 1000;
        const last = (it.iat + life + toleranceSeconds) * 1000;
        for (const now of [first, last].flatMap((edge) => around.map((by) => edge + by))) {
          const fresh = { now, toleranceSeconds };
          const expected = first <= now && now <= last ? 'accepted' : 'clock_skew';
          expect([now - first, await verdict(it, { fresh })]).toEqual([now - first, expected]);
        }
      }),
      { numRuns: 6 },
    );
  });

  test('out of its time is clock_skew', async () => {
    const it = fixedClaims(each);
    const at = (now: number) => verdict(it, { fresh: { now, toleranceSeconds: 60 } });
    const end = it.exp ?? it.iat;
    expect(await at((it.iat - 61) * 1000)).toBe('clock_skew');
    expect(await at((end + 61) * 1000)).toBe('clock_skew');
    expect(await at(0)).toBe('clock_skew');
  });

  test('that is kept is opened at any time', async () => {
    expect(await verdict({ ...fixedClaims(each), iat: 0 }, {})).toBe('accepted');
  });
});

test('what the finder of keys says is what the sender hears', async () => {
  await fc.assert(
    fc.asyncProperty(
      aMessage,
      fc.constantFrom('agency_unknown', 'agency_suspended', 'signature_invalid'),
      async ({ file, it }, code) => {
        const { kind } = kindOf(file);
        const keyOf = (issuer: string, kid: string) => {
          expect([issuer, kid]).toEqual([it.iss, party(it.iss).signer.kid]);
          throw new RenkeiError(code);
        };
        const token = await signMessage(kind, it, party(it.iss).signer);
        expect(await refusal(opening(kind, token, it, { keyOf }))).toBe(code);
      },
    ),
    { numRuns: 20 },
  );
});

test('an audience and a time are looked at only when the signature is right', async () => {
  const each = kindOf('query');
  const it = fixedClaims(each);
  const forged = rawToken(
    headerText(each.kind.typ, party(it.iss)),
    canonicalJson(it),
    another(it.iss),
  );
  const expected = { fresh: { now: 0, toleranceSeconds: 1 } };
  expect(await refusal(opening(each.kind, forged, it, expected))).toBe('signature_invalid');
});
