import { expect, test } from 'vitest';
import { oneTimeCodes } from '../../src/service/one-time-codes.ts';

const SECRET = new Uint8Array(Buffer.from('12345678901234567890'));

test.each([
  // RFC 6238, Appendix B, SHA-1: the last six of its eight digits.
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at %d s the code is that of RFC 6238', (seconds, code) => {
  const now = seconds * 1000;
  expect(oneTimeCodes.codeAt(SECRET, now)).toBe(code);
  expect(oneTimeCodes.stepOf(SECRET, code, now)).toBe(Math.floor(seconds / 30));
});

test('a code is right one step early or late, and no further', () => {
  const now = 1_795_478_400_000;
  const step = now / 30_000;
  for (const off of [-3, -2, -1, 0, 1, 2, 3]) {
    const code = oneTimeCodes.codeAt(SECRET, now + off * 30_000);
    const found = oneTimeCodes.stepOf(SECRET, code, now);
    expect(found).toBe(Math.abs(off) <= 1 ? step + off : undefined);
  }
});

test('what is no code is none', () => {
  for (const code of [
    '',
    '12345',
    '1234567',
    'abcdef',
    '２８７０８２９',
    '-87082',
    '287082\n287082',
  ]) {
    expect(oneTimeCodes.stepOf(SECRET, code, 59_000)).toBeUndefined();
  }
  for (const code of ['２８７０８２', '287 082', ' 287082 ']) {
    expect(oneTimeCodes.stepOf(SECRET, code, 59_000)).toBe(1);
  }
});

test('a secret goes to an authenticator app and back', () => {
  const text = oneTimeCodes.base32(SECRET);
  expect(oneTimeCodes.fromBase32(text)).toEqual(SECRET);
  const uri = new URL(oneTimeCodes.uriOf(SECRET, 'renkei 11202', 'tanto'));
  expect(uri.searchParams.get('secret')).toBe(text);
  expect(uri.searchParams.get('issuer')).toBe('renkei 11202');
});
