import { keyedDigest } from '../../protocol/digest.ts';
import { isErrorCode } from '../../protocol/errors.ts';
import { bytes, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { Access, LogTx } from '../core/log/ports.ts';

const START = Buffer.alloc(32);

/** The access log: each line carries a keyed digest of itself and of the one before it. */
export function accessLogTable({ one, many, each, write }: Statements, key: Uint8Array): LogTx {
  const add = write(
    `INSERT INTO access_log (seq, at, actor_kind, actor, department, operation, outcome, code, affair,
       person, subject, count, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const last = one('SELECT seq, chain FROM access_log ORDER BY seq DESC LIMIT 1', (row) => ({
    seq: integer(row, 'seq'),
    chain: bytes(row, 'chain'),
  }));
  const lines = many(
    `SELECT * FROM access_log WHERE seq > :after AND (:person IS NULL OR person = :person)
       AND (:actor IS NULL OR actor = :actor) ORDER BY seq LIMIT :limit`,
    lineOf,
  );
  const all = each('SELECT * FROM access_log ORDER BY seq', (row) => ({
    ...lineOf(row),
    chain: bytes(row, 'chain'),
  }));
  const next = (before: Uint8Array, seq: number, access: Access): Uint8Array => {
    const members = columnsOf(access).map((value) => (value === null ? '-' : `=${value}`));
    return keyedDigest(key, Buffer.from(before).toString('hex'), String(seq), ...members);
  };
  return {
    noteAccess(access) {
      const before = last() ?? { seq: 0, chain: START };
      const seq = before.seq + 1;
      add(seq, ...columnsOf(access), next(before.chain, seq, access));
    },
    accesses: (after, limit, { person = null, actor = null } = {}) =>
      lines({ after, limit, person, actor }),
    verifyLog() {
      let before: Uint8Array = START;
      let count = 0;
      for (const { seq, access, chain } of all()) {
        count += 1;
        const fits = seq === count && Buffer.compare(next(before, seq, access), chain) === 0;
        if (!fits) return { lines: last()?.seq ?? 0, broken: seq };
        before = chain;
      }
      return { lines: count };
    },
  };
}

const columnsOf = (it: Access) => [
  it.at,
  it.actorKind,
  it.actor,
  it.department ?? null,
  it.operation,
  it.outcome,
  it.code ?? null,
  it.affair ?? null,
  it.person ?? null,
  it.subject ?? null,
  it.count ?? null,
];

function lineOf(row: Row): { readonly seq: number; readonly access: Access } {
  const code = nullable(row, 'code', text);
  const access: Access = {
    at: integer(row, 'at'),
    actorKind: text(row, 'actor_kind') as Access['actorKind'],
    actor: text(row, 'actor'),
    department: nullable(row, 'department', text),
    operation: text(row, 'operation'),
    outcome: text(row, 'outcome') as Access['outcome'],
    code: code !== undefined && isErrorCode(code) ? code : undefined,
    affair: nullable(row, 'affair', text),
    person: nullable(row, 'person', text),
    subject: nullable(row, 'subject', text),
    count: nullable(row, 'count', integer),
  };
  return { seq: integer(row, 'seq'), access };
}
