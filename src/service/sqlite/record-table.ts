import type { DatabaseSync } from 'node:sqlite';
import { HASH_BYTES } from '../../protocol/log/hash.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import type { NodeReader } from '../../protocol/log/tree.ts';
import { ProvisionRecord } from '../../protocol/record.ts';
import { bytes, integer, nullable, text } from './columns.ts';
import { statements } from './statements.ts';

/** What is logged stays as it is, whoever writes SQL. */
export const TRIGGERS = `
  CREATE TRIGGER records_unaltered BEFORE UPDATE ON records
    WHEN OLD.hashes IS NOT NULL AND (
      NEW.seq IS NOT OLD.seq OR NEW.hashes IS NOT OLD.hashes
      OR NOT (NEW.record IS NULL OR NEW.record IS OLD.record)
    )
    BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER records_kept BEFORE DELETE ON records
    BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
`;
export const DROP_TRIGGERS = 'DROP TRIGGER records_unaltered; DROP TRIGGER records_kept';

/**
 * A party's records, which are the leaves of its log: the record at `seq` is leaf seq − 1. `record` is its
 * canonical JSON, whose hash stands first in `hashes`, before those of the subtrees that it completes, lowest
 * first: the subtree (level, index) is found at leaf (index + 1) · 2^level − 1. One row holds it all, so that a
 * record costs one insert at the end of one table. `hashes` is NULL for what was recorded before there was a
 * log, until the next start. `record` may become NULL when its time is over; its hashes stay.
 */
export const RECORD_LOG_SQL = `
  CREATE TABLE logged_records (
    seq INTEGER PRIMARY KEY, exchange TEXT, person TEXT, record TEXT, hashes BLOB
  ) STRICT;
  INSERT INTO logged_records (seq, exchange, record)
    SELECT row_number() OVER (ORDER BY seq), exchange, record FROM records;
  DROP TABLE records;
  ALTER TABLE logged_records RENAME TO records;
  CREATE INDEX records_exchange ON records (exchange);
${TRIGGERS}`;

/** A record as it is kept, with the place that the log gives it. */
export interface KeptRecord {
  readonly seq: number;
  readonly record: ProvisionRecord;
}

/** A leaf as it is kept: its text, unless its time is over, and its hash. */
export interface KeptLeaf {
  readonly index: number;
  readonly record: string | undefined;
  readonly leaf: Uint8Array;
}

/** Typed access to the table of records. Writes throw outside a transaction. */
export function recordTable(db: DatabaseSync) {
  const { one, many, each, write } = statements(db);
  const hashes = one('SELECT hashes FROM records WHERE seq = ?', (row) =>
    nullable(row, 'hashes', bytes),
  );
  const insert = write('INSERT INTO records VALUES (?, ?, ?, ?, ?)');
  const count = one('SELECT coalesce(max(seq), 0) AS n FROM records', (row) => integer(row, 'n'));
  const hashAt: NodeReader = (level, index) => {
    const leaf = (index + 1) * 2 ** level - 1;
    const at = level * HASH_BYTES;
    const hash = hashes(leaf + 1)?.subarray(at, at + HASH_BYTES);
    if (hash?.length !== HASH_BYTES) throw new LogInvalid('missing', { index: leaf });
    return hash;
  };
  return {
    hashAt,
    insert,
    count: () => count() ?? 0,
    /** How many have entered the log; those that have not are the last ones. */
    logged: () =>
      (one('SELECT min(seq) AS n FROM records WHERE hashes IS NULL', (row) =>
        nullable(row, 'n', integer),
      )() ?? (count() ?? 0) + 1) - 1,
    /** Puts a record from before into the log. */
    enter: write('UPDATE records SET record = ?, person = ?, hashes = ? WHERE seq = ?'),
    records: many(
      'SELECT seq, record FROM records WHERE seq > ? AND record IS NOT NULL ORDER BY seq LIMIT ?',
      (row): KeptRecord => ({
        seq: integer(row, 'seq'),
        record: ProvisionRecord.parse(JSON.parse(text(row, 'record'))),
      }),
    ),
    ofExchange: many(
      'SELECT seq, record FROM records WHERE exchange = ? AND record IS NOT NULL ORDER BY seq',
      (row): KeptRecord => ({
        seq: integer(row, 'seq'),
        record: ProvisionRecord.parse(JSON.parse(text(row, 'record'))),
      }),
    ),
    /** Where the records of an exchange are in the log. */
    placesOf: many(
      'SELECT seq FROM records WHERE exchange = ? ORDER BY seq',
      (row) => integer(row, 'seq') - 1,
    ),
    /** Takes the content of a record away, and whatever leads to it; its hashes stay. */
    blank: write('UPDATE records SET record = NULL, exchange = NULL, person = NULL WHERE seq = ?'),
    /** Leaves from an index on, as they are asked for. */
    leaves: each(
      `SELECT seq, record, substr(hashes, 1, ${HASH_BYTES}) AS leaf FROM records
       WHERE seq > ? AND seq <= ? ORDER BY seq`,
      (row): KeptLeaf => ({
        index: integer(row, 'seq') - 1,
        record: nullable(row, 'record', text),
        leaf: bytes(row, 'leaf'),
      }),
    ),
  };
}
