import type { AgencyTx } from '../core/ports.ts';

/**
 * Whoever still names somebody by a number that was merged into another means the person: whatever is read or
 * written by that number is read or written by the one that stands for it. So nothing is ever kept under a number
 * that is nobody’s.
 */
export function followingMerges(tx: AgencyTx): AgencyTx {
  const current = (person: string): string => tx.mergedInto(person) ?? person;
  const named = <It extends { readonly integratedAddressNumber: string }>(it: It): It => {
    const integratedAddressNumber = current(it.integratedAddressNumber);
    return integratedAddressNumber === it.integratedAddressNumber
      ? it
      : { ...it, integratedAddressNumber };
  };
  return {
    ...tx,
    codeOf: (person) => tx.codeOf(current(person)),
    addAcquisition: (acquisition, person, keepUntil) =>
      tx.addAcquisition(acquisition, current(person), keepUntil),
    addInquiry: (inquiry) => tx.addInquiry(named(inquiry)),
    addReview: (review) => tx.addReview(named(review)),
    copy: (person, information, day) => tx.copy(current(person), information, day),
    copyVersions: (person, information) => tx.copyVersions(current(person), information),
    copyVersion: (key) => tx.copyVersion(named(key)),
    copiesAfter: (after, limit, only) =>
      only?.person === undefined
        ? tx.copiesAfter(after, limit, only)
        : tx.copiesAfter(after, limit, { ...only, person: current(only.person) }),
    inquiriesBefore: (filter, after, limit) =>
      filter.person === undefined
        ? tx.inquiriesBefore(filter, after, limit)
        : tx.inquiriesBefore({ ...filter, person: current(filter.person) }, after, limit),
    putCopy: (copy) => tx.putCopy(named(copy)),
    stage: (seq, rows) => tx.stage(seq, { ...rows, person: current(rows.person) }),
    deleteCopy: (key) => tx.deleteCopy(named(key)),
    addDraft: (draft) =>
      tx.addDraft({ ...draft, key: named(draft.key), proposal: named(draft.proposal) }),
  };
}
