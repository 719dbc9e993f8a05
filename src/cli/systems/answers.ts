import { z } from 'zod';

// What a node answers about business systems, as far as it is shown.

export const System = z.looseObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(['enabled', 'disabled', 'revoked']),
  uses: z.array(z.string()),
  asks: z.union([
    z.literal('all'),
    z.array(
      z.object({
        affair: z.string(),
        information: z.union([z.literal('all'), z.array(z.string())]),
      }),
    ),
  ]),
  rate: z.object({ perSecond: z.number(), burst: z.number() }).optional(),
  keys: z.array(z.looseObject({ kid: z.string(), crv: z.string() })),
  createdAt: z.string(),
  changedAt: z.string(),
});
export type System = z.infer<typeof System>;

export const SystemList = z.object({ systems: z.array(System) });

/** RFC 6749 §5.1. */
export const Token = z.object({
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.number(),
});
