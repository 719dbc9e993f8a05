import { z } from 'zod';

// What a node answers about reconciliations, as far as it is shown.

export const Reconciliation = z.looseObject({
  id: z.string(),
  information: z.string(),
  layoutVersion: z.string(),
  by: z.string(),
  finishedAt: z.string(),
  originals: z.int(),
  copies: z.int(),
  persons: z.int(),
  alike: z.int(),
  missing: z.int(),
  surplus: z.int(),
  different: z.int(),
  unreadable: z.int(),
  differences: z.int(),
  items: z.record(z.string(), z.int()),
  listed: z.int(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

export const History = z.object({ reconciliations: z.array(Reconciliation) });

export const Difference = z.looseObject({
  place: z.int(),
  kind: z.enum(['missing', 'surplus', 'different', 'unreadable']),
  person: z.string().optional(),
  line: z.int().optional(),
  row: z.int().optional(),
  items: z.array(z.string()),
  problem: z.string().optional(),
});
export type Difference = z.infer<typeof Difference>;

export const DifferencePage = z.object({
  differences: z.array(Difference),
  next: z.int().optional(),
});
export type DifferencePage = z.infer<typeof DifferencePage>;
