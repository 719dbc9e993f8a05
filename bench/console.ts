import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { child } from './child.ts';
import { type InBrowser, inBrowser } from './console-in-browser.ts';
import { type Load, load } from './load.ts';

const INFORMATION = '予防接種法による予防接種の実施に関する情報';
const EXCHANGES = 10_000;
const ROUNDS = 5;
const A_ROUND = 800;

export interface ConsoleFigures {
  readonly exchanges: number;
  /** Milliseconds until the first page of the list is there in whole: the median and the worst of twenty. */
  readonly firstPage: { readonly median: number; readonly worst: number };
  /** Exchanges a second with somebody following the list and the picture, as a share of without; the median of rounds. */
  readonly followed: number;
  readonly perSecond: { readonly alone: number; readonly followed: number };
  /** Updates of the list a second while it was followed. */
  readonly updates: number;
  /** The same in a browser; undefined where there is none. */
  readonly browser: InBrowser | undefined;
}

/**
 * What looking costs: the list with ten thousand exchanges, as it comes and as it is drawn; following it live at 200 exchanges a
 * second, by what the page’s frames say; and what following takes from the network under full load.
 */
export async function benchConsole(exchanges = EXCHANGES): Promise<ConsoleFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-bench-'));
  const open = new AsyncDisposableStack();
  open.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    const network = open.use(
      await child<{ url: string; console: string; token: string; resident: string }>(
        'console',
        folder,
      ),
    );
    const { url, console: address, token, resident } = network.told;
    const body = JSON.stringify({
      integratedAddressNumber: resident,
      provider: '11202',
      item: '25',
      information: INFORMATION,
    });
    const headers = { authorization: `Bearer ${token}` };
    const inquire = (total: number, perSecond?: number) =>
      load(url, {
        ...{ body, headers, concurrent: 32, total },
        ...(perSecond !== undefined && { perSecond }),
      });
    await inquire(exchanges);

    const times: number[] = [];
    for (let look = 0; look < 20; look += 1) {
      const before = performance.now();
      const answer = await fetch(`${address}/exchanges`);
      const text = await answer.text();
      if (!text.includes('<tr id="x-')) throw new Error('the list is empty');
      times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);

    const browser = await inBrowser(address, inquire);

    const shares: number[] = [];
    const alone: Load[] = [];
    const followed: Load[] = [];
    let updates = 0;
    let seconds = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const without = await inquire(A_ROUND);
      const list = await follow(`${address}/exchanges/live`);
      const picture = await follow(`${address}/network/live`);
      const before = performance.now();
      const watched = await inquire(A_ROUND);
      seconds += (performance.now() - before) / 1000;
      updates += await list.stop();
      await picture.stop();
      alone.push(without);
      followed.push(watched);
      shares.push(watched.perSecond / without.perSecond);
    }
    return {
      exchanges,
      firstPage: { median: times[10] ?? 0, worst: times.at(-1) ?? 0 },
      followed: median(shares),
      perSecond: {
        alone: median(alone.map(({ perSecond }) => perSecond)),
        followed: median(followed.map(({ perSecond }) => perSecond)),
      },
      updates: updates / seconds,
      browser,
    };
  } finally {
    await open.disposeAsync();
  }
}

/** Reads server-sent events as a browser would, and counts them. */
async function follow(url: string) {
  const stopping = new AbortController();
  const answer = await fetch(url, { signal: stopping.signal });
  let events = 0;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      events += decoder.decode(chunk, { stream: true }).split('\n\n').length - 1;
    }
  })().catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await reading;
      return events;
    },
  };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** As a table has it. */
export function consoleTable({ firstPage, followed, perSecond, updates, browser }: ConsoleFigures) {
  return {
    'first page, ms (median)': firstPage.median.toFixed(0),
    'first page, ms (worst of 20)': firstPage.worst.toFixed(0),
    'throughput while followed, share': followed.toFixed(2),
    'exchanges/s alone': perSecond.alone.toFixed(0),
    'exchanges/s followed': perSecond.followed.toFixed(0),
    'updates of the list/s': updates.toFixed(1),
    ...(browser && {
      'first page drawn in Chromium, ms (median)': browser.drawn.median.toFixed(0),
      'first page drawn in Chromium, ms (worst of 20)': browser.drawn.worst.toFixed(0),
      'exchanges/s while Chromium follows': browser.perSecond.toFixed(0),
      'its frames meanwhile, ms (median)': browser.frames.p50.toFixed(0),
      'its frames meanwhile, ms (99 %)': browser.frames.p99.toFixed(0),
      'its frames meanwhile, ms (longest)': browser.frames.longest.toFixed(0),
      'its updates of the list': browser.updates,
    }),
  };
}

if (import.meta.main) {
  const figures = await benchConsole(Number(process.argv[2] ?? EXCHANGES));
  console.log(`the console, with ${figures.exchanges} exchanges on record`);
  console.table(consoleTable(figures));
}
