import type { DatabaseSync } from 'node:sqlite';
import { RenkeiError } from '../../protocol/errors.ts';
import { subjectOf } from '../../protocol/messages/permit.ts';
import { flag, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { RecordLog } from '../../service/sqlite/record-log.ts';
import { type Row, statements } from '../../service/sqlite/statements.ts';
import type { Exchange, ExchangeState, GatewayTx, KeptAnswer } from '../core/ports.ts';
import { correctionTables } from './correction-tables.ts';
import { decisionReads } from './decision-reads.ts';
import { historyReads } from './history-reads.ts';

/** The gateway’s reads and writes over one connection. Writes throw outside a transaction. */
export function gatewayTx(db: DatabaseSync, log: RecordLog): GatewayTx {
  const sql = statements(db);
  const { one, many, write } = sql;

  const personOf = one('SELECT person FROM codes WHERE agency = ? AND code = ?', (row) =>
    text(row, 'person'),
  );
  const codeOf = one('SELECT code FROM codes WHERE agency = ? AND person = ?', (row) =>
    text(row, 'code'),
  );
  const exchange = one('SELECT * FROM exchanges WHERE id = ?', exchangeOf);
  const byPermit = one('SELECT * FROM exchanges WHERE permit_digest = ?', exchangeOf);
  const kept = many(
    'SELECT exchange, answer, sealed FROM kept_answers WHERE inquirer = ? ORDER BY rowid LIMIT ?',
    keptOf,
  );
  const meta = one('SELECT value FROM meta WHERE key = ?', (row) => text(row, 'value'));

  const claim = write('INSERT OR IGNORE INTO claimed VALUES (?, ?, ?)');
  const putCode = write('INSERT OR IGNORE INTO codes VALUES (?, ?, ?)');
  const addExchange = write('INSERT INTO exchanges VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, 0)');
  const moveExchange = write(
    `UPDATE exchanges SET state = ?1, answer_digest = coalesce(?2, answer_digest),
       asked = asked OR ?1 = 'asking'
     WHERE id = ?3 AND state = ?4`,
  );
  const keep = write('INSERT OR REPLACE INTO kept_answers VALUES (?, ?, ?, ?, ?)');
  const drop = write('DELETE FROM kept_answers WHERE inquirer = ? AND exchange = ?');
  const setMeta = write('INSERT OR REPLACE INTO meta VALUES (?, ?)');
  const sweepClaimed = write('DELETE FROM claimed WHERE keep_until < ?');
  const sweepKept = write('DELETE FROM kept_answers WHERE keep_until < ?');
  const reopen = write(
    `UPDATE exchanges SET state = 'permitted'
     WHERE state = 'asking' AND id NOT IN (SELECT value FROM json_each(?))`,
  );

  return {
    personOf,
    codeOf,
    exchange,
    exchangeByPermit: byPermit,
    kept,
    records: (after, limit) => log.records(after, limit),
    ...decisionReads(sql),
    ...historyReads(sql),
    ...correctionTables(sql),
    meta,
    claim(issuer, id, keepUntil) {
      if (claim(issuer, id, keepUntil) === 0) throw new RenkeiError('message_replayed');
    },
    putCode(agency, code, person) {
      putCode(agency, code, person);
    },
    addExchange(it) {
      const { id, state, permitDigest, oneTimeKey, person, requestedAt, expiresAt } = it;
      const subject = JSON.stringify(subjectOf(it));
      addExchange(id, state, permitDigest, subject, oneTimeKey, person, requestedAt, expiresAt);
    },
    moveExchange(id, from, to, answerDigest) {
      if (moveExchange(to, answerDigest ?? null, id, from) === 0) {
        throw new RenkeiError('permit_already_used');
      }
    },
    keep(inquirer, answer, until) {
      keep(inquirer, answer.exchange, answer.answer, answer.sealed ?? null, until);
    },
    drop: (inquirer, id) => drop(inquirer, id) === 1,
    record(entry) {
      log.record(entry);
    },
    setMeta(key, value) {
      setMeta(key, value);
    },
    sweep(now) {
      sweepClaimed(now);
      sweepKept(now);
    },
    reopenExchanges: (underWay) => reopen(JSON.stringify([...underWay])),
  };
}

const exchangeOf = (row: Row): Exchange => ({
  ...JSON.parse(text(row, 'subject')),
  id: text(row, 'id'),
  state: text(row, 'state') as ExchangeState,
  asked: flag(row, 'asked'),
  permitDigest: text(row, 'permit_digest'),
  requestedAt: integer(row, 'requested_at'),
  expiresAt: integer(row, 'expires_at'),
  oneTimeKey: text(row, 'one_time_key'),
  person: text(row, 'person'),
  answerDigest: nullable(row, 'answer_digest', text),
});

const keptOf = (row: Row): KeptAnswer => ({
  exchange: text(row, 'exchange'),
  answer: text(row, 'answer'),
  sealed: nullable(row, 'sealed', text),
});
