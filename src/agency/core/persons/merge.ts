import { canonicalJson } from '../../../protocol/encoding.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { Copy } from '../copies/ports.ts';
import type { AgencyTx } from '../ports.ts';
import { noImports, standsForItself } from './in-the-way.ts';
import { kindsOf } from './kinds-of.ts';
import type { MergeRequest, PersonChangeResult } from './ports.ts';

/** Makes one person of two. @throws RenkeiError state_conflict */
export function merge(tx: AgencyTx, request: MergeRequest, at: number): PersonChangeResult {
  const { stays, goes, codeOf } = request;
  const [bearer, other] = codeOf === 'stays' ? [stays, goes] : [goes, stays];
  if (stays === goes) {
    throw new RenkeiError('state_conflict', { ja: '同じ番号です', en: 'These are one number' });
  }
  for (const person of [stays, goes]) standsForItself(tx, person);
  noImports(tx);
  // A code that goes was acquired for a number that is somebody else’s.
  const codeGoes = tx.codeOf(other) !== undefined;
  if (codeGoes) nothingUnderWay(tx, other);
  const copies = copiesToMove(tx, request);

  const results = codeGoes ? eraseResults(tx, other, at) : 0;
  const code = tx.dropCode(other);
  if (bearer !== stays) tx.moveCode(bearer, stays);
  let dropped = 0;
  let moved = 0;
  for (const { information, keep } of copies) {
    if (keep === 'stays') dropped += tx.dropCopies(information, goes);
    else {
      dropped += tx.dropCopies(information, stays);
      moved += tx.moveCopies(information, goes, stays);
    }
  }
  // What was asked under a code that goes was asked about somebody else: it is not this person’s.
  const follow = other !== goes || !codeGoes;
  const inquiries = follow ? tx.moveInquiries(goes, stays) : 0;
  const reviews = follow ? tx.moveReviews(goes, stays) : 0;
  const drafts = tx.moveDrafts(goes, stays);
  tx.addMerged(goes, stays);
  return {
    moved: { copies: moved, drafts, inquiries, reviews },
    dropped: { copies: dropped, code, results },
  };
}

/** Whose copies of each kind that `goes` has are kept. @throws RenkeiError state_conflict naming the kinds */
function copiesToMove(tx: AgencyTx, { stays, goes, copiesOf }: MergeRequest) {
  const kinds = kindsOf(tx, goes).map((information) => {
    const [here, there] = [stays, goes].map((person) => tx.copyVersions(person, information));
    const same = contentOf(here ?? []) === contentOf(there ?? []);
    const keep = here?.length === 0 ? 'goes' : same ? 'stays' : copiesOf[information];
    return { information, keep };
  });
  const undecided = kinds.filter(({ keep }) => keep === undefined);
  if (undecided.length === 0) return kinds;
  throw new RenkeiError('state_conflict', {
    ja: '両方に異なる副本があります。種類ごとにどちらを残すか指定してください',
    en: 'Both have copies that differ: say for each kind whose are kept',
    extensions: { copies: undecided.map(({ information }) => information) },
  });
}

const contentOf = (versions: readonly Copy[]): string =>
  canonicalJson(
    versions.map(({ integratedAddressNumber: _, ended = null, datedBy = null, ...rest }) => ({
      ...{ ...rest, ended, datedBy },
    })),
  );

/** @throws RenkeiError state_conflict */
function nothingUnderWay(tx: AgencyTx, person: string): void {
  const underWay = tx.underWay(person);
  if (underWay.inquiries === 0 && underWay.reviews === 0) return;
  throw new RenkeiError('state_conflict', {
    ja: '使われなくなる識別符号による照会または提供が終わっていません',
    en: 'Inquiries or provisions under the code that goes are not finished',
    hint: {
      ja: '照会の結果を待ち、提供の求めを承認または却下してから、もう一度統合してください',
      en: 'Wait for the results, approve or decline what is asked for, then merge again',
    },
    extensions: { ...underWay },
  });
}

/** Results that were asked for under the wrong number are somebody else’s information. */
function eraseResults(tx: AgencyTx, person: string, at: number): number {
  const exchanges = tx.eraseResults(person);
  for (const exchange of exchanges) tx.record({ kind: 'result_deleted', at, exchange });
  return exchanges.length;
}
