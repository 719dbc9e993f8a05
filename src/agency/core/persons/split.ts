import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyTx } from '../ports.ts';
import { noImports, standsForItself } from './in-the-way.ts';
import { kindsOf } from './kinds-of.ts';
import type { PersonChangeResult, SplitRequest } from './ports.ts';

/** Makes two persons of one. @throws RenkeiError state_conflict */
export function split(
  tx: AgencyTx,
  { from, to, codeOf, copies }: SplitRequest,
): PersonChangeResult {
  standsForItself(tx, from);
  noImports(tx);
  mustBeNew(tx, from, to);
  const held = kindsOf(tx, from);
  const missing = copies.filter((information) => !held.includes(information));
  if (missing.length > 0) {
    throw new RenkeiError('state_conflict', {
      ja: '分離する副本がありません',
      en: 'There are no such copies to split off',
      extensions: { copies: missing },
    });
  }
  tx.dropMerged(to);
  const moved = { copies: 0, drafts: 0, inquiries: 0, reviews: 0 };
  if (codeOf === 'to') {
    tx.moveCode(from, to);
    moved.inquiries = tx.moveInquiries(from, to);
    moved.reviews = tx.moveReviews(from, to);
  }
  for (const information of copies) {
    moved.copies += tx.moveCopies(information, from, to);
    moved.drafts += tx.moveDrafts(from, to, information);
  }
  return { moved, dropped: { copies: 0, code: false, results: 0 } };
}

/** Somebody else’s number takes nothing in. @throws RenkeiError state_conflict */
function mustBeNew(tx: AgencyTx, from: string, to: string): void {
  const stood = tx.mergedInto(to);
  if (stood === from) return;
  const known = stood !== undefined || from === to || tx.codeOf(to) !== undefined;
  if (!known && kindsOf(tx, to).length === 0) return;
  throw new RenkeiError('state_conflict', {
    ja: '分離先の番号はすでに使われています',
    en: 'The number that is split off is in use already',
  });
}
