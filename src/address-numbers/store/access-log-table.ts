import { keyedDigest } from '../../protocol/digest.ts';
import { isErrorCode } from '../../protocol/errors.ts';
import { bytes, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { Access, AccessHold, LogTx } from '../core/log/ports.ts';

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
  const anchor = one('SELECT up_to, chain, seal FROM access_log_pruned', (row) => ({
    seq: integer(row, 'up_to'),
    chain: bytes(row, 'chain'),
    seal: bytes(row, 'seal'),
  }));
  const setAnchor = write('INSERT OR REPLACE INTO access_log_pruned VALUES (1, ?, ?, ?)');
  const oldest = one('SELECT at FROM access_log ORDER BY seq LIMIT 1', (row) => integer(row, 'at'));
  const first = many(
    'SELECT seq, at, person, chain FROM access_log ORDER BY seq LIMIT ?',
    (row) => ({
      seq: integer(row, 'seq'),
      at: integer(row, 'at'),
      person: nullable(row, 'person', text),
      chain: bytes(row, 'chain'),
    }),
  );
  const drop = write('DELETE FROM access_log WHERE seq <= ?');
  const standsFor = many('SELECT integrated FROM persons WHERE merged_into = ?', (row) =>
    text(row, 'integrated'),
  );
  const sealOf = (seq: number, chain: Uint8Array): Uint8Array =>
    keyedDigest(key, 'pruned', String(seq), Buffer.from(chain).toString('hex'));
  const next = (before: Uint8Array, seq: number, access: Access): Uint8Array => {
    const members = columnsOf(access).map((value) => (value === null ? '-' : `=${value}`));
    return keyedDigest(key, Buffer.from(before).toString('hex'), String(seq), ...members);
  };
  return {
    noteAccess(access) {
      const before = last() ?? anchor() ?? { seq: 0, chain: START };
      const seq = before.seq + 1;
      add(seq, ...columnsOf(access), next(before.chain, seq, access));
    },
    accesses: (after, limit, { person = null, actor = null } = {}) =>
      lines({ after, limit, person, actor }),
    verifyLog() {
      const from = anchor() ?? { seq: 0, chain: START, seal: undefined };
      const pruned = from.seq;
      // Whoever deletes without the key cannot say that it was lawful.
      const sealed = from.seal === undefined || same(sealOf(pruned, from.chain), from.seal);
      if (!sealed) return { lines: last()?.seq ?? 0, pruned, broken: pruned };
      let before: Uint8Array = from.chain;
      let count = pruned;
      for (const { seq, access, chain } of all()) {
        count += 1;
        const fits = seq === count && same(next(before, seq, access), chain);
        if (!fits) return { lines: last()?.seq ?? 0, pruned, broken: seq };
        before = chain;
      }
      return { lines: count, pruned };
    },
    oldestAccess: oldest,
    dropAccesses(before, holds, limit) {
      const held = holds.map(({ person, ...days }) => ({
        ...days,
        persons: person === undefined ? undefined : new Set([person, ...standsFor(person)]),
      }));
      const rows = first(limit);
      const stays = rows.findIndex(
        ({ at, person }) => at >= before || held.some((hold) => isAbout(hold, at, person)),
      );
      const count = stays < 0 ? rows.length : stays;
      const end = rows[count - 1];
      if (!end) return 0;
      setAnchor(end.seq, end.chain, sealOf(end.seq, end.chain));
      return drop(end.seq);
    },
  };
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

type Held = Omit<AccessHold, 'person'> & { readonly persons: ReadonlySet<string> | undefined };
const isAbout = ({ persons, from, until }: Held, at: number, person: string | undefined): boolean =>
  (persons === undefined || (person !== undefined && persons.has(person))) &&
  (from === undefined || at >= from) &&
  (until === undefined || at < until);

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
