import { RenkeiError } from '../../protocol/errors.ts';
import { ProvisionRecord } from '../../protocol/record.ts';
import { integer, text } from '../../service/sqlite/columns.ts';
import type { Statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx } from '../core/ports.ts';

type Ledger = Pick<
  AgencyTx,
  'claim' | 'record' | 'records' | 'meta' | 'setMeta' | 'document' | 'putDocument'
>;

/** Records, replay entries, and the copies of what the gateway publishes. */
export function ledgerTables({ one, many, write }: Statements) {
  const claim = write('INSERT OR IGNORE INTO claimed VALUES (?, ?, ?)');
  const sweepClaimed = write('DELETE FROM claimed WHERE keep_until < ?');
  const record = write('INSERT INTO records (exchange, record) VALUES (?, ?)');
  const setMeta = write('INSERT OR REPLACE INTO meta VALUES (?, ?)');
  const putDocument = write('INSERT INTO documents VALUES (?, ?)');
  const ledger: Ledger = {
    claim(issuer, id, keepUntil) {
      if (claim(issuer, id, keepUntil) === 0) throw new RenkeiError('message_replayed');
    },
    record(entry) {
      record(entry.exchange ?? null, JSON.stringify(ProvisionRecord.parse(entry)));
    },
    records: many('SELECT seq, record FROM records WHERE seq > ? ORDER BY seq LIMIT ?', (row) => ({
      seq: integer(row, 'seq'),
      record: ProvisionRecord.parse(JSON.parse(text(row, 'record'))),
    })),
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
