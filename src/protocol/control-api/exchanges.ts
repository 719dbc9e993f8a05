import { z } from 'zod';
import { Named } from './words.ts';

/** One decision of the gateway, and what has become of it. */
export const ExchangeView = z.strictObject({
  /** Of the gateway’s records: newer ones have greater numbers. */
  seq: z.int(),
  id: z.string(),
  at: z.string(),
  inquirer: Named,
  provider: Named,
  affair: Named.optional(),
  item: z.string().optional(),
  list: z.string().nullable(),
  information: Named,
  decision: z.enum(['permit', 'deny']),
  /** `permitted` until there is more; then what the provider answered, or that it could not be reached. */
  state: z.string(),
  /** Why it was denied, or did not come to an answer. */
  code: z.string().optional(),
  reasons: z.array(z.string()),
  reason: z.string().optional(),
});
export type ExchangeView = z.infer<typeof ExchangeView>;

/** Decisions, newest first. */
export const Exchanges = z.strictObject({
  exchanges: z.array(ExchangeView),
  next: z.int().optional().describe('`before` of the next page'),
});
export type Exchanges = z.infer<typeof Exchanges>;
