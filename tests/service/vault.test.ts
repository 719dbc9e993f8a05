import { expect, test } from 'vitest';
import { makeVault } from '../../src/service/vault.ts';
import { fc } from '../support/property.ts';

const key = new Uint8Array(32).fill(7);
const vault = makeVault(key);
const bytes = fc.uint8Array({ maxLength: 300 });

test('what was sealed opens in its place, and only there', () => {
  fc.assert(
    fc.property(bytes, fc.string(), fc.string(), (plain, place, other) => {
      const sealed = vault.seal(plain, place);
      expect(vault.open(sealed, place)).toEqual(plain);
      expect(makeVault(key).seal(plain, place)).toEqual(sealed);
      if (other !== place) expect(() => vault.open(sealed, other)).toThrow();
    }),
  );
});

test('no changed or missing byte opens, nor another key', () => {
  const sealed = vault.seal(Buffer.from('秘密'), 'inquiries 1');
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => vault.open(changed, 'inquiries 1'), `byte ${at}`).toThrow();
    expect(() => vault.open(sealed.slice(0, at), 'inquiries 1'), `cut at ${at}`).toThrow();
  }
  expect(() => makeVault(new Uint8Array(32)).open(sealed, 'inquiries 1')).toThrow();
});

test('the same content in two places, or two contents in one, look nothing alike', () => {
  const plain = Buffer.from('同じ内容');
  const seen = [
    vault.seal(plain, 'a'),
    vault.seal(plain, 'b'),
    vault.seal(Buffer.from('同じ内客'), 'a'),
  ].map((each) => Buffer.from(each.subarray(0, 12)).toString('hex'));
  expect(new Set(seen).size).toBe(3);
});
