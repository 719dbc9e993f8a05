import type { Randomness } from './ports.ts';

const ID_BYTES = 16;

/** Mints identifiers: 128 bits of chance as base64url, always 22 characters, unguessable. */
export type Ids = () => string;

export const makeIds =
  (randomness: Randomness): Ids =>
  () => {
    const bytes = randomness.bytes(ID_BYTES);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
  };
