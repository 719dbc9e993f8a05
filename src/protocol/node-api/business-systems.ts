import { z } from 'zod';
import { ASSERTION_TYPE, GRANT_TYPE } from '../client-assertion.ts';
import { ClientKey, ClientKeyInput } from '../client-key.ts';
import { AffairCode, InformationCode } from '../identifiers.ts';

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

export const SystemView = SystemEntry.extend({
  state: SystemState,
  createdAt: z.string(),
  changedAt: z.string(),
});
export type SystemView = z.infer<typeof SystemView>;

const Named = z.string().min(1).max(1000);

export const AsksInput = z.union([
  z.literal('all'),
  z
    .array(
      z.strictObject({
        affair: Named.describe('Name or code'),
        information: z.union([z.literal('all'), z.array(Named).min(1).max(1000)]),
      }),
    )
    .max(1000),
]);
export type AsksInput = z.infer<typeof AsksInput>;

const said = {
  name: Name,
  uses: SystemEntry.shape.uses,
  asks: AsksInput.describe('What it may inquire for; `all`: whatever the law allows the agency'),
  rate: SystemEntry.shape.rate,
  keys: z.array(ClientKeyInput).max(5).describe('Public keys (JWK): Ed25519 or P-256'),
};

/** The business systems of an agency, by its administrators. */
export const businessSystems = {
  list: {
    path: '/v1/business-systems',
    responses: { 200: z.strictObject({ systems: z.array(SystemView) }) },
  },
  show: { path: '/v1/business-systems/{id}', responses: { 200: SystemView } },
  add: {
    path: '/v1/business-systems',
    request: z.strictObject({ id: BusinessSystemId, ...said }),
    responses: { 201: SystemView },
  },
  change: {
    path: '/v1/business-systems/{id}/change',
    request: z
      .strictObject({
        ...said,
        rate: Rate.nullable().describe('`null` takes the limit away'),
        state: z.enum(['enabled', 'disabled']),
      })
      .partial(),
    responses: { 200: SystemView },
  },
  revoke: {
    path: '/v1/business-systems/{id}/revoke',
    request: z.strictObject({}),
    responses: { 200: SystemView },
  },
} as const;

/** RFC 6749 §5.1. */
export const TokenView = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().describe('Seconds'),
});

/** A token for an assertion (RFC 6749 §4.4, RFC 7523 §2.2); sent as a form. */
export const token = {
  path: '/v1/token',
  request: z.strictObject({
    grant_type: z.literal(GRANT_TYPE),
    client_assertion_type: z.literal(ASSERTION_TYPE),
    client_assertion: z.string().min(1).max(8192),
    client_id: z.string().max(64).optional().describe('The assertion says it; not needed'),
  }),
  responses: { 200: TokenView },
} as const;
