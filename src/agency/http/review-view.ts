import type { ReviewContent } from '../../protocol/node-api/reviews.ts';
import type { AgencyNode, StaffMember } from '../core/node.ts';
import { noteOf, type Shown, seenBy } from '../core/reviews/content.ts';
import type { Review } from '../core/reviews/ports.ts';

export const viewOf = ({ clock }: Pick<AgencyNode, 'clock'>, it: Review) => {
  const over = it.decidedAt ?? clock.now();
  return {
    exchange: it.exchange,
    kind: it.kind,
    state: it.state,
    restricted: it.restricted,
    integratedAddressNumber: it.integratedAddressNumber,
    createdAt: new Date(it.createdAt).toISOString(),
    dueAt: new Date(it.dueAt).toISOString(),
    lateSeconds: over > it.dueAt ? Math.ceil((over - it.dueAt) / 1000) : undefined,
    enteredBy: it.enteredBy,
    reviewer: it.reviewer,
    returnedBy: it.returnedBy,
    approver: it.approver,
    decidedAt: it.decidedAt === undefined ? undefined : new Date(it.decidedAt).toISOString(),
    reason: it.reason,
  };
};

export const contentView = (
  node: AgencyNode,
  by: StaffMember,
  { review, provision, content }: Shown,
): ReviewContent => {
  const { inquirer, affair, item, information } = provision.subject;
  return {
    review: viewOf(node, review),
    ...{ inquirer, affair, item, information },
    layoutVersion: content?.layoutVersion,
    content: JSON.parse(content?.records ?? '[]'),
    seen: seenBy(by, review.exchange, content),
    note: noteOf(node, review),
  };
};
