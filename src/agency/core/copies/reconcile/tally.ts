import type { Compared } from './compare-person.ts';
import type { Difference, DifferenceKind, Reconciliation } from './ports.ts';

type Counts = Pick<
  Reconciliation,
  'originals' | 'copies' | 'persons' | 'alike' | DifferenceKind | 'items'
>;

/** Counts while a reconciliation goes on. */
export class Tally {
  readonly #counts = {
    ...{ originals: 0, copies: 0, persons: 0, alike: 0 },
    ...{ missing: 0, surplus: 0, different: 0, unreadable: 0 },
  };
  readonly #items = new Map<string, number>();

  get counts(): Counts {
    return { ...this.#counts, items: Object.fromEntries(this.#items) };
  }

  originals(rows: number): void {
    this.#counts.originals += rows;
  }

  person({ copies, alike, differences }: Compared): void {
    this.#counts.persons += 1;
    this.#counts.copies += copies;
    this.#counts.alike += alike;
    for (const difference of differences) this.difference(difference);
  }

  difference({ kind, items }: Difference): void {
    this.#counts[kind] += 1;
    if (kind !== 'different') return;
    for (const item of items) this.#items.set(item, (this.#items.get(item) ?? 0) + 1);
  }
}
