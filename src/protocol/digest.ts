import { createHash, createHmac } from 'node:crypto';

/** SHA-256 as 43 characters of base64url. */
export const sha256 = (data: Uint8Array | string): string =>
  createHash('sha256').update(data).digest('base64url');

/** HMAC-SHA-256 over length-prefixed parts, so that no two lists of parts share a digest. */
export const keyedDigest = (key: Uint8Array, ...parts: readonly string[]): Uint8Array => {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  return hmac.digest();
};
