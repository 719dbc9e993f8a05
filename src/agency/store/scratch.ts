import { DatabaseSync } from 'node:sqlite';
import { flag, integer, nullable, text } from '../../service/sqlite/columns.ts';
import { type Row, statements } from '../../service/sqlite/statements.ts';
import type { OriginalRow, Scratch } from '../core/copies/reconcile/ports.ts';

/**
 * Rows on disk while they are put in order. A database without a name is a file that SQLite opens and unlinks at
 * once: nobody else can open it, and it is gone when it is closed or its process dies. Nothing in it has to survive.
 */
export function openScratch(): Scratch {
  const db = new DatabaseSync('', { enableDoubleQuotedStringLiterals: false });
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
    CREATE TABLE rows (
      seq INTEGER PRIMARY KEY, person TEXT NOT NULL, line INTEGER NOT NULL, published TEXT, ended TEXT,
      auto_response_disabled INTEGER, non_disclosable INTEGER, record TEXT NOT NULL
    ) STRICT`);
  const { each, write } = statements(db);
  const add = write('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const between = each('SELECT * FROM rows WHERE seq >= ? AND seq < ? ORDER BY seq', rowOf);
  const orNull = (value: boolean | undefined) => (value === undefined ? null : value ? 1 : 0);
  const runs: { readonly from: number; readonly until: number }[] = [];
  let next = 0;
  return {
    addRun(rows) {
      const from = next;
      db.exec('BEGIN');
      for (const it of rows) {
        const flags = [orNull(it.autoResponseDisabled), orNull(it.nonDisclosable)];
        const days = [it.published ?? null, it.ended ?? null];
        add(next, it.person, it.line, ...days, ...flags, it.record);
        next += 1;
      }
      db.exec('COMMIT');
      runs.push({ from, until: next });
    },
    run(number) {
      const { from, until } = runs[number] ?? { from: 0, until: 0 };
      return between(from, until);
    },
    close: () => db.close(),
  };
}

const rowOf = (row: Row): OriginalRow => ({
  person: text(row, 'person'),
  line: integer(row, 'line'),
  published: nullable(row, 'published', text),
  ended: nullable(row, 'ended', text),
  autoResponseDisabled: nullable(row, 'auto_response_disabled', flag),
  nonDisclosable: nullable(row, 'non_disclosable', flag),
  record: text(row, 'record'),
});
