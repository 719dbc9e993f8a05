import { z } from 'zod';
import { IntegratedAddressNumber } from '../identifiers.ts';
import { Affair, SystemId } from './fields.ts';

/** What a grant can allow. */
export const RIGHTS = [
  /** From an individual number, or a business system’s own, to the integrated address number. */
  'find',
  /** The way back, to the individual number. */
  'reverse',
  'show',
  'confirm',
  'register',
  'change',
  'acquire',
  /** Handing data for linkage to the node. */
  'link',
  /** Saying that two are one person, or one is two. */
  'merge',
] as const;

const Kind = z.enum(['staff', 'business-system']);

export const GrantView = z.strictObject({
  id: z.string(),
  kind: Kind,
  caller: z.string(),
  department: z.string(),
  affairs: z.array(z.string()),
  rights: z.array(z.enum(RIGHTS)),
  givenBy: z.string(),
  givenAt: z.string(),
  withdrawnBy: z.string().optional(),
  withdrawnAt: z.string().optional(),
});
export type GrantView = z.infer<typeof GrantView>;

const CallerView = z.strictObject({ kind: Kind, id: z.string(), role: z.string().optional() });
export const GrantsView = z.strictObject({
  callers: z.array(CallerView),
  grants: z.array(GrantView),
});
export type GrantsView = z.infer<typeof GrantsView>;

const Withdrawn = z.strictObject({ withdrawn: z.int() });

/** Who may do what for which affairs. */
export const grants = {
  list: { path: '/v1/grants', responses: { 200: GrantsView } },
  give: {
    path: '/v1/grants',
    request: z.strictObject({
      kind: Kind,
      caller: SystemId,
      department: z.string().trim().min(1).max(100),
      affairs: z
        .array(z.union([z.literal('*'), Affair]))
        .min(1)
        .max(200),
      rights: z.array(z.enum(RIGHTS)).min(1),
    }),
    responses: { 201: GrantView },
  },
  withdraw: {
    path: '/v1/grants/{id}/withdraw',
    request: z.strictObject({}),
    responses: { 200: Withdrawn },
  },
  withdrawAll: {
    path: '/v1/grants/withdraw',
    request: z.strictObject({ kind: Kind, caller: SystemId }),
    responses: { 200: Withdrawn },
  },
} as const;

export const AccessView = z.strictObject({
  seq: z.int(),
  at: z.string(),
  actorKind: z.enum(['staff', 'business-system', 'system']),
  actor: z.string(),
  department: z.string().optional(),
  operation: z.string(),
  outcome: z.enum(['done', 'refused']),
  code: z.string().optional(),
  affair: z.string().optional(),
  person: z.string().optional(),
  subject: z.string().optional(),
  count: z.int().optional(),
});
export type AccessView = z.infer<typeof AccessView>;

/** Who looked whom up, when, for which affair; refusals too. */
export const accessLog = {
  list: {
    path: '/v1/access-log',
    query: z.strictObject({
      after: z.coerce.number<number>().int().min(0).max(1e10).default(0),
      limit: z.coerce.number<number>().int().min(1).max(1000).default(100),
      person: IntegratedAddressNumber.optional(),
      actor: SystemId.optional(),
    }),
    responses: { 200: z.strictObject({ lines: z.array(AccessView) }) },
  },
  verify: {
    path: '/v1/access-log/verification',
    responses: {
      200: z.strictObject({
        lines: z.int(),
        pruned: z.int().describe('Lines at the beginning whose time was over'),
        broken: z.int().optional().describe('The first line that does not fit'),
      }),
    },
  },
} as const;
