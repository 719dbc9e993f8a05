import type { MediumState } from '../../../protocol/node-api/media.ts';
import type { Lending, Medium } from './ports.ts';

/** Whether somebody still has a medium after its last day. @param today the day in Japan */
export const isOverdue = ({ state, until }: Lending, today: string): boolean =>
  state === 'lent' && until < today;

/** Where a medium is. @param open its open lending */
export function standingOf(medium: Medium, open: Lending | undefined, today: string): MediumState {
  if (medium.retiredAt !== undefined) return 'retired';
  if (open?.state === 'requested') return 'requested';
  if (open?.state === 'reported') return 'return_reported';
  if (open) return isOverdue(open, today) ? 'overdue' : 'lent';
  return medium.holdsData ? 'holds_data' : 'in_store';
}
