import type { LoggedOperation } from '../operation-log.ts';
import type { Finding, RuleName } from './finding.ts';

interface Seen {
  readonly at: number;
  readonly key: string;
  readonly weight: number;
  readonly line: LoggedOperation;
}

interface Burst {
  readonly first: LoggedOperation;
  last: LoggedOperation;
  readonly keys: Map<string, number>;
  readonly operations: Set<string>;
}

/** Much of one actor’s within a short time: as long as it goes on like that, one finding. */
export class Bursts {
  readonly #rule: RuleName;
  readonly #limit: number;
  readonly #span: number;
  /** By actor: what lies within the span before now. */
  readonly #windows = new Map<string, Seen[]>();
  readonly #latest = new Map<string, Burst>();
  readonly #all: Burst[] = [];

  constructor(rule: RuleName, limit: number, minutes: number) {
    this.#rule = rule;
    this.#limit = limit;
    this.#span = minutes * 60_000;
  }

  /** @param key counted once within the span @param weight what it counts for */
  add(line: LoggedOperation, key: string, weight = 1): void {
    const { at, actor, account } = line.operation;
    const id = JSON.stringify([actor, account]);
    const window = (this.#windows.get(id) ?? []).filter((seen) => seen.at > at - this.#span);
    window.push({ at, key, weight, line });
    this.#windows.set(id, window);
    const keys = new Map(window.map((seen) => [seen.key, seen.weight]));
    if (sum(keys) < this.#limit) return;
    const begins = window[0]?.line ?? line;
    let burst = this.#latest.get(id);
    if (!burst || burst.last.seq < begins.seq) {
      burst = { first: begins, last: line, keys: new Map(), operations: new Set() };
      this.#latest.set(id, burst);
      this.#all.push(burst);
    }
    burst.last = line;
    for (const seen of window) {
      burst.keys.set(seen.key, seen.weight);
      burst.operations.add(seen.line.operation.operation);
    }
  }

  findings(): readonly Finding[] {
    return this.#all.map(({ first, last, keys, operations }) => ({
      rule: this.#rule,
      actor: first.operation.actor,
      account: first.operation.account,
      from: first.operation.at,
      until: last.operation.at,
      count: sum(keys),
      operations: [...operations],
      seq: first.seq,
    }));
  }
}

const sum = (keys: ReadonlyMap<string, number>): number =>
  [...keys.values()].reduce((total, weight) => total + weight, 0);
