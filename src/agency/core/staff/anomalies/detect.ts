import type { LoggedOperation } from '../operation-log.ts';
import type { Finding, Rule } from './finding.ts';
import { failedLogIns, sharedIds, withdrawnIds } from './log-ins.ts';
import { manyPersons } from './many-persons.ts';
import { onHolidays, outOfHours } from './when.ts';

/** From where on something stands out. */
export interface AnomalySettings {
  /** Office hours in Japan, HH:MM. */
  readonly office: { readonly opens: string; readonly closes: string };
  readonly failedLogIns: { readonly count: number; readonly minutes: number };
  readonly manyPersons: { readonly persons: number; readonly minutes: number };
}

/** Goes through an operation log line by line, in its order, for what stands out. Pure. */
export class Detector {
  readonly #rules: readonly Rule[];
  #lines = 0;

  constructor(settings: AnomalySettings, isWorkingDay: (day: string) => boolean) {
    this.#rules = [
      outOfHours(settings.office, isWorkingDay),
      onHolidays(isWorkingDay),
      failedLogIns(settings.failedLogIns),
      withdrawnIds(),
      sharedIds(),
      manyPersons(settings.manyPersons),
    ];
  }

  take(line: LoggedOperation): void {
    this.#lines += 1;
    for (const rule of this.#rules) rule.take(line);
  }

  /** How many lines were gone through. */
  get lines(): number {
    return this.#lines;
  }

  /** What was found, in the order in which it began. */
  findings(): readonly Finding[] {
    return this.#rules.flatMap((rule) => rule.findings()).sort((one, other) => one.seq - other.seq);
  }
}
