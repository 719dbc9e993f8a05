import type { SQLInputValue } from 'node:sqlite';
import { isErrorCode } from '../../protocol/errors.ts';
import { integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx } from '../core/ports.ts';
import type { OperationFilter } from '../core/staff/operation-log.ts';
import type { Operation } from '../core/staff/operations.ts';

type Operations = Pick<AgencyTx, 'note' | 'operations' | 'operationsWhere'>;

/** The operation log. */
export function operationTable({ one, many, write }: Statements): Operations {
  const add = write(
    `INSERT INTO operations (at, actor_kind, actor, operation, outcome, code, person, affair, information,
       exchange, count, subject, account, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const firstSince = one('SELECT min(seq) AS seq FROM operations WHERE at >= ?', (row) =>
    nullable(row, 'seq', integer),
  );
  return {
    note(it) {
      const about = [it.person, it.affair, it.information, it.exchange, it.count, it.subject];
      const told = [...about, it.account, it.reason].map((value) => value ?? null);
      add(it.at, it.actorKind, it.actor, it.operation, it.outcome, it.code ?? null, ...told);
    },
    operations: many('SELECT * FROM operations WHERE seq > ? ORDER BY seq LIMIT ?', lineOf),
    operationsWhere(filter, after, limit) {
      const asked = CONDITIONS.flatMap(({ key, sql }) => {
        const value = filter[key];
        return value === undefined ? [] : [{ sql, value }];
      });
      // A period begins somewhere in the log: what is before it is not read, line by line, to be left out.
      const since = after === 0 && filter.from !== undefined ? firstSince(filter.from) : 0;
      if (since === undefined) return [];
      const where = ['seq > ?', ...asked.map(({ sql }) => sql)].join(' AND ');
      const values: SQLInputValue[] = [Math.max(after, since - 1), ...asked.map((it) => it.value)];
      const sql = `SELECT * FROM operations WHERE ${where} ORDER BY seq LIMIT ?`;
      return many(sql, lineOf)(...values, limit);
    },
  };
}

// `+at` keeps to the order of the log; by the index of times, every page would be sorted anew.
const CONDITIONS: readonly { readonly key: keyof OperationFilter; readonly sql: string }[] = [
  { key: 'actor', sql: 'actor = ?' },
  { key: 'account', sql: 'account = ?' },
  { key: 'person', sql: 'person = ?' },
  { key: 'subject', sql: 'subject = ?' },
  { key: 'operation', sql: 'operation = ?' },
  { key: 'outcome', sql: 'outcome = ?' },
  { key: 'from', sql: '+at >= ?' },
  { key: 'until', sql: '+at < ?' },
];

const lineOf = (row: Row) => ({ seq: integer(row, 'seq'), operation: operationOf(row) });

function operationOf(row: Row): Operation {
  const code = nullable(row, 'code', text);
  return {
    at: integer(row, 'at'),
    actorKind: text(row, 'actor_kind') as Operation['actorKind'],
    actor: text(row, 'actor'),
    operation: text(row, 'operation'),
    outcome: text(row, 'outcome') as Operation['outcome'],
    code: code !== undefined && isErrorCode(code) ? code : undefined,
    person: nullable(row, 'person', text),
    affair: nullable(row, 'affair', text),
    information: nullable(row, 'information', text),
    exchange: nullable(row, 'exchange', text),
    count: nullable(row, 'count', integer),
    subject: nullable(row, 'subject', text),
    account: nullable(row, 'account', text),
    reason: nullable(row, 'reason', text) as Operation['reason'],
  };
}
