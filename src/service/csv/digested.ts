import { createHash } from 'node:crypto';

/** Bytes as they come, and their SHA-256 (base64url) once they have all been read. */
export function digested(bytes: AsyncIterable<Uint8Array>): {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly digest: () => string;
} {
  const hash = createHash('sha256');
  async function* through() {
    for await (const piece of bytes) {
      hash.update(piece);
      yield piece;
    }
  }
  return { bytes: through(), digest: () => hash.digest('base64url') };
}
