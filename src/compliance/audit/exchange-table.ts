import { DatabaseSync } from 'node:sqlite';
import type { Placed } from '../../protocol/log/exchange-rules.ts';

/**
 * Records of several logs brought together by exchange, however many: in a database of SQLite’s own temporary file,
 * which goes when it is closed.
 */
export class ExchangeTable {
  readonly #db = new DatabaseSync('');
  readonly #insert;

  constructor() {
    this.#db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
      CREATE TABLE placed (exchange TEXT, party TEXT, place INTEGER, record TEXT) STRICT; BEGIN`);
    this.#insert = this.#db.prepare('INSERT INTO placed VALUES (?, ?, ?, ?)');
  }

  add(exchange: string, record: Placed): void {
    this.#insert.run(exchange, record.party, record.index, JSON.stringify(record));
  }

  /** All records of each exchange, one exchange after the other. */
  *exchanges(): Generator<{ readonly exchange: string; readonly records: Placed[] }> {
    this.#db.exec('COMMIT; CREATE INDEX by_exchange ON placed (exchange)');
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
