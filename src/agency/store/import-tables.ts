import { RenkeiError } from '../../protocol/errors.ts';
import { flag, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type {
  CopyImport,
  ImportState,
  ImportTx,
  StagedRows,
} from '../core/copies/imports/ports.ts';

/** Imports of copies, and the rows that wait to take effect. */
export function importTables({ one, many, write }: Statements): ImportTx {
  const found = one('SELECT * FROM copy_imports WHERE id = ?', importOf);
  const add = write(`INSERT INTO copy_imports
    (state, started_at, by, information, first, staged, applied, added, replaced, unchanged, deleted, about, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const change =
    write(`UPDATE copy_imports SET state = ?, started_at = ?, by = ?, information = ?, first = ?,
    staged = ?, applied = ?, added = ?, replaced = ?, unchanged = ?, deleted = ?, about = ? WHERE id = ?`);
  const findings = one('SELECT findings FROM copy_imports WHERE id = ?', (row) =>
    nullable(row, 'findings', text),
  );
  const setFindings = write('UPDATE copy_imports SET findings = ? WHERE id = ?');
  const drop = write('DELETE FROM copy_imports WHERE id = ?');
  const inStates = many(
    `SELECT * FROM copy_imports WHERE state IN ('reading', 'accepted')
       AND state IN (SELECT value FROM json_each(?)) ORDER BY first`,
    importOf,
  );
  const stage = write('INSERT INTO import_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const unstage = write(
    `DELETE FROM import_rows WHERE seq IN
       (SELECT seq FROM import_rows WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?)`,
  );
  const next = one("SELECT seq FROM sqlite_sequence WHERE name = 'import_rows'", (row) =>
    integer(row, 'seq'),
  );
  const newest = 'ORDER BY started_at DESC, rowid DESC LIMIT ?';
  const all = many(`SELECT * FROM copy_imports ${newest}`, importOf);
  const own = many(
    `SELECT * FROM copy_imports WHERE by = ? AND about ->> '$.byKind' = ? ${newest}`,
    importOf,
  );
  const orNull = (value: boolean | undefined) => (value === undefined ? null : value ? 1 : 0);
  return {
    copyImport: found,
    copyImports: (limit, by) => (by === undefined ? all(limit) : own(by.id, by.kind, limit)),
    copyImportsIn: (states) => inStates(JSON.stringify(states)),
    importFindings: (id) => JSON.parse(findings(id) ?? '[]'),
    stagedRows: one('SELECT * FROM import_rows WHERE seq = ?', stagedOf),
    stagedPersons: many(
      'SELECT seq, person FROM import_rows WHERE seq >= ? ORDER BY seq LIMIT ?',
      (row) => ({ seq: integer(row, 'seq'), person: text(row, 'person') }),
    ),
    nextStaged: () => (next() ?? 0) + 1,
    addCopyImport(it) {
      add(...columnsOf(it));
    },
    changeCopyImport(id, to) {
      const before = found(id);
      if (!before) throw new RenkeiError('not_found');
      change(...columnsOf({ ...before, ...to }));
    },
    setImportFindings(id, listed) {
      setFindings(listed.length === 0 ? null : JSON.stringify(listed), id);
    },
    dropCopyImport(id) {
      drop(id);
    },
    stage(seq, it) {
      const marks = [orNull(it.autoResponseDisabled), orNull(it.nonDisclosable)];
      const { person, published = null, ended = null, line, records } = it;
      stage(seq, person, published, ended, ...marks, line, records);
    },
    unstage: (from, until, most) => unstage(from, until, most),
  };
}

/** What is asked for by columns, and what is only shown. */
function columnsOf(it: CopyImport) {
  const { id, state, startedAt, by, information, first, staged, applied } = it;
  const { added, replaced, unchanged, deleted } = it;
  const { byKind, mode, layoutVersion, published, encoding, partial, finishedAt, day } = it;
  const { rows, persons, personsWithMistakes, mistakes, kinds } = it;
  const about = JSON.stringify({
    ...{ byKind, mode, layoutVersion, published, encoding, partial, finishedAt, day },
    ...{ rows, persons, personsWithMistakes, mistakes, kinds },
  });
  const counts = [added, replaced, unchanged, deleted];
  const columns = [state, startedAt, by, information, first, staged, applied, ...counts];
  return [...columns, about, id];
}

const importOf = (row: Row): CopyImport => ({
  // Staff alone could send files before it was written down.
  byKind: 'staff',
  ...JSON.parse(text(row, 'about')),
  id: text(row, 'id'),
  state: text(row, 'state') as ImportState,
  startedAt: integer(row, 'started_at'),
  by: text(row, 'by'),
  information: text(row, 'information'),
  first: integer(row, 'first'),
  staged: integer(row, 'staged'),
  applied: integer(row, 'applied'),
  added: integer(row, 'added'),
  replaced: integer(row, 'replaced'),
  unchanged: integer(row, 'unchanged'),
  deleted: integer(row, 'deleted'),
});

const stagedOf = (row: Row): StagedRows => ({
  person: text(row, 'person'),
  published: nullable(row, 'published', text),
  ended: nullable(row, 'ended', text),
  autoResponseDisabled: nullable(row, 'auto_response_disabled', flag),
  nonDisclosable: nullable(row, 'non_disclosable', flag),
  line: integer(row, 'line'),
  records: text(row, 'records'),
});
