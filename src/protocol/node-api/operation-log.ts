import { z } from 'zod';
import { AffairCode, Id, InformationCode, IntegratedAddressNumber } from '../identifiers.ts';
import { after, From, limit, Until } from './paging.ts';

/** Why a log-in was refused, or a session ended. Who was refused is not told. */
export const LOG_REASONS = [
  'unknown-user',
  'unknown-person',
  'disabled',
  'not-yet-valid',
  'expired',
  'locked',
  'wrong-password',
  'wrong-code',
  'used-code',
  'initial-password-expired',
  'timed-out',
  'withdrawn',
] as const;

/** What stands out in an operation log. */
export const RULES = [
  'out-of-hours',
  'holiday',
  'failed-log-ins',
  'withdrawn-id',
  'shared-id',
  'many-persons',
] as const;

const Word = z.string().regex(/^[\w./() -]{1,80}$/);

const OperationsQuery = z.strictObject({
  actor: Word.optional().describe('Who did it: a person, or a business system'),
  account: Word.optional().describe('The shared id that was used'),
  person: IntegratedAddressNumber.optional().describe('On whom'),
  subject: Word.optional().describe('The user, business system … that it was about'),
  operation: Word.optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  from: From.optional(),
  until: Until.optional(),
  after: after(0).describe('Lines after this one'),
  limit: limit(1000, 100),
});

export const OperationView = z.strictObject({
  seq: z.int(),
  at: z.string(),
  actorKind: z.enum(['staff', 'business-system', 'system']),
  actor: z.string(),
  account: z.string().optional(),
  operation: z.string(),
  outcome: z.enum(['done', 'refused']),
  code: z.string().optional(),
  reason: z.enum(LOG_REASONS).optional(),
  person: IntegratedAddressNumber.optional(),
  affair: AffairCode.optional(),
  information: InformationCode.optional(),
  exchange: Id.optional(),
  subject: z.string().optional(),
  count: z.int().optional(),
});
export type OperationView = z.infer<typeof OperationView>;

export const AnomalyView = z.strictObject({
  rule: z.enum(RULES),
  actor: z.string(),
  account: z.string().optional(),
  from: z.string(),
  until: z.string(),
  count: z.int().describe('Lines; of many-persons the persons'),
  operations: z.array(z.string()),
  seq: z.int().describe('The line of the operation log that it begins with'),
});
export type AnomalyView = z.infer<typeof AnomalyView>;

export const Anomalies = z.strictObject({
  from: z.string(),
  until: z.string(),
  lines: z.int().describe('Lines of the operation log that were gone through'),
  findings: z.array(AnomalyView),
});
export type Anomalies = z.infer<typeof Anomalies>;

/** Who did what, when and on whom, and what stands out in it. */
export const operationLog = {
  list: {
    path: '/v1/operations',
    query: OperationsQuery,
    responses: { 200: z.strictObject({ operations: z.array(OperationView) }) },
  },
  anomalies: {
    path: '/v1/anomalies',
    query: z.strictObject({
      from: From.optional(),
      until: Until.optional(),
      rule: z.enum(RULES).optional(),
    }),
    responses: { 200: Anomalies },
  },
} as const;
