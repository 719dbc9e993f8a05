import type { DatabaseSync } from 'node:sqlite';
import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { proveConsistency, type TreeHead } from '../../protocol/log/consistency.ts';
import { Frontier } from '../../protocol/log/frontier.ts';
import { HASH_BYTES } from '../../protocol/log/hash.ts';
import { proveInclusion } from '../../protocol/log/inclusion.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { type NodeReader, spanRoot } from '../../protocol/log/tree.ts';
import type { Evidence, Seen } from '../../protocol/log/witness.ts';
import { bytes, integer, text } from './columns.ts';
import { type Row, statements } from './statements.ts';

/**
 * A party's log and what it keeps of the others', for a migration. One row a leaf: its hash, then the
 * hashes of the subtrees that it completes, lowest first. So a record costs one insert at the end of
 * one table, about 64 bytes, and no hash is ever written twice; the subtree (level, index) is found at
 * leaf (index + 1) · 2^level − 1.
 */
export const LOG_TABLES_SQL = `
  CREATE TABLE log_leaves (idx INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
  CREATE TRIGGER log_leaves_unaltered BEFORE UPDATE ON log_leaves
    BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER log_leaves_kept BEFORE DELETE ON log_leaves
    BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
  CREATE TABLE log_checkpoint (
    only INTEGER PRIMARY KEY CHECK (only = 0), size INTEGER NOT NULL, note TEXT NOT NULL
  ) STRICT;
  CREATE TABLE log_cosigned (
    witness TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE log_seen (origin TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE log_evidence (
    digest TEXT PRIMARY KEY, origin TEXT NOT NULL, evidence TEXT NOT NULL
  ) STRICT;
`;

/** A signed checkpoint of this log and the size that it is about. */
export interface Sealed {
  readonly size: number;
  readonly note: string;
}

/** A party's own log. Writes throw outside a transaction; reads see the transaction they are in. */
export interface LogTables {
  size(): number;
  /** Adds leaf hashes and tells the index of the first. What it throws must end the work. */
  append(leaves: readonly Uint8Array[]): number;
  /** The hash of a complete subtree. @throws LogInvalid missing */
  readonly hashAt: NodeReader;
  /** Of the first `size` leaves; of all unless said. Throws RangeError beyond the log's end. */
  root(size?: number): Uint8Array;
  inclusion(index: number, size: number): Uint8Array[];
  consistency(from: number, to: number): Uint8Array[];
  /** Signs and keeps the checkpoint of all leaves, unless it is there: once, before a batch commits. */
  seal(sign: (head: TreeHead) => string): void;
  /** The newest sealed checkpoint, or undefined before the first leaf. */
  checkpoint(): Sealed | undefined;
  /** Keeps a verified, cosigned checkpoint if it is the witness's largest; tells whether it is. */
  keepCosigned(witness: string, cosigned: Sealed): boolean;
  /** The largest checkpoint that each witness cosigned. */
  cosigned(): (Sealed & { readonly witness: string })[];
}

/** What a party keeps as a witness of other logs. */
export interface WitnessTables {
  seen(origin: string): Seen | undefined;
  keepSeen(seen: Seen): void;
  /** Keeps evidence against a log, once. */
  accuse(evidence: Evidence): void;
  evidence(): Evidence[];
}

const opened = new WeakMap<DatabaseSync, LogTables>();

/**
 * The log in this database; the same one however often it is asked for.
 *
 * The frontier is kept in memory. A rolled-back savepoint or transaction can't be heard of, so each
 * use compares its size with the table's. That is enough: every leaf comes through this one object,
 * which compares first, so the table always holds a beginning of what the frontier holds, and a
 * beginning of equal length is the whole.
 */
export function logTables(db: DatabaseSync): LogTables {
  const found = opened.get(db);
  if (found !== undefined) return found;
  const made = makeLogTables(db);
  opened.set(db, made);
  return made;
}

function makeLogTables(db: DatabaseSync): LogTables {
  const { one, many, write } = statements(db);
  const nextIndex = one('SELECT coalesce(max(idx), -1) + 1 AS size FROM log_leaves', (row) =>
    integer(row, 'size'),
  );
  const hashes = one('SELECT hashes FROM log_leaves WHERE idx = ?', (row) => bytes(row, 'hashes'));
  const insert = write('INSERT INTO log_leaves VALUES (?, ?)');
  const checkpoint = one('SELECT size, note FROM log_checkpoint', sealedOf);
  const putCheckpoint = write('INSERT OR REPLACE INTO log_checkpoint VALUES (0, ?, ?)');
  const cosigned = many('SELECT witness, size, note FROM log_cosigned ORDER BY witness', (row) => ({
    witness: text(row, 'witness'),
    ...sealedOf(row),
  }));
  const putCosigned = write(
    `INSERT INTO log_cosigned VALUES (?, ?, ?) ON CONFLICT (witness)
     DO UPDATE SET size = excluded.size, note = excluded.note WHERE excluded.size >= size`,
  );

  const hashAt: NodeReader = (level, index) => {
    const leaf = (index + 1) * 2 ** level - 1;
    const at = level * HASH_BYTES;
    const hash = hashes(leaf)?.subarray(at, at + HASH_BYTES);
    if (hash?.length !== HASH_BYTES) throw new LogInvalid('missing', { index: leaf });
    return hash;
  };

  let kept = new Frontier();
  const frontier = (): Frontier => {
    const size = nextIndex() ?? 0;
    if (kept.size !== size) kept = Frontier.read(size, hashAt);
    return kept;
  };
  const within = (size: number): number => {
    if (size > (nextIndex() ?? 0)) throw new RangeError('beyond the end of the log');
    return size;
  };

  return {
    size: () => nextIndex() ?? 0,
    append(leaves) {
      const tree = frontier();
      const first = tree.size;
      for (const leaf of leaves) {
        const index = tree.size;
        const completed = tree.append(leaf);
        insert(index, completed.length === 1 ? leaf : Buffer.concat(completed));
      }
      return first;
    },
    hashAt,
    root: (size) => (size === undefined ? frontier().root() : spanRoot(0, within(size), hashAt)),
    inclusion: (index, size) => proveInclusion(index, within(size), hashAt),
    consistency: (from, to) => proveConsistency(from, within(to), hashAt),
    seal(sign) {
      const tree = frontier();
      if (tree.size === (checkpoint()?.size ?? 0)) return;
      putCheckpoint(tree.size, sign({ size: tree.size, root: tree.root() }));
    },
    checkpoint,
    keepCosigned: (witness, { size, note }) => putCosigned(witness, size, note) === 1,
    cosigned,
  };
}

/** The tables of a witness in this database. Writes throw outside a transaction. */
export function witnessTables(db: DatabaseSync): WitnessTables {
  const { one, many, write } = statements(db);
  const seen = one('SELECT origin, note FROM log_seen WHERE origin = ?', (row) => ({
    origin: text(row, 'origin'),
    note: text(row, 'note'),
  }));
  const putSeen = write('INSERT OR REPLACE INTO log_seen VALUES (?, ?)');
  const addEvidence = write('INSERT OR IGNORE INTO log_evidence VALUES (?, ?, ?)');
  const evidence = many(
    'SELECT evidence FROM log_evidence ORDER BY rowid',
    (row): Evidence => JSON.parse(text(row, 'evidence')),
  );
  return {
    seen,
    keepSeen({ origin, note }) {
      putSeen(origin, note);
    },
    accuse(one) {
      const json = canonicalJson(one);
      addEvidence(sha256(json), one.origin, json);
    },
    evidence,
  };
}

const sealedOf = (row: Row): Sealed => ({ size: integer(row, 'size'), note: text(row, 'note') });
