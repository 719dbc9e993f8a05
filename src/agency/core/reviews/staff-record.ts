import type { ProvisionRecord, RecordKind } from '../../../protocol/record.ts';
import type { AgencyNode } from '../node.ts';
import type { Provision } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import type { About } from '../staff/operations.ts';
import type { Review } from './ports.ts';

/** What somebody did about a request for provision; nobody’s doing when it lapsed. */
export const staffRecord = (
  node: AgencyNode,
  kind: RecordKind,
  provision: Provision,
  by: StaffMember | undefined,
): ProvisionRecord => ({
  kind,
  at: node.clock.now(),
  exchange: provision.exchange,
  ...provision.subject,
  requestedAt: provision.permittedAt,
  person: provision.person,
  ...(by && { staff: by.id }),
});

/** What an operation on a review is about, for the operation log. */
export const aboutReview = (
  { exchange, integratedAddressNumber: person }: Review,
  { subject: { affair, information } }: Provision,
): About => ({ person, affair, information, exchange });
