import type { DatabaseSync } from 'node:sqlite';
import type { HoldReason, Pruned } from '../../protocol/record.ts';
import type { Hold } from '../ports.ts';
import { integer, nullable, text } from './columns.ts';
import type { RecordLog } from './record-log.ts';
import { type Row, statements } from './statements.ts';

/**
 * Legal holds, and how far pruning has come: everything up to `pruned_to` (a seq) is gone, and all that could go before
 * `done_before` (ms) went. A hold names a person as this party’s records do: by its own code, or its own digest.
 */
export const RETENTION_SQL = `
  CREATE TABLE log_holds (
    id TEXT PRIMARY KEY, reason TEXT NOT NULL,
    exchange TEXT, person TEXT, agency TEXT, from_at INTEGER, until_at INTEGER,
    placed_by TEXT NOT NULL, placed_at INTEGER NOT NULL, released_by TEXT, released_at INTEGER,
    CHECK (coalesce(exchange, person, agency, from_at, until_at) IS NOT NULL),
    CHECK ((released_by IS NULL) = (released_at IS NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE log_pruning (
    one INTEGER PRIMARY KEY CHECK (one = 1), pruned_to INTEGER NOT NULL, done_before INTEGER NOT NULL
  ) STRICT;
  INSERT INTO log_pruning VALUES (1, 0, 0);
`;

/** How a party’s own tables hang on its records. `?1` is the exchange. */
export interface OwnTables {
  /** A condition: the exchange is not finished. */
  readonly unfinished: string;
  /** Statements that delete what else is kept of the exchange. */
  readonly dropped: readonly string[];
  /** Where a row of records names the person. */
  readonly person: string;
}

export const NO_TABLES: OwnTables = { unfinished: '?1 IS NULL', dropped: [], person: 'person' };

/** Records that are kept for good: they tell what became of the others, and of no exchange. */
const KEPT_KINDS = `('pruned', 'hold_placed', 'hold_released')`;

/** What one look at a stretch of the log found. */
export interface Stretch {
  /** Indices that can go: whole exchanges, wherever their records are. */
  readonly over: readonly number[];
  readonly exchanges: readonly string[];
  /** Of the records in this stretch. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Where the next look begins; undefined: this was the last. */
  readonly next: number | undefined;
}

/** Why a record whose own time is over stays: another of its exchange is younger, it is not finished, or held. */
export type Verdict = 'over' | 'younger' | 'unfinished' | 'held';

const LOOKED_AT = 500;

/** What of a log may lose its content, and what must not. Writes throw outside a transaction. */
export class RetentionTable {
  readonly #records: RecordLog;
  readonly #sql: ReturnType<typeof queries>;

  constructor(db: DatabaseSync, records: RecordLog, own: OwnTables) {
    this.#records = records;
    this.#sql = queries(db, own);
  }

  /** When the oldest record was written that still has its content. */
  oldest(): number | undefined {
    return this.#sql.oldest(this.#sql.progress().prunedTo);
  }

  /** Everything that could go before this instant went. */
  get doneBefore(): number {
    return this.#sql.progress().doneBefore;
  }

  /** When the newest record of one of these kinds was written. */
  lastOf(kinds: readonly string[]): number | undefined {
    return this.#sql.lastOf(JSON.stringify(kinds));
  }

  /**
   * The index of the first record that was written at `before` (ms) or later, or where the log ends now. What follows
   * it counts as no older, whatever its own clock said.
   */
  endOf(before: number): number {
    const { prunedTo } = this.#sql.progress();
    return (this.#sql.firstFrom(prunedTo, before) ?? this.#sql.count() + 1) - 1;
  }

  /** Looks at the next few records from an index on, up to `end`. */
  look(from: number, end: number): Stretch {
    const rows = this.#sql.rows(Math.max(from, this.#sql.progress().prunedTo), end, LOOKED_AT);
    const counts = { over: 0, younger: 0, unfinished: 0, held: 0 };
    const over: number[] = [];
    const known = new Map<string, Verdict>();
    for (const { seq, exchange } of rows) {
      const verdict =
        exchange === undefined
          ? this.#ofRecord(seq)
          : (known.get(exchange) ?? this.#ofExchange(exchange, end));
      counts[verdict] += 1;
      if (exchange !== undefined && known.has(exchange)) continue;
      if (exchange !== undefined) known.set(exchange, verdict);
      if (verdict !== 'over') continue;
      const seqs = exchange === undefined ? [seq] : this.#sql.seqsOf(exchange);
      over.push(...seqs.map((each) => each - 1));
    }
    const exchanges = [...known].flatMap(([exchange, verdict]) =>
      verdict === 'over' ? [exchange] : [],
    );
    const next = rows.length < LOOKED_AT ? undefined : rows.at(-1)?.seq;
    return { over, exchanges, counts, next };
  }

  /** Takes away what a look in this very transaction found over. */
  take({ over, exchanges }: Stretch): Pick<Pruned, 'from' | 'to' | 'count'> | undefined {
    if (over.length === 0) return undefined;
    this.#records.blank(over);
    for (const drop of this.#sql.drops) for (const exchange of exchanges) drop(exchange);
    const [from, last] = over.reduce(
      ([least, most], index) => [Math.min(least, index), Math.max(most, index)],
      [Number.MAX_SAFE_INTEGER, 0],
    );
    return { from, to: last + 1, count: over.length };
  }

  /** Remembers how far pruning has come. */
  finished(before: number): void {
    const { prunedTo } = this.#sql.progress();
    const first = this.#sql.firstKept(prunedTo) ?? this.#sql.count() + 1;
    this.#sql.setProgress(first - 1, before);
  }

  /** Whether an exchange has records with their content. */
  has(exchange: string): boolean {
    return this.#sql.lastSeqOf(exchange) !== undefined;
  }

  hold(id: string): Hold | undefined {
    return this.#sql.hold(id);
  }
  /** All that ever were, the newest first. */
  holds(): Hold[] {
    return this.#sql.holds();
  }
  /** How many are in force. */
  standing(): number {
    return this.#sql.standing();
  }

  place(it: Hold): void {
    const about = [it.exchange, it.person, it.agency, it.from, it.until];
    this.#sql.place(
      it.id,
      it.reason,
      ...about.map((each) => each ?? null),
      it.placedBy,
      it.placedAt,
    );
  }

  /** What it held may go at once, if its time is over. @returns whether it was in force */
  release(id: string, by: string, at: number): boolean {
    const { prunedTo } = this.#sql.progress();
    this.#sql.setProgress(prunedTo, 0);
    return this.#sql.release(by, at, id) === 1;
  }

  #ofRecord(seq: number): Verdict {
    return this.#sql.recordHeld(seq) ? 'held' : 'over';
  }

  #ofExchange(exchange: string, end: number): Verdict {
    if ((this.#sql.lastSeqOf(exchange) ?? 0) > end) return 'younger';
    if (this.#sql.unfinished(exchange)) return 'unfinished';
    return this.#sql.exchangeHeld(exchange) ? 'held' : 'over';
  }
}

/** That a hold is in force and one of its criteria, if it has it, is true of some record. */
const holdsBy = (of: string, person: string): string =>
  [
    ['exchange', 'r.exchange = h.exchange'],
    ['person', `r.${person} = h.person`],
    ['agency', `h.agency IN (r.record ->> '$.inquirer', r.record ->> '$.provider')`],
    ['from_at', `r.record ->> '$.at' >= h.from_at`],
    ['until_at', `r.record ->> '$.at' < h.until_at`],
  ]
    .map(
      ([column, is]) =>
        `(h.${column} IS NULL OR EXISTS (SELECT 1 FROM records AS r WHERE ${of} AND ${is}))`,
    )
    .join(' AND ');

function queries(db: DatabaseSync, { unfinished, dropped, person }: OwnTables) {
  const { one, many, write } = statements(db);
  const seqOf = (row: Row) => integer(row, 'seq');
  const yes = (sql: string) => {
    const ask = one(`SELECT EXISTS (${sql}) AS found`, (row) => integer(row, 'found') === 1);
    return (of: string | number) => ask(of) ?? false;
  };
  const held = (of: string) =>
    yes(`SELECT 1 FROM log_holds AS h WHERE h.released_at IS NULL AND ${holdsBy(of, person)}`);
  const progress = one('SELECT pruned_to, done_before FROM log_pruning', (row) => ({
    prunedTo: integer(row, 'pruned_to'),
    doneBefore: integer(row, 'done_before'),
  }));
  const standing = one('SELECT count(*) AS n FROM log_holds WHERE released_at IS NULL', (row) =>
    integer(row, 'n'),
  );
  const count = one('SELECT coalesce(max(seq), 0) AS n FROM records', (row) => integer(row, 'n'));
  return {
    progress: () => progress() ?? { prunedTo: 0, doneBefore: 0 },
    setProgress: write('UPDATE log_pruning SET pruned_to = ?, done_before = ?'),
    count: () => count() ?? 0,
    oldest: one(
      `SELECT record ->> '$.at' AS at FROM records WHERE seq > ? AND record IS NOT NULL ORDER BY seq LIMIT 1`,
      (row) => integer(row, 'at'),
    ),
    firstKept: one(
      'SELECT seq FROM records WHERE seq > ? AND record IS NOT NULL ORDER BY seq LIMIT 1',
      seqOf,
    ),
    firstFrom: one(
      `SELECT seq FROM records WHERE seq > ? AND record ->> '$.at' >= ? ORDER BY seq LIMIT 1`,
      seqOf,
    ),
    lastOf: one(
      `SELECT record ->> '$.at' AS at FROM records
       WHERE record ->> '$.kind' IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT 1`,
      (row) => integer(row, 'at'),
    ),
    rows: many(
      `SELECT seq, exchange FROM records WHERE seq > ? AND seq <= ? AND record IS NOT NULL
         AND record ->> '$.kind' NOT IN ${KEPT_KINDS} ORDER BY seq LIMIT ?`,
      (row) => ({ seq: seqOf(row), exchange: nullable(row, 'exchange', text) }),
    ),
    seqsOf: many('SELECT seq FROM records WHERE exchange = ? ORDER BY seq', seqOf),
    lastSeqOf: one('SELECT seq FROM records WHERE exchange = ? ORDER BY seq DESC LIMIT 1', seqOf),
    unfinished: yes(`SELECT 1 WHERE ${unfinished}`),
    exchangeHeld: held('r.exchange = ?1'),
    recordHeld: held('r.seq = ?1'),
    drops: dropped.map((sql) => write(sql)),
    hold: one('SELECT * FROM log_holds WHERE id = ?', holdOf),
    holds: many('SELECT * FROM log_holds ORDER BY placed_at DESC, id', holdOf),
    standing: () => standing() ?? 0,
    place: write('INSERT INTO log_holds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)'),
    release: write(
      'UPDATE log_holds SET released_by = ?, released_at = ? WHERE id = ? AND released_at IS NULL',
    ),
  };
}

const holdOf = (row: Row): Hold => ({
  id: text(row, 'id'),
  reason: text(row, 'reason') as HoldReason,
  exchange: nullable(row, 'exchange', text),
  person: nullable(row, 'person', text),
  agency: nullable(row, 'agency', text),
  from: nullable(row, 'from_at', integer),
  until: nullable(row, 'until_at', integer),
  placedBy: text(row, 'placed_by'),
  placedAt: integer(row, 'placed_at'),
  releasedBy: nullable(row, 'released_by', text),
  releasedAt: nullable(row, 'released_at', integer),
});
