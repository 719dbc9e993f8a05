import { z } from 'zod';

export const KeyView = z.strictObject({
  kid: z.string(),
  x: z.string().describe('The public key (Ed25519), base64url'),
  state: z
    .enum(['announced', 'current', 'retiring', 'retired', 'revoked'])
    .describe('announced: the gateway’s directory does not name it yet'),
  madeAt: z.string().optional().describe('Absent for the key that the node came with'),
  since: z.string().optional().describe('From when the node signed with it'),
  retiresAt: z.string().optional().describe('What was signed before then stays verifiable'),
});
export type KeyView = z.infer<typeof KeyView>;
export const Keys = z.strictObject({ keys: z.array(KeyView).describe('The latest first') });

/** The node’s signing keys and their rotation, by its administrators. */
export const keys = {
  list: { path: '/v1/keys', responses: { 200: Keys } },
  rotate: {
    path: '/v1/keys/rotate',
    request: z.strictObject({
      now: z
        .boolean()
        .default(false)
        .describe('The key before it has leaked: it is revoked at once, without overlap'),
    }),
    responses: {
      200: Keys.describe('The node signs with the new key'),
      202: Keys.describe('The gateway could not be reached: it is announced as soon as it can'),
    },
  },
} as const;
