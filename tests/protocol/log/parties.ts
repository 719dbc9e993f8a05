import { createHash } from 'node:crypto';
import { type KnownLog, signCheckpoint } from '../../../src/protocol/log/checkpoint.ts';
import { logKey } from '../../../src/protocol/log/log-key.ts';
import { noteSigner, noteVerifier } from '../../../src/protocol/log/signed-note.ts';
import type { MemoryLog } from './trees.ts';

/** A key that the test can make again. */
export const testKey = (name: string) => logKey(createHash('sha256').update(name).digest());

/** A log's signing and knowing side. */
export function testLog(origin: string, seed = origin) {
  const key = testKey(seed);
  const signer = noteSigner(origin, key);
  const known: KnownLog = { origin, keys: [noteVerifier(origin, key.publicKey)] };
  return {
    known,
    signer,
    sealed: (log: MemoryLog, size: number) =>
      signCheckpoint({ size, root: log.root(size) }, signer),
  };
}
