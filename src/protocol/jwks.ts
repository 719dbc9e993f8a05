import type { PublicKey } from './keys.ts';

/** Public keys as a JWK Set (RFC 7517 §5). */
export const jwksOf = (keys: readonly PublicKey[]) => ({
  keys: keys.map(({ kid, kty, crv, x }) => ({
    kty,
    crv,
    x,
    kid,
    alg: 'EdDSA' as const,
    use: 'sig' as const,
  })),
});
