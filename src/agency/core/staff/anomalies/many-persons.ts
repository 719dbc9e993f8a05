import { Bursts } from './bursts.ts';
import type { Rule } from './finding.ts';

/** One member of staff looking up many persons in a short time; the same person again and again is one. */
export function manyPersons(limit: { readonly persons: number; readonly minutes: number }): Rule {
  const bursts = new Bursts('many-persons', limit.persons, limit.minutes);
  return {
    take(line) {
      const { actorKind, outcome, operation, person, count } = line.operation;
      if (actorKind !== 'staff' || outcome !== 'done') return;
      if (person !== undefined) bursts.add(line, person);
      else if (BULK.has(operation) && count !== undefined) {
        bursts.add(line, `line ${line.seq}`, count);
      }
    },
    findings: () => bursts.findings(),
  };
}

/** Many persons by one line. Lists of what waits are shown all day long, and do not count. */
const BULK: ReadonlySet<string> = new Set([
  'copies.show',
  'copies.export',
  'inquiries.batch',
  'persons.show',
]);
