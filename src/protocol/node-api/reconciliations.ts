import { z } from 'zod';
import { Id, InformationCode } from '../identifiers.ts';
import { Information } from './copies.ts';
import { after, limit } from './paging.ts';

export const ReconciliationView = z.strictObject({
  id: Id,
  information: InformationCode,
  layoutVersion: z.string(),
  by: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  originals: z.int().describe('Rows of the file'),
  copies: z.int().describe('Rows of the copies that were compared'),
  persons: z.int(),
  alike: z.int(),
  missing: z.int().describe('Originals without a copy'),
  surplus: z.int().describe('Rows of copies without an original'),
  different: z.int().describe('Rows, or copies as a whole, that are not as the original'),
  unreadable: z.int().describe('Originals that an import would refuse'),
  differences: z.int().describe('All of these four'),
  items: z.record(z.string(), z.int()).describe('Per item, in how many rows it differs'),
  listed: z.int().describe('How many were listed one by one'),
});
export type ReconciliationView = z.infer<typeof ReconciliationView>;

export const DifferenceView = z.strictObject({
  place: z.int().describe('For `after`'),
  kind: z.enum(['missing', 'surplus', 'different', 'unreadable']),
  person: z.string().optional().describe('Integrated address number'),
  line: z.int().optional().describe('Of the file of originals, from 1'),
  row: z.int().optional().describe('Of the copy, from 0'),
  items: z.array(z.string()).describe('Names of the items that differ, or cannot be read'),
  problem: z.string().optional().describe('Why it cannot be read'),
});
export type DifferenceView = z.infer<typeof DifferenceView>;

/** Originals against copies, so that drift is seen. */
export const reconciliations = {
  send: {
    path: '/v1/copies/reconciliations',
    type: 'text/csv',
    query: z.strictObject({
      information: Information.describe('Kind of information, name or code'),
      layout: z.string().min(1).max(64).optional().describe('Layout version of the originals'),
    }),
    responses: { 201: ReconciliationView },
  },
  list: {
    path: '/v1/copies/reconciliations',
    query: z.strictObject({ information: Information.optional(), limit: limit(1000, 50) }),
    responses: { 200: z.strictObject({ reconciliations: z.array(ReconciliationView) }) },
  },
  show: { path: '/v1/copies/reconciliations/{id}', responses: { 200: ReconciliationView } },
  differences: {
    path: '/v1/copies/reconciliations/{id}/differences',
    query: z.strictObject({
      after: after(-1).describe('`place` of the last one seen'),
      limit: limit(1000, 1000),
    }),
    responses: {
      200: z.strictObject({ differences: z.array(DifferenceView), next: z.int().optional() }),
    },
  },
} as const;
