import type {
  DifferenceView,
  ReconciliationView,
} from '../../../protocol/node-api/reconciliations.ts';
import type { Difference, Reconciliation } from '../../core/copies/reconcile/ports.ts';

export const reconciliationView = (it: Reconciliation): ReconciliationView => ({
  ...it,
  items: { ...it.items },
  startedAt: new Date(it.startedAt).toISOString(),
  finishedAt: new Date(it.finishedAt).toISOString(),
  differences: differencesOf(it),
});

export const differencesOf = (it: Reconciliation): number =>
  it.missing + it.surplus + it.different + it.unreadable;

export const differenceView = (place: number, it: Difference): DifferenceView => ({
  place,
  ...it,
  items: [...it.items],
});
