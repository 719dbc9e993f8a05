import { japaneseDay } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { keepMonths, overBefore } from '../../protocol/log/keep-period.ts';
import type { HoldReason, ProvisionRecord } from '../../protocol/record.ts';
import type {
  Clock,
  Hold,
  HoldTarget,
  Pruning,
  RecordRetention,
  RecordsKept,
  Transact,
} from '../ports.ts';
import type { RetentionTable, Stretch, Verdict } from '../sqlite/retention-table.ts';

/** What writes records in a transaction. */
interface Recording {
  record(record: ProvisionRecord): unknown;
}

export interface RetentionOptions<Tx extends Recording> {
  /** How long records are kept (ISO 8601). */
  readonly keep: string;
  readonly table: RetentionTable;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly transact: Transact<Tx>;
  /** The newest time (ms) that another party vouched for; undefined: none did. */
  readonly vouched: () => number | undefined;
  /** Has another party vouch for the time now, if it can be asked; never rejects for what the other side does. */
  readonly askTime?: () => Promise<void>;
  /** What else has the same period. */
  readonly others?: {
    /** When the oldest of it was written. */
    readonly oldest: () => number | undefined;
    /** Deletes what was written before an instant (ms). @returns how much */
    readonly prune: (before: number, by: string | undefined) => Promise<number>;
  };
  /** How many alarms about others’ logs stand. */
  readonly alarms: () => number;
}

const DAY = 86_400_000;
const midnight = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);

/**
 * Takes the content of records away when their time is over (番号法23条1項, 番号法施行令29条), never early: in whole
 * exchanges that are finished, that have no younger record, and that nobody holds. What the tree consists of stays, so
 * every proof and checkpoint stays good. Time is the lesser of this party’s clock and the newest that another party
 * vouched for: one wrong clock deletes nothing.
 */
export class Retention<Tx extends Recording> implements RecordRetention<Tx> {
  readonly #options: RetentionOptions<Tx>;
  readonly #months: number;
  #last: Promise<unknown> = Promise.resolve();

  /** @throws RangeError for what is no period */
  constructor(options: RetentionOptions<Tx>) {
    const months = keepMonths(options.keep);
    if (months === undefined) throw new RangeError('keep is a period of years and months');
    this.#options = options;
    this.#months = months;
  }

  /** What the party tells of its records at /v1/status. */
  status(): RecordsKept {
    const { keep, table, alarms } = this.#options;
    return { keep, oldest: table.oldest(), holds: table.standing(), alarms: alarms() };
  }

  /** Prunes what is due, if anything is; small transactions, one after the other. */
  async pruneDue(): Promise<void> {
    const { table, clock, others } = this.#options;
    const oldest = [table.oldest(), others?.oldest()].filter((at) => at !== undefined);
    const isOver = (before: number) =>
      table.doneBefore < before && oldest.some((at) => at < before);
    if (isOver(overBefore(clock.now(), this.#months)) && isOver(await this.#overBefore())) {
      await this.prune();
    }
  }

  /** By the lesser of both times; another party is asked only when it makes a difference. */
  async #overBefore(): Promise<number> {
    const { clock, vouched, askTime } = this.#options;
    const before = () => overBefore(Math.min(clock.now(), vouched() ?? 0), this.#months);
    if (before() < overBefore(clock.now(), this.#months)) await askTime?.();
    return before();
  }

  prune({
    by,
    dryRun = false,
  }: {
    by?: string | undefined;
    dryRun?: boolean;
  } = {}): Promise<Pruning> {
    const result = this.#last.then(() => this.#prune(by, dryRun));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #prune(by: string | undefined, dryRun: boolean): Promise<Pruning> {
    const { table, transact, clock, keep, others } = this.#options;
    const before = await this.#overBefore();
    const end = table.endOf(before);
    const found: Record<Verdict, number> = { over: 0, held: 0, unfinished: 0, younger: 0 };
    let pruned = 0;
    const count = ({ counts }: Stretch) => {
      for (const verdict of Object.keys(counts) as Verdict[]) found[verdict] += counts[verdict];
    };
    for (let from: number | undefined = 0; from !== undefined; ) {
      const start: number = from;
      if (dryRun) {
        const stretch = table.look(start, end);
        count(stretch);
        pruned = found.over;
        from = stretch.next;
        // Others get their turn in between.
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      // Looked at again in the transaction: a hold may have been placed meanwhile.
      const { stretch, taken } = await transact((tx) => {
        const stretch = table.look(start, end);
        const taken = table.take(stretch);
        if (!taken) return { stretch, taken: 0 };
        tx.record({
          kind: 'pruned',
          at: clock.now(),
          pruned: { ...taken, before, keep },
          ...(by !== undefined && { staff: by }),
        });
        return { stretch, taken: taken.count };
      });
      count(stretch);
      pruned += taken;
      from = stretch.next;
    }
    const more = dryRun ? 0 : ((await others?.prune(before, by)) ?? 0);
    if (!dryRun) await transact(() => table.finished(before));
    const { held, unfinished, younger } = found;
    return { before, pruned, held, unfinished, younger, others: more };
  }

  holds(): Hold[] {
    return this.#options.table.holds();
  }

  place(
    { exchange, person, agency, from, until }: HoldTarget,
    { reason, by }: { readonly reason: HoldReason; readonly by: string },
    and?: (tx: Tx, hold: Hold) => void,
  ): Promise<Hold> {
    const { clock, newId, table, transact } = this.#options;
    const at = clock.now();
    const hold: Hold = {
      ...{ id: newId(), reason, exchange, person, agency, placedBy: by, placedAt: at },
      from: from === undefined ? undefined : midnight(from),
      until: until === undefined ? undefined : midnight(until) + DAY,
    };
    return transact((tx) => {
      if (exchange !== undefined && !table.has(exchange)) {
        throw new RenkeiError('not_found', {
          ja: 'この交換の記録はありません',
          en: 'There are no records of this exchange',
        });
      }
      table.place(hold);
      tx.record(recordOf('hold_placed', hold, by, at));
      and?.(tx, hold);
      return hold;
    });
  }

  release(id: string, by: string, and?: (tx: Tx, hold: Hold) => void): Promise<Hold> {
    const { clock, table, transact } = this.#options;
    const at = clock.now();
    return transact((tx) => {
      const hold = table.hold(id);
      if (!hold) throw new RenkeiError('not_found');
      if (!table.release(id, by, at)) {
        throw new RenkeiError('state_conflict', {
          ja: 'この保全はすでに解除されています',
          en: 'This hold was released before',
        });
      }
      tx.record(recordOf('hold_released', hold, by, at));
      and?.(tx, hold);
      return { ...hold, releasedBy: by, releasedAt: at };
    });
  }
}

function recordOf(
  kind: 'hold_placed' | 'hold_released',
  { id, reason, exchange, person, agency, from, until }: Hold,
  staff: string,
  at: number,
): ProvisionRecord {
  return {
    kind,
    at,
    hold: {
      ...{ id, reason },
      ...(exchange !== undefined && { exchange }),
      ...(agency !== undefined && { agency }),
      ...(from !== undefined && { from: japaneseDay(from) }),
      ...(until !== undefined && { until: japaneseDay(until - DAY) }),
    },
    ...(person !== undefined && { person }),
    staff,
  };
}
