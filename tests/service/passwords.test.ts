import { expect, test } from 'vitest';
import { makePasswords, OWASP } from '../../src/service/passwords.ts';
import { fc } from '../support/property.ts';

// Costs are small here, so that the tests are quick; what OWASP asks for is checked by what the hash says.

const CHEAP = { memory: 64, passes: 1, lanes: 1 };
const salt = (byte: number) => new Uint8Array(16).fill(byte);

test.each(['argon2id', 'scrypt'] as const)(
  '%s: the password matches its hash, and no other does',
  async (algorithm) => {
    const passwords = makePasswords(CHEAP, algorithm);
    const hash = await passwords.hash('correct horse', salt(1));
    expect(hash).toMatch(
      new RegExp(`^\\$${algorithm}\\$[\\w=,]+(\\$m=64,t=1,p=1)?\\$[\\w+/]{22}\\$[\\w+/]{43}$`),
    );
    expect(await passwords.matches('correct horse', hash)).toBe(true);
    expect(await passwords.matches('correct horsf', hash)).toBe(false);
    expect(await passwords.matches('', hash)).toBe(false);
    expect(await passwords.matches('correct horse', undefined)).toBe(false);
    expect(await passwords.hash('correct horse', salt(1))).toBe(hash);
    expect(await passwords.hash('correct horse', salt(2))).not.toBe(hash);
  },
);

test('argon2id is that of its reference implementation', async () => {
  // From src/test.c of P-H-C/phc-winner-argon2.
  const hash =
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
  expect(await makePasswords(CHEAP).matches('password', hash)).toBe(true);
  expect(await makePasswords(CHEAP).matches('passwore', hash)).toBe(false);
});

test('unless told otherwise, a hash costs what OWASP asks for', async () => {
  expect(OWASP).toEqual({ memory: 19_456, passes: 2, lanes: 1 });
  expect(await makePasswords().hash('x', salt(0))).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  expect(await makePasswords(OWASP, 'scrypt').hash('x', salt(0))).toContain(
    '$scrypt$ln=15,r=8,p=3$',
  );
});

test('a hash of another cost, or of another algorithm, is still known, and told to be none of the present', async () => {
  const now = makePasswords({ ...CHEAP, memory: 128 });
  for (const before of [makePasswords(CHEAP), makePasswords(CHEAP, 'scrypt')]) {
    const hash = await before.hash('correct horse', salt(1));
    expect(now.isPresent(hash)).toBe(false);
    expect(await now.matches('correct horse', hash)).toBe(true);
    expect(await now.matches('another horse', hash)).toBe(false);
  }
  expect(now.isPresent(await now.hash('x', salt(1)))).toBe(true);
  expect(now.isPresent(await now.hashRandom('x', salt(1)))).toBe(false);
});

test('a password is the same in full-width letters (property)', async () => {
  const passwords = makePasswords({ memory: 8, passes: 1, lanes: 1 });
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 20 }), async (text) => {
      const wide = text.replace(/[!-~]/g, (letter) =>
        String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
      );
      const hash = await passwords.hash(text, salt(3));
      expect(await passwords.matches(wide, hash)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('too many at once are turned away, and those who wait get their turn', async () => {
  const passwords = makePasswords(CHEAP);
  const all = await Promise.allSettled(
    Array.from({ length: 80 }, (_, at) => passwords.hash(String(at), salt(at))),
  );
  const refused = all.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(80 - 2 - 64);
  for (const each of refused) expect(each).toMatchObject({ reason: { code: 'rate_limited' } });
  await passwords.hash('later', salt(9));
});
