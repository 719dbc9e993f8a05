import { describe, expect, test } from 'vitest';
import type { Encoding } from '../../src/protocol/node-api/files.ts';
import { decoded } from '../../src/service/csv/decode.ts';
import { type CsvRow, readCsv } from '../../src/service/csv/read-csv.ts';
import { Unreadable } from '../../src/service/csv/unreadable.ts';
import { csvText } from '../../src/service/csv/write-csv.ts';
import { fc } from '../support/property.ts';

/** The bytes in pieces of this size. */
function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function read(
  content: string | Uint8Array,
  { encoding = 'utf-8' as Encoding, size = 7, maxRecord = 65_536 } = {},
): Promise<CsvRow[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return await all(readCsv(decoded(pieces(bytes, size), encoding), { maxRecord }));
}

/** What came before the place where reading ended, and why it ended. */
async function readUntil(content: string | Uint8Array, options = {}) {
  const rows: CsvRow[] = [];
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const encoding: Encoding = 'utf-8';
  const { maxRecord, ...rest } = { maxRecord: 65_536, encoding, ...options };
  try {
    for await (const row of readCsv(decoded(pieces(bytes, 11), rest.encoding), { maxRecord })) {
      rows.push(row);
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { rows: rows.length, reason: error.reason, line: error.line, column: error.column };
  }
  return { rows: rows.length };
}

test('what was written as CSV is read as it was, however the bytes come', async () => {
  // U+FEFF at the very beginning is a mark, U+FFFD is damage: neither is content.
  const text = fc.string({ unit: 'binary' }).map((it) => it.replaceAll(/[\uFEFF\uFFFD]/gu, 'x'));
  const records = fc.array(fc.array(text, { minLength: 2, maxLength: 5 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 40 }), async (cells, size) => {
      const rows = await read(csvText(cells), { size });
      expect(rows.map((row) => row.cells)).toEqual(cells);
    }),
  );
});

test('each record has the line on which it begins', async () => {
  const rows = await read('\uFEFFa,b\r\n\r\n"x\ny",2\n\n3,4');
  expect(rows).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['x\ny', '2'] },
    { line: 6, cells: ['3', '4'] },
  ]);
});

test('lines are those of the file, with CRLF in quotes and CR alone in cells', async () => {
  const rows = await read('a,b\r\n"x\r\ny\r\n",2\r\n3\r4,5\r\n6,7\r\n\r\n8,9\n');
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 5, 6, 8]);
});

test('Shift_JIS is read by its own table', async () => {
  const bytes = Uint8Array.of(0x93, 0xfa, 0x96, 0x7b, 0x2c, 0x5c, 0x0d, 0x0a);
  expect(await read(bytes, { encoding: 'shift_jis', size: 1 })).toEqual([
    { line: 1, cells: ['日本', '\\'] },
  ]);
});

test('CR alone and NUL are in the cells, for whoever checks them', async () => {
  expect((await read('a\rb,c\0\n')).map(({ cells }) => cells)).toEqual([['a\rb', 'c\0']]);
});

describe('reading ends where nothing can be made of the bytes', () => {
  const japanese = Uint8Array.of(0x61, 0x0a, 0x62, 0x0a, 0x93, 0xfa, 0x0a, 0x63, 0x0a);
  const mark = [0xef, 0xbb, 0xbf, 0x61, 0x0a];
  const utf16 = [0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00];
  test.each([
    ['Shift_JIS as UTF-8', japanese, {}, { rows: 2, reason: 'wrong_encoding', line: 3 }],
    ['UTF-16', Uint8Array.from(utf16), {}, { reason: 'wrong_encoding', line: 1 }],
    [
      'a mark of UTF-8 before Shift_JIS',
      Uint8Array.from(mark),
      { encoding: 'shift_jis' },
      { reason: 'wrong_encoding', line: 1 },
    ],
    [
      'a character cut off at the end',
      Uint8Array.of(0x61, 0x0a, 0xe3, 0x81),
      {},
      { reason: 'wrong_encoding', line: 2 },
    ],
    ['damage of earlier', 'a\nb\uFFFD\n', {}, { reason: 'wrong_encoding', line: 2 }],
    [
      'a quote that never closes',
      'a,b\nx,"y\n1,2\n',
      {},
      { rows: 1, reason: 'quote_not_closed', line: 2 },
    ],
    ['a quote inside', 'a,b\nx,y"z\n', {}, { reason: 'quote_misplaced', line: 2, column: 2 }],
    [
      'a quote that never closes, behind an empty line and CRLF in quotes',
      '"a\r\n",b\n\nx,y,"z\n',
      {},
      { rows: 1, reason: 'quote_not_closed', line: 4, column: 3 },
    ],
    ['damage in a cell', 'a,b\nx,y\uFFFD,z\n', {}, { rows: 1, line: 2, column: 2 }],
    ['damage in quotes', 'a,b\nx,y,"\uFFFD",z\n', {}, { rows: 1, line: 2, column: 3 }],
    ['text after a quote', 'a,b\nx,"y"z\n', {}, { reason: 'quote_misplaced', line: 2 }],
    [
      'a cell of 100 kB',
      `a,b\nx,${'y'.repeat(100_000)}\n1,2\n`,
      {},
      { rows: 1, reason: 'record_too_large', line: 2 },
    ],
  ] as const)('%s', async (_name, content, options, end) => {
    expect(await readUntil(content, options)).toMatchObject(end);
  });
});

test('a cell of 10 MB is not taken in before it is refused', async () => {
  let taken = 0;
  async function* endless() {
    for (;;) {
      taken += 1;
      yield 'x'.repeat(65_536);
      if (taken > 10_000) return;
    }
  }
  await expect(all(readCsv(endless()))).rejects.toThrow(/record_too_large/);
  expect(taken).toBeLessThan(100);
});
