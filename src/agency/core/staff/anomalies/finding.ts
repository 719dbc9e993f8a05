import type { RULES } from '../../../../protocol/node-api/operation-log.ts';
import type { LoggedOperation } from '../operation-log.ts';

/** What stands out in an operation log. */
export type RuleName = (typeof RULES)[number];

/** Something for whoever reviews the log to look into: who, when, what, how often. */
export interface Finding {
  readonly rule: RuleName;
  readonly actor: string;
  readonly account?: string | undefined;
  /** First and last line of it, milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** Lines; of `many-persons` the persons. */
  readonly count: number;
  /** What was done, each named once. */
  readonly operations: readonly string[];
  /** The line to begin reading at. */
  readonly seq: number;
}

/** Takes lines in the order of the log and keeps what stands out by one rule. */
export interface Rule {
  take(line: LoggedOperation): void;
  findings(): readonly Finding[];
}

/** Lines that belong together, by key, each group one finding. */
export class Groups {
  readonly #found = new Map<string, Finding>();
  readonly #rule: RuleName;

  constructor(rule: RuleName) {
    this.#rule = rule;
  }

  add(key: string, { seq, operation }: LoggedOperation): void {
    const { actor, account, at, operation: what } = operation;
    const id = JSON.stringify([actor, account, key]);
    const begun = { rule: this.#rule, actor, account, from: at, until: at, seq };
    const before: Finding = this.#found.get(id) ?? { ...begun, count: 0, operations: [] };
    const { operations, count } = before;
    this.#found.set(id, {
      ...before,
      until: at,
      count: count + 1,
      operations: operations.includes(what) ? operations : [...operations, what],
    });
  }

  findings(): readonly Finding[] {
    return [...this.#found.values()];
  }
}
