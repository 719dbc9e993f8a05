import { calculateJwkThumbprint, importJWK } from 'jose';
import { z } from 'zod';
import { malformed } from './encoding.ts';
import { Ed25519Key } from './identifiers.ts';

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** What tools write into a key and nobody here goes by. */
const besides = {
  alg: z.string().optional(),
  use: z.literal('sig').optional(),
  key_ops: z.array(z.string()).optional(),
  ext: z.boolean().optional(),
};
const kid = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/);

/** A business system’s public key as it is handed in (RFC 7517): Ed25519 (RFC 8037) or P-256, nothing secret. */
export const ClientKeyInput = z.union([
  z.strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: Ed25519Key,
    kid: kid.optional(),
    ...besides,
  }),
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: Coordinate,
    y: Coordinate,
    kid: kid.optional(),
    ...besides,
  }),
]);
export type ClientKeyInput = z.infer<typeof ClientKeyInput>;

/** The same as it is kept: with a name. */
export const ClientKey = z.union([
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Ed25519Key, kid }),
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: Coordinate,
    y: Coordinate,
    kid,
  }),
]);
export type ClientKey = z.infer<typeof ClientKey>;

/** The algorithms of a key: nobody chooses another one in a header (RFC 8725 §3.1; Ed25519: RFC 9864). */
export const algorithmsOf = ({ kty }: Pick<ClientKey, 'kty'>): readonly [string, ...string[]] =>
  kty === 'OKP' ? ['EdDSA', 'Ed25519'] : ['ES256'];

/**
 * A key that was handed in as it is kept, named by its thumbprint (RFC 7638) if it had no name.
 * @throws RenkeiError message_malformed for coordinates that are no point of the curve
 */
export async function clientKeyOf(input: ClientKeyInput): Promise<ClientKey> {
  const bare =
    input.kty === 'EC'
      ? { kty: input.kty, crv: input.crv, x: input.x, y: input.y }
      : { kty: input.kty, crv: input.crv, x: input.x };
  const key: ClientKey = { ...bare, kid: input.kid ?? (await calculateJwkThumbprint(bare)) };
  await importJWK(key, algorithmsOf(key)[0]).catch(() => {
    throw malformed('鍵が曲線上の点ではありません', 'The key is no point of its curve');
  });
  return key;
}
