import type { DatabaseSync } from 'node:sqlite';
import type { Evidence } from '../../protocol/log/witness.ts';
import { integer, nullable, text } from './columns.ts';
import { statements } from './statements.ts';

/**
 * What a party keeps of the others' logs, one row each: `shown` the size of its own log that it showed them last,
 * `seen` the largest checkpoint of theirs that it accepted, `cosigned` their cosignature on its own log at
 * `cosigned_size`, `witnessed_at` and `witnessed_size` when and how far this party last cosigned theirs. Every
 * checkpoint that was ever accepted, so that an audit can tell between which two a log was altered. And the alarms,
 * which are never forgotten; `trusted_at` when somebody trusted the log anew.
 */
export const PEERS_SQL = `
  CREATE TABLE log_peers (
    peer TEXT PRIMARY KEY, shown INTEGER NOT NULL, seen TEXT, cosigned_size INTEGER, cosigned TEXT,
    witnessed_at INTEGER NOT NULL, witnessed_size INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE log_heads (id INTEGER PRIMARY KEY, peer TEXT NOT NULL, note TEXT NOT NULL) STRICT;
  CREATE TABLE log_alarms (
    id INTEGER PRIMARY KEY, log TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
    evidence TEXT NOT NULL, trusted_at INTEGER
  ) STRICT;
`;

export interface Peer {
  shown: number;
  seen: string | undefined;
  cosigned: { readonly size: number; readonly signature: string } | undefined;
  /** The last cosignature given: when (ms), and on which size. */
  witnessed: { readonly at: number; readonly size: number };
}

const STRANGER: Peer = {
  shown: 0,
  seen: undefined,
  cosigned: undefined,
  witnessed: { at: 0, size: 0 },
};

/** A log that contradicted itself, as it was found. */
export interface Alarm {
  /** Whose log. */
  readonly log: string;
  readonly kind: Evidence['kind'];
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly evidence: Evidence;
  /** When an operator trusted the log anew. */
  readonly trustedAt?: number | undefined;
}

/**
 * What is known of the others' logs, in memory, and written with the next commit of whatever: losing the last of
 * it in a crash makes this party ask once more for a proof, nothing else.
 */
export class PeerTable {
  readonly #peers = new Map<string, Peer>();
  readonly #changed = new Set<string>();
  readonly #accepted: [peer: string, note: string][] = [];
  readonly #put: (...values: (string | number | null)[]) => number;
  readonly #addAlarm: (...values: [string, string, number, string]) => number;
  readonly #trust: (at: number, log: string) => number;
  readonly #addHead: (...values: [string, string]) => number;
  /** Checkpoints of others that were accepted, after a number, oldest first. */
  readonly heads: (
    after: number,
    limit: number,
  ) => { readonly id: number; readonly log: string; readonly checkpoint: string }[];
  readonly alarms: () => Alarm[];
  /** Alarms that nobody has dealt with, about one log. */
  readonly standing: (log: string) => Alarm[];

  constructor(db: DatabaseSync) {
    const { many, write } = statements(db);
    const rows = many('SELECT * FROM log_peers', (row) => {
      const size = nullable(row, 'cosigned_size', integer);
      const peer: Peer = {
        shown: integer(row, 'shown'),
        seen: nullable(row, 'seen', text),
        cosigned: size === undefined ? undefined : { size, signature: text(row, 'cosigned') },
        witnessed: { at: integer(row, 'witnessed_at'), size: integer(row, 'witnessed_size') },
      };
      return [text(row, 'peer'), peer] as const;
    })();
    for (const [name, peer] of rows) this.#peers.set(name, peer);
    this.#put = write('INSERT OR REPLACE INTO log_peers VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#addHead = write('INSERT INTO log_heads (peer, note) VALUES (?, ?)');
    this.heads = many('SELECT * FROM log_heads WHERE id > ? ORDER BY id LIMIT ?', (row) => ({
      id: integer(row, 'id'),
      log: text(row, 'peer'),
      checkpoint: text(row, 'note'),
    }));
    this.#addAlarm = write('INSERT INTO log_alarms (log, kind, at, evidence) VALUES (?, ?, ?, ?)');
    this.#trust = write(
      'UPDATE log_alarms SET trusted_at = ? WHERE log = ? AND trusted_at IS NULL',
    );
    const alarm = (row: Parameters<typeof text>[0]): Alarm => {
      const evidence: Evidence = JSON.parse(text(row, 'evidence'));
      const trustedAt = nullable(row, 'trusted_at', integer);
      return {
        log: text(row, 'log'),
        kind: evidence.kind,
        at: integer(row, 'at'),
        evidence,
        ...(trustedAt !== undefined && { trustedAt }),
      };
    };
    this.alarms = many('SELECT * FROM log_alarms ORDER BY id', alarm);
    this.standing = many(
      'SELECT * FROM log_alarms WHERE log = ? AND trusted_at IS NULL ORDER BY id',
      alarm,
    );
  }

  /** What is known of a peer. */
  of(name: string): Readonly<Peer> {
    return this.#peers.get(name) ?? STRANGER;
  }

  change(name: string, change: Partial<Peer>): void {
    this.#peers.set(name, { ...this.of(name), ...change });
    this.#changed.add(name);
    if (change.seen !== undefined) this.#accepted.push([name, change.seen]);
  }

  all(): ReadonlyMap<string, Readonly<Peer>> {
    return this.#peers;
  }

  get dirty(): boolean {
    return this.#changed.size > 0;
  }

  /** Writes what has changed, inside a transaction. */
  flush(): void {
    for (const name of this.#changed) {
      const { shown, seen = null, cosigned, witnessed } = this.of(name);
      const theirs = [cosigned?.size ?? null, cosigned?.signature ?? null] as const;
      this.#put(name, shown, seen, ...theirs, witnessed.at, witnessed.size);
    }
    for (const head of this.#accepted) this.#addHead(...head);
  }

  flushed(): void {
    this.#changed.clear();
    this.#accepted.length = 0;
  }

  /** Keeps an alarm, inside a transaction. */
  accuse({ log, kind, at, evidence }: Alarm): void {
    this.#addAlarm(log, kind, at, JSON.stringify(evidence));
  }

  /** Ends the alarms about a log, inside a transaction. @returns how many there were */
  trust(log: string, at: number): number {
    return this.#trust(at, log);
  }
}
