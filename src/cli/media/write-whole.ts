import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { usage } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';

/**
 * Writes a file that is there whole or not at all: until its last byte is on the medium it has another name, and its own
 * is that of an empty one, so that nobody else takes it.
 * @returns how many bytes
 * @throws CliFailure usage for a file that is there already, or a folder that is not; what `pieces` throws
 */
export async function writeWhole(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const part = `${path}.part`;
  const taken = await fresh(path);
  const file = await fresh(part).catch(async (error: unknown) => {
    await discard(taken, path);
    throw error;
  });
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      await file.writeFile(piece);
      bytes += piece.length;
    }
    await file.sync();
  } catch (error) {
    await discard(file, part);
    await discard(taken, path);
    throw error;
  }
  await Promise.all([file.close(), taken.close()]);
  await rename(part, path);
  return bytes;
}

/** For its owner to read only, and never over another file. */
const fresh = (path: string): Promise<FileHandle> =>
  open(path, 'wx', 0o600).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EEXIST') {
      throw usage(
        `ファイル ${harmless(path)} はすでにあります`,
        `there is a file ${harmless(path)}`,
      );
    }
    if (code !== 'ENOENT') throw cause;
    throw usage(
      `${harmless(path)} のフォルダーがありません`,
      `there is no folder for ${harmless(path)}`,
    );
  });

async function discard(file: FileHandle, path: string): Promise<void> {
  await file.close();
  await rm(path, { force: true });
}
