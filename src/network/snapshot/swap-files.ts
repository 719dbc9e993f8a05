import { existsSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Storage } from '../storage.ts';
import { databaseFiles } from './database-files.ts';
import type { Databases } from './snapshot.ts';

const STAGED = '.restored';
const DECIDED = 'restoring';

/**
 * Writes databases beside the files that they are to replace. Nothing has changed yet when it fails (a full disk).
 */
export async function stageFiles(storage: Storage, databases: Databases): Promise<void> {
  if (storage.kind === 'memory') return;
  const written: string[] = [];
  try {
    for (const { path, bytes } of databaseFiles(storage, databases)) {
      written.push(path);
      await writeDurably(path + STAGED, bytes);
    }
  } catch (error) {
    for (const path of written) await rm(path + STAGED, { force: true });
    throw error;
  }
}

/**
 * Puts what was staged in the place of the closed databases: all of them, also when the process ends in the
 * middle, because the next start finishes it.
 */
export async function swapFiles(storage: Storage): Promise<void> {
  if (storage.kind === 'memory') return;
  await writeDurably(join(storage.path, DECIDED), new Uint8Array());
  await syncFolder(storage.path);
  await finishSwap(storage);
}

/** Before anything is opened: finishes a restoration that was decided, forgets one that was not. */
export async function finishSwap(storage: Storage): Promise<void> {
  if (storage.kind === 'memory' || !existsSync(storage.path)) return;
  const decided = existsSync(join(storage.path, DECIDED));
  const names = await readdir(storage.path, { recursive: true });
  const folders = new Set<string>();
  for (const name of names.filter((each) => each.endsWith(STAGED))) {
    const staged = join(storage.path, name);
    const path = staged.slice(0, -STAGED.length);
    if (!decided) await rm(staged);
    else {
      // What the old database had not yet taken over from its log is not the new one’s.
      await rm(`${path}-wal`, { force: true });
      await rename(staged, path);
    }
    folders.add(dirname(path));
  }
  for (const folder of folders) await syncFolder(folder);
  if (decided) await rm(join(storage.path, DECIDED));
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is durable when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
