import type { Person } from '../persons/person.ts';
import type { AddressNumberTx } from '../ports.ts';
import type { MergePlan, SplitPlan } from './ports.ts';

/** Two registrations become one, here; the node has followed already. */
export function finishMerge(tx: AddressNumberTx, plan: MergePlan, at: number): void {
  const { stays, goes, numberOf, basicsOf } = plan;
  const [one, other] = [stays, goes].map((number) => tx.person(number));
  const bearer = numberOf === 'goes' ? goes : stays;
  const number = tx.individualNumberOf(bearer);
  // Both lose theirs before one gets it: a number is nobody’s twice.
  tx.setIndividualNumber(stays, undefined, at);
  tx.setIndividualNumber(goes, undefined, at);
  tx.setIndividualNumber(stays, number, at);
  if (basicsOf === 'goes') tx.changeBasics(stays, other?.basics, at);
  tx.changeBasics(goes, undefined, at);
  tx.setSource(stays, sourceOf(numberOf === 'goes' ? other : one, one), at);
  for (const each of tx.addressNumbersOf(goes)) tx.tieAddressNumber(each, stays);
  for (const each of tx.mergedInto(goes)) tx.setMerged(each, stays, at);
  tx.setMerged(goes, stays, at);
}

/** One registration becomes two, here. The individual number takes with it where the data comes from. */
export function finishSplit(tx: AddressNumberTx, plan: SplitPlan, at: number): void {
  const { from, to, numberOf, basics, addressNumbers } = plan;
  const before = tx.person(from);
  if (tx.person(to)) {
    tx.setMerged(to, undefined, at);
    tx.changeBasics(to, basics, at);
  } else {
    tx.addPerson({ integratedAddressNumber: to, basics, source: 'entered', at });
  }
  if (numberOf === 'to') {
    const number = tx.individualNumberOf(from);
    tx.setIndividualNumber(from, undefined, at);
    tx.setIndividualNumber(to, number, at);
    tx.setSource(to, sourceOf(before, before), at);
    tx.setSource(from, 'entered', at);
  } else {
    tx.setSource(to, 'entered', at);
  }
  for (const each of addressNumbers) tx.tieAddressNumber(each, to);
}

const sourceOf = (bearer: Person | undefined, otherwise: Person | undefined) =>
  bearer?.source ?? otherwise?.source ?? 'entered';
