import { RenkeiError } from '../../../protocol/errors.ts';
import type { ChangeReads, Plan } from './ports.ts';

/** Both numbers that a change is about. */
export const personsOf = (plan: Plan): readonly [string, string] =>
  plan.kind === 'merge' ? [plan.stays, plan.goes] : [plan.from, plan.to];

/** @throws RenkeiError state_conflict while an approved change of one of them is not yet done */
export function notUnderChange(reads: ChangeReads, persons: readonly string[], but?: string): void {
  const [found] = reads
    .changes(['approved'])
    .filter(({ id, plan }) => id !== but && personsOf(plan).some((each) => persons.includes(each)));
  if (!found) return;
  throw new RenkeiError('state_conflict', {
    ja: 'この人の統合または分離が終わっていません',
    en: 'A merge or split of this person is not finished',
    extensions: { change: found.id },
  });
}
