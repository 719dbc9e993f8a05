import { AgeError } from './age-error.ts';

/**
 * Opens a file of the age format as it comes. Each piece is whole and as it was written before it is passed on; that
 * the last one was there is known at the end: what has come before must not count until then.
 * @param identity secret key, AGE-SECRET-KEY-1… or AGE-SECRET-KEY-PQ-1…
 * @throws AgeError identity_invalid, not_for_this_identity, file_damaged (while it is read, too)
 */
export async function decryptWith(
  identity: string,
  file: ReadableStream<Uint8Array>,
): Promise<{
  readonly pieces: AsyncIterable<Uint8Array>;
  /** How many bytes come out of that many. */
  readonly sizeOf: (size: number) => number;
}> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
  } catch (cause) {
    throw new AgeError('identity_invalid', cause);
  }
  const opened = await decrypter.decrypt(file).catch((cause: unknown) => {
    const other = cause instanceof Error && /no identity matched/.test(cause.message);
    throw new AgeError(other ? 'not_for_this_identity' : 'file_damaged', cause);
  });
  return { pieces: whole(opened), sizeOf: (size) => sizeIn(opened, size) };
}

async function* whole(opened: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* opened;
  } catch (cause) {
    throw new AgeError('file_damaged', cause);
  }
}

function sizeIn(opened: { size(size: number): number }, size: number): number {
  try {
    return opened.size(size);
  } catch (cause) {
    throw new AgeError('file_damaged', cause);
  }
}
