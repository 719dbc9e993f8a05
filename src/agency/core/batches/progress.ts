import type { AgencyNode } from '../node.ts';
import type { Batch, ShownState } from './ports.ts';

/** How far a batch has come. */
export interface Progress {
  /** Rows by the state of their inquiries. */
  readonly states: Readonly<Partial<Record<ShownState, number>>>;
  /** Rows that were denied, failed or stay open, by code. */
  readonly codes: Readonly<Record<string, number>>;
  /** Rows that need nothing more from the batch. */
  readonly done: number;
  /** Since it was begun or resumed in this process; none yet in its first millisecond. */
  readonly rowsPerSecond?: number | undefined;
  readonly secondsLeft?: number | undefined;
}

const LEFT: readonly ShownState[] = ['waiting', 'permitted', 'open', 'failed'];

export function progressOf(node: AgencyNode, { id, rows }: Batch): Progress {
  const states: Partial<Record<ShownState, number>> = {};
  const codes: Record<string, number> = {};
  for (const { state, code, rows: counted } of node.store.read.batchCounts(id)) {
    states[state] = (states[state] ?? 0) + counted;
    if (code !== undefined) codes[code] = (codes[code] ?? 0) + counted;
  }
  const run = node.batches.find(id);
  for (const [inquiry, before] of run?.underWay ?? []) {
    if (node.store.read.inquiry(inquiry)?.state !== 'permitted') continue;
    const others = (states[before] ?? 0) - 1;
    if (others > 0) states[before] = others;
    else delete states[before];
    states.permitted = (states.permitted ?? 0) + 1;
  }
  const left = LEFT.reduce((sum, state) => sum + (states[state] ?? 0), 0);
  const seconds = run ? (node.clock.now() - run.startedAt) / 1000 : 0;
  const rowsPerSecond = run && seconds > 0 && run.asked > 0 ? run.asked / seconds : undefined;
  const secondsLeft = rowsPerSecond && left / rowsPerSecond;
  return { states, codes, done: rows - left, rowsPerSecond, secondsLeft };
}
