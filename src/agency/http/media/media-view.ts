import type { LendingView, MediumView } from '../../../protocol/node-api/media.ts';
import type { Lending, Medium } from '../../core/media/ports.ts';
import { isOverdue, standingOf } from '../../core/media/standing.ts';
import type { AgencyNode } from '../../core/node.ts';
import { today } from '../../core/today.ts';

export function mediumView(node: AgencyNode, it: Medium): MediumView {
  const open = node.store.read.openLending(it.medium);
  return {
    medium: it.medium,
    kind: it.kind,
    serial: it.serial,
    state: standingOf(it, open, today(node)),
    lending: open && lendingView(node, open),
    registeredBy: it.registeredBy,
    registeredAt: timeOf(it.registeredAt),
    retiredBy: it.retiredBy,
    retiredAt: maybe(it.retiredAt),
    reason: it.reason,
  };
}

export const lendingView = (node: AgencyNode, it: Lending): LendingView => ({
  ...it,
  overdue: isOverdue(it, today(node)),
  requestedAt: timeOf(it.requestedAt),
  decidedAt: maybe(it.decidedAt),
  files: it.files.map(({ at, recipients }) => ({ at: timeOf(at), recipients: [...recipients] })),
  reportedAt: maybe(it.reportedAt),
  acceptedAt: maybe(it.acceptedAt),
});

const timeOf = (at: number): string => new Date(at).toISOString();
const maybe = (at: number | undefined) => (at === undefined ? undefined : timeOf(at));
