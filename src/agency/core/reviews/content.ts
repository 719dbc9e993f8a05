import { sha256 } from '../../../protocol/digest.ts';
import { canonicalJson, utf8 } from '../../../protocol/encoding.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { Copy } from '../copies/ports.ts';
import { copyWithin } from '../copy-within.ts';
import type { AgencyNode } from '../node.ts';
import type { AgencyReads, Provision } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { checkAffair } from '../staff/authority.ts';
import { today } from '../today.ts';
import type { Entry } from './check-entry.ts';
import { PENDING, type Review } from './ports.ts';

/** What would be sent. */
export type Content = Pick<
  Copy,
  'layoutVersion' | 'records' | 'autoResponseDisabled' | 'nonDisclosable'
>;

/** A review with the request that it is about and what would be sent now; nothing, once it has an end. */
export interface Shown {
  readonly review: Review;
  readonly provision: Provision;
  readonly content: Content | undefined;
}

/** @param by whose affairs it must be one of. @throws RenkeiError not_found, not_authorised */
export function findReview(
  node: AgencyNode,
  reads: AgencyReads,
  exchange: string,
  by?: StaffMember,
): Shown {
  const review = reads.review(exchange);
  const provision = reads.provision(exchange);
  if (!review || !provision) throw new RenkeiError('not_found');
  if (by) checkAffair(by, provision.subject.affair);
  const content = PENDING.includes(review.state)
    ? contentOf(node, reads, review, provision)
    : undefined;
  return { review, provision, content };
}

/** Only what lies within the period that was asked for is shown, and sent. */
function contentOf(
  node: AgencyNode,
  reads: AgencyReads,
  review: Review,
  { subject: { information, period } }: Provision,
): Content | undefined {
  if (review.kind === 'copy') {
    return copyWithin(reads.copy(review.integratedAddressNumber, information, today(node)), period);
  }
  if (!review.entered) return undefined;
  const entered: Entry = JSON.parse(
    Buffer.from(node.vault.open(review.entered, enteredPlace(review.exchange))).toString(),
  );
  if (entered.records.length === 0) return undefined;
  const content = {
    layoutVersion: entered.layoutVersion,
    datedBy: node.layouts.find(information, entered.layoutVersion)?.datedBy,
    records: JSON.stringify(entered.records),
    autoResponseDisabled: true,
    nonDisclosable: false,
  };
  return copyWithin(content, period);
}

const enteredPlace = (exchange: string): string => `reviews.entered ${exchange}`;
const notePlace = (exchange: string): string => `reviews.note ${exchange}`;

export const sealEntered = ({ vault }: AgencyNode, exchange: string, entered: Entry) =>
  vault.seal(utf8(JSON.stringify(entered)), enteredPlace(exchange));

export const sealNote = ({ vault }: AgencyNode, exchange: string, note: string | undefined) =>
  note === undefined ? undefined : vault.seal(utf8(note), notePlace(exchange));

export const noteOf = ({ vault }: AgencyNode, { exchange, note }: Review): string | undefined =>
  note && Buffer.from(vault.open(note, notePlace(exchange))).toString();

/** Flags included: a copy that was restricted since is looked at again. */
export const contentDigest = (content: Content | undefined): string =>
  sha256(
    canonicalJson(
      content
        ? [
            content.layoutVersion,
            content.records,
            content.autoResponseDisabled,
            content.nonDisclosable,
          ]
        : [],
    ),
  );

/**
 * What a member of staff must hand back to review or approve: it tells that this content of this exchange was
 * shown to this very person, and no other content to nobody else.
 */
export const seenBy = (by: StaffMember, exchange: string, content: Content | undefined): string =>
  sha256(canonicalJson([exchange, by.id, contentDigest(content)]));

/** @throws RenkeiError state_conflict unless this is what the person was shown */
export function sameAsShown(by: StaffMember, { review, content }: Shown, seen: string): void {
  if (seen === seenBy(by, review.exchange, content)) return;
  throw new RenkeiError('state_conflict', {
    ja: 'この職員に表示した内容と異なります',
    en: 'This is not the content that was shown to this member of staff',
    hint: {
      ja: '内容をもう一度表示し、その seen を付けて送ってください',
      en: 'Look at the content again, and send the `seen` that comes with it',
    },
  });
}
