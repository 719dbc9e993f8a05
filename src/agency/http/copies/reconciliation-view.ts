import { z } from 'zod';
import { Id, InformationCode } from '../../../protocol/identifiers.ts';
import type { Difference, Reconciliation } from '../../core/copies/reconcile/ports.ts';

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

export const reconciliationView = (it: Reconciliation): z.infer<typeof ReconciliationView> => ({
  ...it,
  items: { ...it.items },
  startedAt: new Date(it.startedAt).toISOString(),
  finishedAt: new Date(it.finishedAt).toISOString(),
  differences: differencesOf(it),
});

export const differencesOf = (it: Reconciliation): number =>
  it.missing + it.surplus + it.different + it.unreadable;

export const DifferenceView = z.strictObject({
  place: z.int().describe('For `after`'),
  kind: z.enum(['missing', 'surplus', 'different', 'unreadable']),
  person: z.string().optional().describe('Integrated address number'),
  line: z.int().optional().describe('Of the file of originals, from 1'),
  row: z.int().optional().describe('Of the copy, from 0'),
  items: z.array(z.string()).describe('Names of the items that differ, or cannot be read'),
  problem: z.string().optional().describe('Why it cannot be read'),
});

export const differenceView = (place: number, it: Difference): z.infer<typeof DifferenceView> => ({
  place,
  ...it,
  items: [...it.items],
});
