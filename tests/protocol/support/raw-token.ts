import { sign } from 'node:crypto';
import { base64url } from '../../../src/protocol/encoding.ts';
import type { Party } from './parties.ts';

/** Text or bytes as a part of a token. */
export const part = (content: string | Uint8Array): string =>
  base64url(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);

/** The header that a message of this kind has when this party signs it. */
export const headerText = (typ: string, { signer }: Pick<Party, 'signer'>): string =>
  `{"alg":"EdDSA","kid":"${signer.kid}","typ":"${typ}"}`;

/** A token with exactly these bytes, rightly signed (RFC 8032 by node:crypto, no JOSE library in between). */
export function rawToken(
  header: string | Uint8Array,
  payload: string | Uint8Array,
  signer: Pick<Party, 'privateKey'>,
): string {
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${part(sign(null, Buffer.from(signed), signer.privateKey))}`;
}

/** Header, payload and signature of a token. */
export function partsOf(token: string): [header: string, payload: string, signature: string] {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return [header, payload, signature];
}

export const payloadText = (token: string): string =>
  Buffer.from(partsOf(token)[1], 'base64url').toString('utf8');

/** The token with its signature bytes put through `change`. */
export function withSignature(token: string, change: (signature: Buffer) => Uint8Array): string {
  const [header, payload, signature] = partsOf(token);
  return `${header}.${payload}.${part(change(Buffer.from(signature, 'base64url')))}`;
}
