import { z } from 'zod';

// What a node answers about batches, as far as it is shown.

const count = z.int();

export const Batch = z.looseObject({
  id: z.string(),
  state: z.enum(['awaiting_approval', 'declined', 'running', 'stopped', 'finished']),
  by: z.string(),
  approver: z.string().optional(),
  rows: count,
  done: count,
  states: z.record(z.string(), count),
  codes: z.record(z.string(), count),
  code: z.string().optional(),
  createdAt: z.string(),
});
export type Batch = z.infer<typeof Batch>;

export const BatchList = z.object({ batches: z.array(Batch) });

export const batchPath = (id: string): string => `/v1/batches/${encodeURIComponent(id)}`;
