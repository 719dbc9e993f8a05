import type { Difference, ListDiff } from './diff.ts';

/** How much changed for one role or one kind of information. */
export interface Counts {
  readonly name: string;
  permitted: number;
  denied: number;
  unchanged: number;
  /** How many of those are the same under another wording of the affair. */
  permittedReworded: number;
  deniedReworded: number;
}

export interface Summary {
  readonly total: Counts;
  readonly byInquirer: readonly Counts[];
  readonly byProvider: readonly Counts[];
  readonly byInformation: readonly Counts[];
}

/** The differences counted by role and by information, the most changed first. */
export function summaryOf(diff: ListDiff): Summary {
  return {
    total: countBy(diff, () => 'total')[0] ?? nothing('total'),
    byInquirer: countBy(diff, ({ inquirer }) => inquirer),
    byProvider: countBy(diff, ({ provider }) => provider),
    byInformation: countBy(diff, ({ information }) => information.name),
  };
}

function countBy(diff: ListDiff, nameOf: (one: Difference) => string): readonly Counts[] {
  const counts = new Map<string, Counts>();
  const of = (name: string): Counts => {
    const known = counts.get(name) ?? nothing(name);
    counts.set(name, known);
    return known;
  };
  for (const one of diff.unchanged) of(nameOf(one)).unchanged++;
  for (const one of diff.permitted) {
    const count = of(nameOf(one));
    count.permitted++;
    if (one.reworded !== undefined) count.permittedReworded++;
  }
  for (const one of diff.denied) {
    const count = of(nameOf(one));
    count.denied++;
    if (one.reworded !== undefined) count.deniedReworded++;
  }
  const changed = ({ permitted, denied }: Counts) => permitted + denied;
  return [...counts.values()].sort((a, b) => changed(b) - changed(a));
}

const nothing = (name: string): Counts => ({
  name,
  permitted: 0,
  denied: 0,
  unchanged: 0,
  permittedReworded: 0,
  deniedReworded: 0,
});
