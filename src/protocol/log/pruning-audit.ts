import { ProvisionRecord, type Pruned } from '../record.ts';
import { keepMonths, LEAST_KEEP_MONTHS, overBefore } from './keep-period.ts';
import { LogInvalid } from './log-invalid.ts';

/** A pruning that a log tells of, and where. */
interface Pruning extends Pruned {
  readonly index: number;
  /** When it was at the latest: what others dated afterwards tells of a clock that ran ahead. */
  at: number;
}

interface Held {
  readonly hold: NonNullable<ProvisionRecord['hold']>;
  readonly ofPerson: boolean;
  readonly from: number;
  /** Index of its release. */
  to: number;
}

/** What is known elsewhere of an exchange that a log has nothing of. */
export interface Absent {
  readonly exchange: string;
  readonly parties: readonly string[];
  /** When it was asked for, and when the last was said of which the log had to keep a record; ms. */
  readonly asked: number;
  readonly stated: number;
}

/** Clocks differ by so much at most, or messages are refused. */
const TOLERANCE = 600_000;
const DAY = 86_400_000;
/** Written when somebody else’s message of about the same time had come. */
const DATED_BY_OTHERS: ReadonlySet<string> = new Set(['permitted', 'denied', 'answered']);
const TELLING = /"kind":"(pruned|hold_placed|hold_released)"/;

/**
 * Whether what a log lost the content of was let go lawfully (番号法施行令29条): by prunings that the log tells of, of
 * records whose time was over, as far as what stands before and after them shows. It takes the memory of the gaps.
 */
export class PruningAudit {
  readonly #least: number;
  readonly #gaps: { from: number; to: number; readonly after: number }[] = [];
  readonly #prunings: Pruning[] = [];
  readonly #holds = new Map<string, Held>();
  #missing = 0;
  #latest = Number.NEGATIVE_INFINITY;
  #lastPruning = Number.NEGATIVE_INFINITY;

  /** @param months how long records have to be kept */
  constructor(months = LEAST_KEEP_MONTHS) {
    this.#least = months;
  }

  /** Leaves whose content is gone. */
  get missing(): number {
    return this.#missing;
  }

  /** The next leaf, in the log’s order. */
  take(index: number, record: string | undefined): void {
    if (record === undefined) this.#gap(index);
    else this.#record(index, record);
  }

  #record(index: number, record: string): void {
    const at = Number(/"at":(\d+)/.exec(record)?.[1] ?? Number.NaN);
    if (at > this.#latest) this.#latest = at;
    if (at + TOLERANCE < this.#lastPruning && isDatedByOthers(record)) this.#ranAhead(at);
    if (TELLING.test(record)) this.#told(index, record);
  }

  /** @throws LogInvalid pruning, early */
  finish(): void {
    for (const { from, to, before, keep, at } of this.#prunings) {
      const months = keepMonths(keep) ?? 0;
      if (months < this.#least || before > overBefore(at, months)) {
        throw new LogInvalid('early', { from, to });
      }
    }
    for (const gap of this.#gaps) {
      const uncovered = this.#uncovered(gap, () => true);
      if (uncovered !== undefined) throw new LogInvalid('pruning', { index: uncovered });
      // Nothing is older than what was written before it.
      const young = this.#uncovered(gap, ({ before }) => before > gap.after);
      if (young !== undefined) throw new LogInvalid('early', { index: young });
    }
    const told = this.#prunings.reduce((sum, { count }) => sum + count, 0);
    if (this.#missing > told) {
      const [first, last] = [this.#gaps[0], this.#gaps.at(-1)];
      throw new LogInvalid('pruning', { from: first?.from ?? 0, to: last?.to ?? 0 });
    }
  }

  /**
   * Whether an exchange that others know and this log has nothing of can be among what it let go; undefined: it let
   * nothing go.
   */
  verdict(absent: Absent): 'lawful' | 'early' | 'held' | undefined {
    if (this.#missing === 0) return undefined;
    const could = this.#prunings.filter(({ before }) => absent.stated - TOLERANCE < before);
    if (could.length === 0) return 'early';
    const holds = [...this.#holds.values()].filter((held) => isAbout(held, absent));
    const free = could.filter(({ index }) =>
      holds.every(({ from, to }) => index < from || index > to),
    );
    return free.length === 0 ? 'held' : 'lawful';
  }

  #gap(index: number): void {
    this.#missing += 1;
    const last = this.#gaps.at(-1);
    if (last?.to === index) last.to += 1;
    else this.#gaps.push({ from: index, to: index + 1, after: this.#latest });
  }

  #told(index: number, text: string): void {
    const record = recordOf(text);
    if (!record) return;
    const { kind, at, pruned, hold } = record;
    if (kind === 'pruned' && pruned) {
      // It cannot tell of what came after it.
      this.#prunings.push({ ...pruned, to: Math.min(pruned.to, index), index, at });
      this.#lastPruning = Math.max(this.#lastPruning, at);
    }
    if (kind === 'hold_placed' && hold) {
      const ofPerson = record.person !== undefined;
      this.#holds.set(hold.id, { hold, ofPerson, from: index, to: Number.POSITIVE_INFINITY });
    }
    const released = kind === 'hold_released' && hold && this.#holds.get(hold.id);
    if (released) released.to = index;
  }

  #ranAhead(at: number): void {
    for (const pruning of this.#prunings) pruning.at = Math.min(pruning.at, at + TOLERANCE);
    this.#lastPruning = at + TOLERANCE;
  }

  /** The first index of a gap that no such pruning tells of. */
  #uncovered(gap: { from: number; to: number }, is: (pruning: Pruning) => boolean) {
    let index = gap.from;
    for (let before = -1; before < index && index < gap.to; ) {
      before = index;
      for (const pruning of this.#prunings) {
        if (is(pruning) && pruning.from <= index && index < pruning.to) index = pruning.to;
      }
    }
    return index < gap.to ? index : undefined;
  }
}

const isDatedByOthers = (record: string): boolean =>
  DATED_BY_OTHERS.has(/"kind":"([a-z_]+)"/.exec(record)?.[1] ?? '');

const recordOf = (text: string): ProvisionRecord | undefined => {
  try {
    return ProvisionRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** Whether a hold is certainly about an exchange. Of whom it was, a log does not tell others. */
function isAbout({ hold, ofPerson }: Held, { exchange, parties, asked, stated }: Absent): boolean {
  if (ofPerson) return false;
  const midnight = (day: string) => Date.parse(`${day}T00:00:00+09:00`);
  return (
    (hold.exchange === undefined || hold.exchange === exchange) &&
    (hold.agency === undefined || parties.includes(hold.agency)) &&
    (hold.from === undefined || midnight(hold.from) <= stated - TOLERANCE) &&
    (hold.until === undefined || asked + DAY < midnight(hold.until) + DAY)
  );
}
