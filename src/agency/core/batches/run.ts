import { type ErrorCode, RenkeiError } from '../../../protocol/errors.ts';
import { inquire } from '../inquire.ts';
import type { AgencyNode } from '../node.ts';
import { Outages } from './outages.ts';
import type { Batch, BatchRow, RowState } from './ports.ts';
import type { Run } from './running.ts';

/** How often a row that met an outage is tried, until somebody resumes the batch. */
const ROUNDS = 3;
/** Rows read ahead. */
const PAGE = 200;
const UNASKED: readonly RowState[] = ['waiting', 'open'];

/** No other row could be asked either. */
const ENDS: ReadonlySet<ErrorCode> = new Set([
  'storage_full',
  'not_authenticated',
  'agency_unknown',
  'agency_suspended',
]);

/**
 * Carries out a batch: as many inquiries at once as it may have, in the order of the file, each through `inquire`
 * under the row’s own id, so that after a kill the same goes on and nothing is asked twice (invariant 2). Rows
 * that met an outage are tried again after the others; a provider that seems to be down is left alone until then.
 * Resolves when it is over or has been stopped; never twice at once.
 */
export async function runBatch(node: AgencyNode, id: string): Promise<void> {
  const run = node.batches.begin(id, node.clock.now());
  if (!run) return;
  try {
    const batch = node.store.read.batch(id);
    if (batch?.state !== 'running') return;
    for (let round = 1; round <= ROUNDS && !run.stopping && anyUnasked(node, id); round += 1) {
      const code = await oneRound(node, batch, run);
      if (code !== undefined) return await endBatch(node, id, code);
    }
    // Stopped by somebody, who wrote it down, or halted with the process: then the next one goes on with it.
    if (!run.stopping) await endBatch(node, id);
  } catch (error) {
    await endBatch(node, id, 'internal');
    throw error;
  } finally {
    node.batches.end(id);
  }
}

/** After a start, once the others are there too: what was under way goes on. */
export function carryOnBatches(node: AgencyNode): void {
  for (const { id } of node.store.read.batchesIn(['running'])) node.background(runBatch(node, id));
}

/** Asks every row that has no end yet once. @returns why no other row can be asked, if that is so */
async function oneRound(node: AgencyNode, batch: Batch, run: Run): Promise<ErrorCode | undefined> {
  const outages = new Outages();
  const rows = unasked(node, batch.id);
  let ended: ErrorCode | undefined;
  const lane = async () => {
    // The lanes share one iterator: each takes the next row.
    for (const row of rows) {
      if (run.stopping || ended !== undefined) return;
      const { provider } = row.ask;
      if (outages.isDown(provider)) continue;
      run.underWay.set(row.inquiry, row.state);
      const failure = await askRow(node, batch, row);
      run.underWay.delete(row.inquiry);
      run.asked += 1;
      outages.note(provider, failure);
      if (failure !== undefined && (ENDS.has(failure) || outages.gatewayIsDown)) ended = failure;
    }
  };
  await Promise.all(Array.from({ length: batch.concurrency }, lane));
  return ended;
}

/** @returns the code with which it could not be brought to an end */
async function askRow(
  node: AgencyNode,
  batch: Batch,
  { row, inquiry, ask }: BatchRow,
): Promise<ErrorCode | undefined> {
  try {
    await inquire(node, batch.by, { id: inquiry, ...ask });
    return undefined;
  } catch (error) {
    if (!(error instanceof RenkeiError)) throw error;
    const { code } = error;
    // What was never written down as an inquiry has nothing else to tell its state.
    if (!ENDS.has(code) && !node.store.read.inquiry(inquiry)) {
      await node.store.transact((tx) => tx.failBatchRow(batch.id, row, code));
    }
    return code;
  }
}

function* unasked(node: AgencyNode, id: string): Generator<BatchRow, void, undefined> {
  let after = 0;
  for (;;) {
    const page = node.store.read.batchRows(id, { after, limit: PAGE, states: UNASKED });
    yield* page;
    after = page.at(-1)?.row ?? 0;
    if (page.length < PAGE) return;
  }
}

const anyUnasked = (node: AgencyNode, id: string): boolean =>
  node.store.read.batchRows(id, { after: 0, limit: 1, states: UNASKED }).length > 0;

function endBatch(node: AgencyNode, id: string, code?: ErrorCode): Promise<void> {
  return node.store.transact((tx) => {
    if (tx.batch(id)?.state !== 'running') return;
    const waits = tx.batchRows(id, { after: 0, limit: 1, states: ['waiting'] }).length > 0;
    const reason = code ?? (waits ? 'provider_unavailable' : undefined);
    const state = reason === undefined ? 'finished' : 'stopped';
    tx.changeBatch(id, { state, code: reason, endedAt: node.clock.now() });
  });
}
