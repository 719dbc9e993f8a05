import { RenkeiError } from '../../protocol/errors.ts';
import { text } from '../../service/sqlite/columns.ts';
import type { RecordLog } from '../../service/sqlite/record-log.ts';
import type { Statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx } from '../core/ports.ts';

type Ledger = Pick<
  AgencyTx,
  'claim' | 'record' | 'records' | 'recordsOf' | 'meta' | 'setMeta' | 'document' | 'putDocument'
>;

/** Records, replay entries, and the copies of what the gateway publishes. */
export function ledgerTables({ one, write }: Statements, log: RecordLog) {
  const claim = write('INSERT OR IGNORE INTO claimed VALUES (?, ?, ?)');
  const sweepClaimed = write('DELETE FROM claimed WHERE keep_until < ?');
  const setMeta = write('INSERT OR REPLACE INTO meta VALUES (?, ?)');
  const putDocument = write('INSERT INTO documents VALUES (?, ?)');
  const ledger: Ledger = {
    claim(issuer, id, keepUntil) {
      if (claim(issuer, id, keepUntil) === 0) throw new RenkeiError('message_replayed');
    },
    record(entry) {
      log.record(entry);
    },
    records: (after, limit) => log.records(after, limit),
    recordsOf: (exchange) => log.ofExchange(exchange),
    meta: one('SELECT value FROM meta WHERE key = ?', (row) => text(row, 'value')),
    setMeta(key, value) {
      setMeta(key, value);
    },
    document: one('SELECT text FROM documents WHERE digest = ?', (row) => text(row, 'text')),
    putDocument(digest, content) {
      putDocument(digest, content);
    },
  };
  return { ...ledger, sweepClaimed };
}
