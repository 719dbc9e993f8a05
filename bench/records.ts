import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { child } from './child.ts';
import { load } from './load.ts';

const INFORMATION = '予防接種法による予防接種の実施に関する情報';

const LOADS = [
  [1, 200],
  [32, 1000],
  [300, 1200],
] as const;

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU milliseconds of one exchange: of the main thread, of all threads. */
  readonly main: number;
  readonly all: number;
}

/** One pair of rounds, or the medians of several. */
export interface RecordFigures {
  readonly concurrent: number;
  /** Exchanges a second with logs and proofs, by those without; the median of the pairs. */
  readonly ratio: number;
  /** CPU time of the main thread without them, by that with them: the steadier measure. */
  readonly cpuRatio: number;
  readonly on: Round;
  readonly off: Round;
  /** From handing a record over until it is durable and its proof is ready, at the gateway. */
  readonly append: { readonly count: number; readonly p50: number; readonly p99: number };
}

/**
 * Whole exchanges with logs and proofs against the same without, in turn, in two processes that differ in nothing
 * else. Each pair of rounds gives a ratio, and which of the two goes first changes: the median counts.
 */
export async function benchRecords(
  rounds = 5,
  loads: readonly (readonly [concurrent: number, total: number])[] = LOADS,
): Promise<RecordFigures[]> {
  const folders = [
    await mkdtemp(join(tmpdir(), 'renkei-bench-')),
    await mkdtemp(join(tmpdir(), 'renkei-bench-')),
  ] as const;
  const open = new AsyncDisposableStack();
  open.defer(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  try {
    const start = async (folder: string, ...args: readonly string[]) => {
      const network = open.use(
        await child<{ url: string; token: string; resident: string }>('network', folder, ...args),
      );
      const { url, token, resident } = network.told;
      const body = JSON.stringify({
        integratedAddressNumber: resident,
        provider: '11202',
        item: '25',
        information: INFORMATION,
      });
      const headers = { authorization: `Bearer ${token}` };
      type Cpu = { main: number; all: number };
      const round = async (concurrent: number, total: number): Promise<Round> => {
        const before = await network.ask<Cpu>('cpu');
        const { perSecond, p50, p99 } = await load(url, { body, headers, concurrent, total });
        const after = await network.ask<Cpu>('cpu');
        // The two rounds that warm the connections up are exchanges, too.
        const each = (what: keyof Cpu) => (after[what] - before[what]) / (total + 2 * concurrent);
        return { perSecond, p50, p99, main: each('main'), all: each('all') };
      };
      return { round, appends: () => network.ask<{ times: number[] }>('appends') };
    };
    const on = await start(folders[0], 'required', 'appends');
    const off = await start(folders[1], 'off');
    for (const each of [on, off, on, off]) await each.round(32, 400);
    const figures: RecordFigures[] = [];
    for (const [concurrent, total] of loads) {
      await on.appends();
      const pairs: { on: Round; off: Round }[] = [];
      for (let turn = 0; turn < rounds; turn += 1) {
        if (turn % 2 === 0) {
          const first = await on.round(concurrent, total);
          pairs.push({ on: first, off: await off.round(concurrent, total) });
        } else {
          const first = await off.round(concurrent, total);
          pairs.push({ off: first, on: await on.round(concurrent, total) });
        }
      }
      const { times } = await on.appends();
      figures.push({
        concurrent,
        ratio: median(pairs.map((pair) => pair.on.perSecond / pair.off.perSecond)),
        cpuRatio: median(pairs.map((pair) => pair.off.main / pair.on.main)),
        on: medians(pairs.map((pair) => pair.on)),
        off: medians(pairs.map((pair) => pair.off)),
        append: { count: times.length, p50: at(times, 0.5), p99: at(times, 0.99) },
      });
    }
    return figures;
  } finally {
    await open.disposeAsync();
  }
}

const at = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
const median = (values: readonly number[]): number => at(values, 0.5);
const medians = (rounds: readonly Round[]): Round => ({
  perSecond: median(rounds.map((round) => round.perSecond)),
  p50: median(rounds.map((round) => round.p50)),
  p99: median(rounds.map((round) => round.p99)),
  main: median(rounds.map((round) => round.main)),
  all: median(rounds.map((round) => round.all)),
});

/** Prints what was measured, ratios first. */
export function printRecords(figures: readonly RecordFigures[]): void {
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  console.table(
    figures.map(({ concurrent, ratio, cpuRatio, on, off, append }) => ({
      concurrent,
      'with logs / without': round(ratio, 3),
      'by CPU of the main thread': round(cpuRatio, 3),
      'exchanges/s': round(on.perSecond, 0),
      without: round(off.perSecond, 0),
      'main ms': round(on.main, 3),
      'main ms without': round(off.main, 3),
      'all ms': round(on.all, 3),
      'all ms without': round(off.all, 3),
      'append p50 ms': round(append.p50, 1),
      'append p99 ms': round(append.p99, 1),
    })),
  );
}

// `node bench/records.ts 9 32`: nine rounds, 32 callers alone.
if (import.meta.main) {
  const [, , rounds = '5', callers] = process.argv;
  const loads = LOADS.filter(
    ([concurrent]) => String(concurrent) === (callers ?? String(concurrent)),
  );
  printRecords(await benchRecords(Number(rounds), loads));
}
