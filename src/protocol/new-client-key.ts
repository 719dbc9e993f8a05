import { type ClientKey, clientKeyOf } from './client-key.ts';
import { base64url } from './encoding.ts';
import { signingKey } from './keys.ts';

/** An Ed25519 key pair out of 32 random bytes, as JWKs; the private one is nobody’s but its maker’s. */
export async function newClientKey(
  seed: Uint8Array,
): Promise<{ privateKey: ClientKey & { readonly d: string }; publicKey: ClientKey }> {
  const { publicKey } = await signingKey(seed, 'new', 'node');
  const named = await clientKeyOf({ kty: publicKey.kty, crv: publicKey.crv, x: publicKey.x });
  return { privateKey: { ...named, d: base64url(seed) }, publicKey: named };
}
