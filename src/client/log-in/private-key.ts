import { z } from 'zod';
import { type ClientKey, ClientKeyInput, clientKeyOf } from '../../protocol/client-key.ts';
import { NodeError } from '../node-error.ts';

/** A private key as a JWK (RFC 7517): Ed25519 or P-256, as `renkei systems add --new-key` writes it. */
export interface PrivateJwk {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly d?: string | undefined;
  /** As it was entered at the node; its thumbprint (RFC 7638) if left out. */
  readonly kid?: string | undefined;
}

const Secret = z.looseObject({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/** With the name that its public half has at the node. @throws NodeError key_invalid, which quotes nothing */
export async function privateKeyOf(jwk: PrivateJwk): Promise<ClientKey & { readonly d: string }> {
  try {
    const { d, ...rest } = Secret.parse(jwk);
    return { ...(await clientKeyOf(ClientKeyInput.parse(rest))), d };
  } catch {
    throw new NodeError({
      code: 'key_invalid',
      ja: 'Ed25519 か P-256 の秘密鍵（JWK）ではありません',
      en: 'This is no private key (JWK), Ed25519 or P-256',
      hint: {
        ja: '`renkei systems add --new-key FILE` で鍵を作れます',
        en: '`renkei systems add --new-key FILE` makes one',
      },
    });
  }
}
