import { z } from 'zod';

/** RFC 7517. */
export type JwksBody = z.infer<typeof JwksBody>;
export const JwksBody = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
});

/** Where every party publishes its keys. */
export const jwks = { path: '/.well-known/jwks.json', responses: { 200: JwksBody } } as const;
