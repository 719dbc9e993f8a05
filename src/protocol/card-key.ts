import { createECDH } from 'node:crypto';
import { z } from 'zod';
import { base64url } from './encoding.ts';
import { Id } from './identifiers.ts';

/** Names a card (個人番号カードの利用者証明用電子証明書): 128 bits that say nothing of its holder. */
export const CardSerial = Id;

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The public key of a card: P-256 (RFC 7518 §6.2). */
export const CardKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: Coordinate,
  y: Coordinate,
});
export type CardKey = z.infer<typeof CardKey>;

/** What is on a simulated card. The private part leaves it for nobody but whoever plays the card. */
export interface Card {
  readonly serial: string;
  readonly publicKey: CardKey;
  readonly privateKey: CardKey & { readonly d: string };
}

/**
 * The key pair that 32 bytes stand for.
 * @returns undefined for the few (one in 2^32) that are no scalar of the curve
 */
export function cardKeyPair(
  seed: Uint8Array,
): { publicKey: CardKey; privateKey: CardKey & { d: string } } | undefined {
  const curve = createECDH('prime256v1');
  try {
    curve.setPrivateKey(seed);
  } catch {
    return undefined;
  }
  const point = curve.getPublicKey();
  const publicKey: CardKey = {
    kty: 'EC',
    crv: 'P-256',
    x: base64url(point.subarray(1, 33)),
    y: base64url(point.subarray(33, 65)),
  };
  return { publicKey, privateKey: { ...publicKey, d: base64url(seed) } };
}
