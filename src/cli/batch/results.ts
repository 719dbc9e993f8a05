import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Caller } from '../node/call-node.ts';
import { download } from '../node/download.ts';
import { batchPath } from './batch-path.ts';

/** Writes the result file whole or not at all, for its owner only: it holds what was answered. */
export async function writeResults(
  caller: Caller,
  id: string,
  path: string,
  format: 'csv' | 'jsonl',
): Promise<void> {
  const draft = `${path}.${process.pid}`;
  const pieces = download(caller, `${batchPath(id)}/results?format=${format}`);
  try {
    await pipeline(pieces, createWriteStream(draft, { mode: 0o600, flags: 'wx' }));
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
