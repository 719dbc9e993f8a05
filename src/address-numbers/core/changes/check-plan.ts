import { RenkeiError } from '../../../protocol/errors.ts';
import type { Person } from '../persons/person.ts';
import type { AddressNumberReads } from '../ports.ts';
import type { MergePlan, Plan, SplitPlan } from './ports.ts';
import { notUnderChange, personsOf } from './under-change.ts';

/** What a member of staff says of a merge; the rest follows from what is held. */
export type MergeProposal = Pick<MergePlan, 'kind' | 'stays' | 'goes' | 'copiesOf'> &
  Partial<Pick<MergePlan, 'numberOf' | 'basicsOf'>>;

/**
 * A merge as it can be carried out. Both with the same individual number there cannot be; of two different ones at
 * least one is wrong, and somebody has to say which is right: the other is let go, free for whom it belongs to.
 * @throws RenkeiError not_found, state_conflict
 */
export function mergePlan(reads: AddressNumberReads, it: MergeProposal): MergePlan {
  const [stays, goes] = [it.stays, it.goes].map((number) => present(reads, number));
  if (it.stays === it.goes || !stays || !goes) {
    throw conflict('同じ番号です', 'These are one number');
  }
  const numberOf = numberKept(it, stays, goes);
  const basicsOf = it.basicsOf ?? (stays.basics || !goes.basics ? 'stays' : 'goes');
  return { ...it, numberOf, basicsOf };
}

function numberKept(it: MergeProposal, stays: Person, goes: Person): MergePlan['numberOf'] {
  const holders = [
    ...(stays.hasIndividualNumber ? (['stays'] as const) : []),
    ...(goes.hasIndividualNumber ? (['goes'] as const) : []),
  ];
  if (it.numberOf !== undefined && !holders.includes(it.numberOf)) {
    throw conflict('その番号には個人番号がありません', 'That one has no individual number');
  }
  if (it.numberOf !== undefined || holders.length < 2) return it.numberOf ?? holders[0];
  throw new RenkeiError('state_conflict', {
    ja: '両方に異なる個人番号があります。少なくとも一方は誤りです',
    en: 'They have different individual numbers: at least one is wrong',
    hint: {
      ja: 'どちらが正しいかを本人確認書類で確かめ、numberOf に stays か goes を指定してください',
      en: 'Find out which is right and say so in `numberOf`: stays or goes',
    },
    extensions: { individualNumbers: ['stays', 'goes'] },
  });
}

/** @throws RenkeiError not_found, state_conflict */
export function checkSplit(reads: AddressNumberReads, it: SplitPlan): SplitPlan {
  const from = present(reads, it.from);
  if (it.numberOf === 'to' && !from.hasIndividualNumber) {
    throw conflict('その番号には個人番号がありません', 'That one has no individual number');
  }
  const own = reads.addressNumbersOf(it.from);
  const theirs = it.addressNumbers.filter(
    ({ system, addressNumber }) =>
      !own.some((each) => each.system === system && each.addressNumber === addressNumber),
  );
  if (theirs.length > 0) {
    throw conflict('この人のものでない宛名番号があります', 'Not all of these numbers are theirs');
  }
  const to = reads.person(it.to);
  if (to && to.mergedInto !== it.from) {
    throw conflict('分離先の番号は使われています', 'The number that is split off is in use');
  }
  return it;
}

/** A plan that is still right, of persons whom no other approved change is about. */
export function checkPlan(reads: AddressNumberReads, plan: Plan, but?: string): Plan {
  notUnderChange(reads, personsOf(plan), but);
  return plan.kind === 'merge' ? mergePlan(reads, plan) : checkSplit(reads, plan);
}

/** Somebody under a number of their own. */
function present(reads: AddressNumberReads, number: string): Person {
  const person = reads.person(number);
  if (!person) throw new RenkeiError('not_found');
  if (person.mergedInto === undefined) return person;
  throw new RenkeiError('state_conflict', {
    ja: 'この番号はすでに他の番号に統合されています',
    en: 'This number was merged into another already',
    extensions: { mergedInto: person.mergedInto },
  });
}

const conflict = (ja: string, en: string): RenkeiError =>
  new RenkeiError('state_conflict', { ja, en });
