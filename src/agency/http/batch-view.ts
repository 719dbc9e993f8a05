import type { BatchView } from '../../protocol/node-api/batches.ts';
import type { Batch } from '../core/batches/ports.ts';
import { progressOf } from '../core/batches/progress.ts';
import type { AgencyNode } from '../core/node.ts';

export function batchView(node: AgencyNode, batch: Batch): BatchView {
  const { id, state, by, approver, rows, code, concurrency, createdAt, endedAt } = batch;
  if (state === 'checking') throw new RangeError('not accepted yet');
  return {
    ...{ id, state, by: by.id, approver, rows },
    ...progressOf(node, batch),
    ...{ code, concurrency },
    createdAt: new Date(createdAt).toISOString(),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt).toISOString() }),
  };
}
