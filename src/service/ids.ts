import type { Randomness } from './ports.ts';

const ID_BYTES = 16;

/**
 * Mints identifiers: base64url of 16 bytes of chance, always 22 characters, unguessable. None begins with `-`
 * (1 in 64 would): people hand them to commands, which would take such a one for an option.
 */
export type Ids = () => string;

export const makeIds =
  (randomness: Randomness): Ids =>
  () => {
    for (;;) {
      const bytes = randomness.bytes(ID_BYTES);
      const id = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
        'base64url',
      );
      if (!id.startsWith('-')) return id;
    }
  };
