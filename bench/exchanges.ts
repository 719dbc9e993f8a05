import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { child } from './child.ts';
import { type Load, load } from './load.ts';

const INFORMATION = '予防接種法による予防接種の実施に関する情報';
const ROUNDS = 3;

export interface ExchangeFigures {
  readonly readyMs: number;
  readonly rssAtReady: number;
  readonly rssAfter: number;
  readonly loads: readonly { readonly renkei: Load; readonly floor: Load }[];
}

/**
 * Whole exchanges a second (permit, query, provision, opened; durable, signed, recorded three times; answers
 * of 2 kB) against the floor, in turn, so that both see the same machine. The median of three rounds counts.
 */
export async function benchExchanges(): Promise<ExchangeFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-bench-'));
  // No `using` here: the reader behind the layer check does not know it yet.
  const open = new AsyncDisposableStack();
  open.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    const network = open.use(
      await child<{ url: string; token: string; resident: string; readyMs: number }>(
        'network',
        folder,
      ),
    );
    const floor = open.use(await child<{ url: string }>('floor'));
    const { url, token, resident, readyMs } = network.told;
    const atReady = await network.ask<{ rss: number }>('memory');
    const inquiry = JSON.stringify({
      integratedAddressNumber: resident,
      provider: '11202',
      item: '25',
      information: INFORMATION,
    });
    const renkeiLoad = (concurrent: number, total: number) =>
      load(url, {
        body: inquiry,
        headers: { authorization: `Bearer ${token}` },
        concurrent,
        total,
      });
    const floorLoad = (concurrent: number, total: number) =>
      load(floor.told.url, { body: inquiry, concurrent, total });
    await renkeiLoad(32, 400);
    await floorLoad(32, 400);
    const loads: { renkei: Load; floor: Load }[] = [];
    for (const [concurrent, total] of [
      [1, 200],
      [32, 1000],
      [300, 1200],
    ] as const) {
      const rounds: { renkei: Load; floor: Load }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        rounds.push({
          renkei: await renkeiLoad(concurrent, total),
          floor: await floorLoad(concurrent, total * 2),
        });
      }
      loads.push({
        renkei: median(rounds.map((each) => each.renkei)),
        floor: median(rounds.map((each) => each.floor)),
      });
    }
    const after = await network.ask<{ rss: number }>('memory');
    return { readyMs, rssAtReady: atReady.rss, rssAfter: after.rss, loads };
  } finally {
    await open.disposeAsync();
  }
}

const median = (loads: readonly Load[]): Load => {
  const [first, ...rest] = [...loads].sort((a, b) => a.perSecond - b.perSecond);
  const middle = rest[Math.floor((loads.length - 1) / 2) - 1] ?? first;
  if (!middle) throw new RangeError('nothing measured');
  return middle;
};
