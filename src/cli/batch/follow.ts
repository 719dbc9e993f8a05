import { setTimeout as wait } from 'node:timers/promises';
import { fitted } from '../../client/call/read-answer.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { BatchView } from '../../protocol/node-api/batches.ts';
import { type Caller, callNode } from '../node/call-node.ts';
import { progressBar } from '../output/progress-bar.ts';
import { batchPath } from './batch-path.ts';

const EVERY_MS = 400;
/** A node that was asked too often is left alone for a while. */
const PATIENCE_MS = 2_000;

/** Whoever followed has pressed Ctrl-C; the batch goes on in the node. */
export class NoLongerFollowed extends Error {
  override readonly name = 'NoLongerFollowed';
}

/** Looks at a batch until it runs no more, with a bar on a terminal. @throws NoLongerFollowed */
export async function followBatch(caller: Caller, begun: BatchView): Promise<BatchView> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const bar = progressBar(process.stderr, { unit: '件 rows' });
  try {
    let batch = begun;
    while (batch.state === 'running') {
      bar.update(batch.done, batch.rows);
      await wait(EVERY_MS, undefined, { signal: stop.signal });
      batch = await look(caller, batch, stop.signal);
    }
    return batch;
  } catch (error) {
    if (stop.signal.aborted) throw new NoLongerFollowed();
    throw error;
  } finally {
    bar.end();
    process.off('SIGINT', interrupt);
  }
}

async function look(caller: Caller, last: BatchView, signal: AbortSignal): Promise<BatchView> {
  try {
    return fitted(BatchView, await callNode(caller, batchPath(last.id)));
  } catch (error) {
    if (!(error instanceof RenkeiError && error.code === 'rate_limited')) throw error;
    await wait(PATIENCE_MS, undefined, { signal });
    return last;
  }
}
