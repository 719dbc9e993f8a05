import { createPrivateKey, createPublicKey } from 'node:crypto';
import { importJWK } from 'jose';
import { z } from 'zod';
import { Ed25519Key } from './identifiers.ts';

/** What signs: the key never leaves the holder and never enters a config, a log or an error. */
export interface Signer {
  readonly kid: string;
  readonly key: CryptoKey;
}

/** What verifies. */
export interface Verifier {
  readonly kid: string;
  readonly key: CryptoKey;
}

/** `log` signs a party’s checkpoints and `witness` cosigns others’; the rest sign messages. */
export const KeyUse = z.enum(['node', 'address-numbers', 'gateway', 'registry', 'log', 'witness']);

/** Names a key among those of its holder. */
export const Kid = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/);

/** A public Ed25519 key as the directory and the JWKS carry it (RFC 8037). */
export const PublicKey = z.strictObject({
  kid: Kid,
  use: KeyUse,
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: Ed25519Key,
});
export type PublicKey = z.infer<typeof PublicKey>;

/** The key of a node, which is the one that changes by message. */
export const NodeKey = PublicKey.extend({ use: z.literal('node') });
export type NodeKey = z.infer<typeof NodeKey>;

// RFC 8410 §7: a PKCS #8 wrapper around the 32-byte Ed25519 seed.
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The signing key of a 32-byte seed, with its public half. */
export async function signingKey(
  seed: Uint8Array,
  kid: string,
  use: z.infer<typeof KeyUse>,
): Promise<{ signer: Signer; publicKey: PublicKey }> {
  if (seed.length !== 32) throw new RangeError('Ed25519 seeds have 32 bytes');
  const der = Buffer.concat([PKCS8_ED25519, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, d: Buffer.from(seed).toString('base64url') };
  return {
    signer: { kid, key: await cryptoKey(jwk) },
    publicKey: { kid, use, kty: 'OKP', crv: 'Ed25519', x },
  };
}

/** A verifier from its public form. */
export async function verifierOf(publicKey: PublicKey): Promise<Verifier> {
  const { kty, crv, x } = publicKey;
  return { kid: publicKey.kid, key: await cryptoKey({ kty, crv, x }) };
}

async function cryptoKey(jwk: { kty: string; crv: string; x: string; d?: string }) {
  const key = await importJWK(jwk, 'EdDSA');
  if (key instanceof Uint8Array) throw new TypeError('Expected an asymmetric key');
  return key;
}
