import type { ChangeView } from '../../protocol/persons-api/changes.ts';
import type { Change } from '../core/changes/ports.ts';

/** A merge or a split, as staff see it. */
export const viewOf = (change: Change): ChangeView => {
  const { plan, conflict, proposedAt, decidedAt, doneAt, ...rest } = change;
  return {
    ...rest,
    plan:
      plan.kind === 'merge'
        ? { ...plan, copiesOf: { ...plan.copiesOf } }
        : { ...plan, addressNumbers: [...plan.addressNumbers], copies: [...plan.copies] },
    conflict: conflict && { ...conflict },
    proposedAt: iso(proposedAt),
    decidedAt: decidedAt === undefined ? undefined : iso(decidedAt),
    doneAt: doneAt === undefined ? undefined : iso(doneAt),
  };
};

const iso = (at: number): string => new Date(at).toISOString();
