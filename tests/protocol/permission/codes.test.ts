import { expect, test } from 'vitest';
import { affairCode, informationCode } from '../../../src/protocol/permission/codes.ts';

test('codes are the first 64 bits of SHA-256 of the name, modulo 10^14', () => {
  // printf 住民票関係情報 | sha256sum | head -c 16, then modulo 10^14: no run may ever change these.
  expect(informationCode('住民票関係情報')).toBe('TM14877526329283');
  expect(affairCode('予防接種法による予防接種の実施に関する事務')).toBe('JM73234166857364');
});

test('a name has one code, in whichever normal form it is written', () => {
  const name = 'ガス事業者に関する事務';
  expect(affairCode(name.normalize('NFD'))).toBe(affairCode(name));
  expect(affairCode(name).slice(2)).toBe(informationCode(name).slice(2));
});

test('codes are fourteen digits, however small the number', () => {
  for (let at = 0; at < 2000; at++) expect(affairCode(`事務${at}`)).toMatch(/^JM[0-9]{14}$/);
});
