import { z } from 'zod';
import { Id, IntegratedAddressNumber, Period } from '../identifiers.ts';
import { CopyRecord } from '../plaintext.ts';
import { Encoding } from './files.ts';
import { Flag, limit } from './paging.ts';

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
      permitted: count.describe('On their way: permitted, and not answered yet'),
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

/** A row as it came out: what was asked, its state, and the answer while it is kept. */
export const BatchResult = z.strictObject({
  row: z.int().describe('From 1, in the order of the file'),
  line: z.int(),
  integratedAddressNumber: IntegratedAddressNumber,
  provider: z.string(),
  information: z.string(),
  period: Period.optional(),
  item: z.string().optional(),
  affair: z.string().optional(),
  state: z.string(),
  code: z.string().optional(),
  reasons: z.array(z.string()).optional().describe('Of a denial'),
  reason: z.string().optional().describe('Why the provider refused'),
  inquiry: Id,
  exchange: Id.optional(),
  answeredAt: z.string().optional(),
  answerDigest: z.string().optional(),
  layoutVersion: z.string().optional(),
  records: z.array(CopyRecord).optional(),
});
export type BatchResult = z.infer<typeof BatchResult>;

const step = <Step extends string>(name: Step) =>
  ({
    path: `/v1/batches/{id}/${name}`,
    request: z.strictObject({}),
    responses: { 200: BatchView },
  }) as const;

/** Batches of inquiries from an inquiry file (照会依頼ファイル, R-201). */
export const batches = {
  send: {
    path: '/v1/batches',
    type: 'text/csv',
    query: z.strictObject({
      encoding: Encoding.default('utf-8'),
      concurrency: z.coerce.number<number>().int().min(1).max(256).optional(),
      again: Flag.default('false').describe('A batch of its own in any case'),
    }),
    responses: { 200: BatchView, 201: BatchView },
  },
  list: {
    path: '/v1/batches',
    query: z.strictObject({ limit: limit(1000, 50) }),
    responses: { 200: z.strictObject({ batches: z.array(BatchView) }) },
  },
  show: { path: '/v1/batches/{id}', responses: { 200: BatchView } },
  stop: step('stop'),
  resume: step('resume'),
  approve: step('approve'),
  decline: step('decline'),
  results: {
    path: '/v1/batches/{id}/results',
    types: ['text/csv', 'application/jsonl'],
    query: z.strictObject({ format: z.enum(['csv', 'jsonl']).default('csv') }),
  },
} as const;
