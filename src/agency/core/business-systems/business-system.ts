import { z } from 'zod';
import { ClientKey } from '../../../protocol/client-key.ts';
import { AffairCode, InformationCode } from '../../../protocol/identifiers.ts';

/** What a business system may use of the node. */
export const Use = z.enum(['inquire', 'import-copies', 'acquire-codes', 'change-persons']);
export type Use = z.infer<typeof Use>;

/** An affair, and the kinds of information that it may be asked for with (プレフィックス情報, R-210); codes. */
export const Allowance = z.strictObject({
  affair: AffairCode,
  information: z.union([z.literal('all'), z.array(InformationCode).min(1).max(1000)]),
});
export type Allowance = z.infer<typeof Allowance>;

/** What it may inquire for. `all`: whatever the law allows its agency, as the gateway judges. */
export const Asks = z.union([z.literal('all'), z.array(Allowance).max(1000)]);
export type Asks = z.infer<typeof Asks>;

/** A token bucket: so many at once, filled up again at so many a second. */
export const Rate = z.strictObject({
  perSecond: z.number().positive().max(100_000),
  burst: z.int().min(1).max(100_000),
});
export type Rate = z.infer<typeof Rate>;

export const BusinessSystemId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);
const Name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), 'control characters');

/** What is said of a business system (既存システム) when it is entered. */
export const SystemEntry = z.strictObject({
  id: BusinessSystemId,
  name: Name,
  uses: z.array(Use).max(4),
  asks: Asks,
  rate: Rate.optional(),
  keys: z.array(ClientKey).max(5),
});
export type SystemEntry = z.infer<typeof SystemEntry>;

/** `disabled` can be undone; `revoked` is for good: the id is never used again. */
export const SystemState = z.enum(['enabled', 'disabled', 'revoked']);
export type SystemState = z.infer<typeof SystemState>;

/** An entry as the node keeps it. Times in milliseconds. */
export interface BusinessSystem extends SystemEntry {
  readonly state: SystemState;
  readonly createdAt: number;
  readonly changedAt: number;
}
