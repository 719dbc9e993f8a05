import { DatabaseSync } from 'node:sqlite';
import type { TreeHead } from '../../protocol/log/consistency.ts';
import type { Placed } from '../../protocol/log/exchange-rules.ts';

/** A tree head that one log showed to another, as its checkpoint says; whether it signed that is another question. */
export interface ShownHead extends TreeHead {
  readonly note: string;
}

/**
 * What an audit brings together out of several logs, however many there are: records by exchange, and tree heads by
 * the log that showed them. In a database of SQLite’s own temporary file, which goes when it is closed.
 */
export class AuditTables {
  readonly #db = new DatabaseSync('');
  readonly #place;
  readonly #see;

  constructor() {
    this.#db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
      CREATE TABLE placed (exchange TEXT, record TEXT) STRICT;
      CREATE TABLE seen (log TEXT, size INTEGER, root BLOB, note TEXT) STRICT; BEGIN`);
    this.#place = this.#db.prepare('INSERT INTO placed VALUES (?, ?)');
    this.#see = this.#db.prepare('INSERT INTO seen VALUES (?, ?, ?, ?)');
  }

  place(exchange: string, record: Placed): void {
    this.#place.run(exchange, JSON.stringify(record));
  }

  see(log: string, { size, root, note }: ShownHead): void {
    this.#see.run(log, size, root, note);
  }

  /** What a log showed to others, the smallest tree first. Close it (or read it to its end) before the next call. */
  *headsOf(log: string): Generator<ShownHead, void, undefined> {
    const rows = this.#db.prepare('SELECT size, root, note FROM seen WHERE log = ? ORDER BY size');
    for (const { size, root, note } of rows.iterate(log)) {
      if (!(root instanceof Uint8Array)) throw new TypeError('a root is bytes');
      yield { size: Number(size), root, note: String(note) };
    }
  }

  /** All records of each exchange, one exchange after the other. */
  *exchanges(): Generator<{ readonly exchange: string; readonly records: Placed[] }> {
    let exchange: string | undefined;
    let records: Placed[] = [];
    const rows = this.#db.prepare('SELECT exchange, record FROM placed ORDER BY exchange, rowid');
    for (const row of rows.iterate()) {
      const next = String(row.exchange);
      if (exchange !== undefined && next !== exchange) {
        yield { exchange, records };
        records = [];
      }
      exchange = next;
      records.push(JSON.parse(String(row.record)));
    }
    if (exchange !== undefined) yield { exchange, records };
  }

  close(): void {
    this.#db.close();
  }
}
