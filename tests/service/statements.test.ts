import { expect, onTestFinished, test } from 'vitest';
import { bytes, flag, integer, nullable, text } from '../../src/service/sqlite/columns.ts';
import { openDatabase } from '../../src/service/sqlite/open-database.ts';
import { statements } from '../../src/service/sqlite/statements.ts';

const migrations = [
  {
    version: 1,
    name: 'things',
    sql: 'CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, raw BLOB, live INTEGER) STRICT',
  },
];

function opened() {
  const db = openDatabase({ path: ':memory:', migrations });
  onTestFinished(() => db.close());
  return { db, own: statements(db) };
}

test('values bind by place or by name, and rows are read as promised', () => {
  const { db, own } = opened();
  const insert = own.write('INSERT INTO thing VALUES (?, ?, ?, ?)');
  const insertNamed = own.write('INSERT INTO thing VALUES (:id, :name, :raw, :live)');
  db.exec('BEGIN');
  expect(insert(1, 'one', Buffer.from([1, 2]), 1)).toBe(1);
  expect(insertNamed({ id: 2, name: null, raw: Buffer.from([3]), live: 0 })).toBe(1);
  db.exec('COMMIT');
  const all = own.many('SELECT * FROM thing ORDER BY id', (row) => ({
    id: integer(row, 'id'),
    name: nullable(row, 'name', text),
    raw: [...bytes(row, 'raw')],
    live: flag(row, 'live'),
  }));
  expect(all()).toEqual([
    { id: 1, name: 'one', raw: [1, 2], live: true },
    { id: 2, name: undefined, raw: [3], live: false },
  ]);
  const one = own.one('SELECT name FROM thing WHERE raw = ?', (row) => text(row, 'name'));
  expect(one(Buffer.from([1, 2]))).toBe('one');
  expect(one(Buffer.from([9]))).toBeUndefined();
});

test('rows can be walked by two readers of the same text at once', () => {
  const { db, own } = opened();
  db.exec('INSERT INTO thing (id) VALUES (1), (2), (3)');
  const each = own.each('SELECT id FROM thing WHERE id >= ? ORDER BY id', (row) =>
    integer(row, 'id'),
  );
  const pairs: number[][] = [];
  for (const a of each(1)) {
    for (const b of each(a)) pairs.push([a, b]);
  }
  expect(pairs).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
    [2, 2],
    [2, 3],
    [3, 3],
  ]);
});

test.each([
  ['text', text, 5],
  ['integer', integer, '5'],
  ['integer', integer, 1.5],
  ['flag', flag, 2],
  ['bytes', bytes, 'x'],
])('%s refuses another type, naming the column and not the value', (_name, read, value) => {
  const attempt = () => read({ secret_column: value }, 'secret_column');
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow(/^column secret_column is not [a-z0-9 ]+$/);
});
