import type { AgencyNode } from './node.ts';

/** So many in one transaction: others get their turn in between. */
const AT_ONCE = 500;

/**
 * The operation log has the period of the records: without it nobody could tell who did what is on record.
 * How many lines went is a line of it.
 * @param by who has it done by hand
 */
export async function prunePast(
  { store, clock }: Pick<AgencyNode, 'store' | 'clock'>,
  before: number,
  by: string | undefined,
): Promise<number> {
  const actor =
    by === undefined
      ? ({ actorKind: 'system', actor: 'node' } as const)
      : ({ actorKind: 'staff', actor: by } as const);
  let all = 0;
  for (let count = AT_ONCE; count >= AT_ONCE; all += count) {
    count = await store.transact((tx) => {
      const dropped = tx.dropPast(before, AT_ONCE);
      const line = { ...actor, operation: 'operations.prune', outcome: 'done' } as const;
      if (dropped > 0) tx.note({ at: clock.now(), ...line, count: dropped });
      return dropped;
    });
  }
  return all;
}
