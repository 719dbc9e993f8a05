import { z } from 'zod';
import { ProvisionRecord } from '../record.ts';
import { ExchangeView } from './exchanges.ts';
import { LawItem } from './law-item.ts';
import { Named, Words } from './words.ts';

/** A signed message, opened for people to read: not believed by anybody. */
export const OpenedStatement = z.strictObject({
  header: z.record(z.string(), z.unknown()),
  claims: z.record(z.string(), z.unknown()),
  signature: z.enum(['valid', 'invalid', 'key_unknown']),
  token: z.string(),
});

/** One message on its way between two parties. */
export const ExchangeMessage = z.strictObject({
  seq: z.int(),
  at: z.string(),
  /** Milliseconds since the first message of the exchange, by a stopwatch. */
  afterMs: z.number(),
  from: z.string(),
  to: z.string(),
  message: z.string(),
  leg: z.string(),
  outcome: z.string().optional(),
  elapsedMs: z.number().optional(),
  bytes: z.number().optional(),
  sealedBytes: z.number().optional(),
  sealedDigest: z.string().optional(),
  statement: OpenedStatement.optional(),
});
export type ExchangeMessage = z.infer<typeof ExchangeMessage>;

/** What the list would have allowed instead, as the denial says it (messages/denial.ts). */
export const NearestAllowed = z.looseObject({
  item: z.string(),
  affair: Named.loose().optional(),
  information: Named.loose().optional(),
  providerRoles: z.array(z.string()).optional(),
  changes: z.array(z.string()).optional(),
});

/** An exchange with everything that the operator may see of it. */
export const ExchangeDetail = z.strictObject({
  exchange: ExchangeView,
  /** The item by which it was permitted, or that came nearest. */
  item: LawItem.optional(),
  /** What the codes of the exchange say, each condition that failed. */
  reasons: z.array(Words.extend({ code: z.string() })),
  /** Of a denial: what the list would have allowed, the nearest first, and the ground. */
  nearest: z.array(NearestAllowed),
  ground: z.string().optional(),
  messages: z.array(ExchangeMessage),
  records: z.array(z.strictObject({ party: z.string(), records: z.array(ProvisionRecord) })),
});
export type ExchangeDetail = z.infer<typeof ExchangeDetail>;
