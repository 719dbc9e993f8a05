import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Parts, partsOf } from '../../src/cli/batch/parts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renkei-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const write = (name: string, content: string) => {
  writeFileSync(path(name), content);
  return path(name);
};

describe('which files are read as one', () => {
  test('a file by itself, standard input', () => {
    const one = write('inquiries.csv', '');
    write('inquiries_0001.csv', '');
    expect(partsOf(one)).toEqual([one]);
    expect(partsOf('-')).toEqual(['-']);
  });

  test('all parts, whichever of them is named, or the name that they share', () => {
    const parts = ['0001', '0002', '0003'].map((number) => write(`照会_${number}.csv`, ''));
    write('照会_0002.txt', '');
    write('other_0004.csv', '');
    for (const named of ['照会_0001.csv', '照会_0003.csv', '照会.csv']) {
      expect(partsOf(path(named))).toEqual(parts);
    }
    expect(partsOf(write('x_0001', ''))).toEqual([path('x_0001')]);
  });

  test('a part that is missing is named, and so is a file that is not there', () => {
    write('a_0001.csv', '');
    write('a_0003.csv', '');
    expect(() => partsOf(path('a_0001.csv'))).toThrow(
      expect.objectContaining({
        code: 'file_missing',
        exit: 2,
        findings: [expect.objectContaining({ place: path('a_0002.csv') })],
      }),
    );
    write('b_0002.csv', '');
    expect(() => partsOf(path('b_0002.csv'))).toThrow(/file_missing/);
    for (const named of ['none.csv', 'none_0001.csv', 'no/where.csv']) {
      expect(() => partsOf(path(named))).toThrow(
        expect.objectContaining({ code: 'file_not_found', exit: 2 }),
      );
    }
  });
});

test('parts are one file: lines stay apart, marks inside go, and every line has its place', async () => {
  const parts = new Parts([
    write('a_0001.csv', '\uFEFF1\r\n2'),
    write('a_0002.csv', '\uFEFF3\n4\n'),
    write('a_0003.csv', ''),
    write('a_0004.csv', '5'),
  ]);
  let read = 0;
  const all = await buffer(parts.bytes((bytes) => (read += bytes)));
  expect(all.toString()).toBe('\uFEFF1\r\n2\n3\n4\n5');
  expect(read).toBe(parts.size);
  const places = [1, 2, 3, 4, 5].map((line) => parts.placeOf(line).slice(folder.length + 1));
  expect(places).toEqual([
    'a_0001.csv:1',
    'a_0001.csv:2',
    'a_0002.csv:1',
    'a_0002.csv:2',
    'a_0004.csv:1',
  ]);
});
