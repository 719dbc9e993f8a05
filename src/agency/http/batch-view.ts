import { z } from 'zod';
import { Id } from '../../protocol/identifiers.ts';
import type { Batch } from '../core/batches/ports.ts';
import { progressOf } from '../core/batches/progress.ts';
import type { AgencyNode } from '../core/node.ts';

const count = z.int().min(0);

/** A batch as its sender sees it: states only, nothing of anybody. */
export const BatchView = z.strictObject({
  id: Id,
  state: z.enum(['awaiting_approval', 'declined', 'running', 'stopped', 'finished']),
  by: z.string(),
  approver: z.string().optional().describe('Who approved or declined it (R-301)'),
  rows: count,
  done: count.describe(
    'Rows that need nothing more from the batch; `pending` ones end by themselves',
  ),
  states: z
    .strictObject({
      waiting: count,
      open: count,
      failed: count,
      pending: count,
      provided: count,
      no_record: count,
      refused: count,
      denied: count,
      lapsed: count,
    })
    .partial()
    .describe('Rows by state'),
  codes: z
    .record(z.string(), count)
    .describe('Rows that were denied or refused, stay open or failed, by code'),
  code: z.string().optional().describe('Why it stopped by itself'),
  concurrency: z.int(),
  rowsPerSecond: z.number().optional(),
  secondsLeft: z.number().optional(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
});
export type BatchView = z.infer<typeof BatchView>;

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
