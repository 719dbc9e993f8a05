import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { manyLines } from '../src/protocol/inquiry-file/many-rows.ts';
import { informationCode } from '../src/protocol/permission/codes.ts';
import { child } from './child.ts';
import { load } from './load.ts';

const INFORMATION = '予防接種法による予防接種の実施に関する情報';
const CONCURRENT = 32;
/** Of single callers, before the batch, between its parts and after it. */
const EXCHANGES = 800;
const PARTS = 3;

export interface BatchFigures {
  readonly rows: number;
  readonly checkedPerSecond: number;
  readonly rowsPerSecond: number;
  readonly exchangesPerSecond: number;
  readonly ratio: number;
  /** What the process of all parties used of the processors for one, in milliseconds. */
  readonly cpuMsOfRow: number;
  readonly cpuMsOfExchange: number;
  /** Bytes: before the batch, with a third of it done, and the most there was. */
  readonly rss: { readonly before: number; readonly third: number; readonly most: number };
}

interface Told {
  readonly url: string;
  readonly node: string;
  readonly token: string;
  readonly resident: string;
  readonly affair: string;
  readonly persons: readonly string[];
}

interface Use {
  readonly rss: number;
  readonly cpuSeconds: number;
}

/** Adds up work, time and processor time over several spells. */
class Spells {
  count = 0;
  seconds = 0;
  cpuSeconds = 0;

  async add(use: () => Promise<Use>, work: () => Promise<number>): Promise<void> {
    const before = await use();
    const began = performance.now();
    this.count += await work();
    this.seconds += (performance.now() - began) / 1000;
    this.cpuSeconds += (await use()).cpuSeconds - before.cpuSeconds;
  }
}

/**
 * Rows a second of a batch against exchanges a second of as many single callers, in the same process and in turn: the
 * batch is stopped for each spell of callers, so that both see the same machine.
 * @throws Error if any row was not provided
 */
export async function benchBatch(rows: number): Promise<BatchFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-bench-'));
  // No `using` here: the reader behind the layer check does not know it yet.
  const open = new AsyncDisposableStack();
  open.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    const network = open.use(await child<Told>('network', folder));
    const { node, token, affair, persons } = network.told;
    const use = () => network.ask<Use>('memory');
    const batches = client(`${node}/v1/batches`, token);
    const single = singleCallers(network.told);
    const [batch, singles] = [new Spells(), new Spells()];

    await single();
    await singles.add(use, single);
    const before = (await use()).rss;
    const sender = { inquirer: '32201', affair, provider: '11202' };
    const lines = manyLines(
      { ...sender, information: informationCode(INFORMATION) },
      persons,
      rows,
    );
    const sent = performance.now();
    const { id } = await batches.send(lines);
    const checkedPerSecond = rows / ((performance.now() - sent) / 1000);

    let [third, most, from] = [0, before, 0];
    for (let part = 1; part <= PARTS; part += 1) {
      const until = part === PARTS ? rows : Math.floor((rows * part) / PARTS);
      await batch.add(use, async () => {
        let now = await batches.look(id);
        while (now.done < until && now.state === 'running') {
          await wait(250);
          now = await batches.look(id);
          most = Math.max(most, (await use()).rss);
        }
        const done = now.done - from;
        from = now.done;
        return done;
      });
      third ||= (await use()).rss;
      if (part < PARTS) from += await batches.stopped(id);
      await singles.add(use, single);
      if (part < PARTS) await batches.step(id, 'resume');
    }
    const { states } = await batches.look(id);
    if (states.provided !== rows) throw new Error(`came out as ${JSON.stringify(states)}`);
    const [rowsPerSecond, exchangesPerSecond] = [batch, singles].map(
      ({ count, seconds }) => count / seconds,
    ) as [number, number];
    return {
      ...{ rows, checkedPerSecond, rowsPerSecond, exchangesPerSecond },
      ratio: rowsPerSecond / exchangesPerSecond,
      cpuMsOfRow: (1000 * batch.cpuSeconds) / batch.count,
      cpuMsOfExchange: (1000 * singles.cpuSeconds) / singles.count,
      rss: { before, third, most },
    };
  } finally {
    await open.disposeAsync();
  }
}

function singleCallers({ url, token, resident }: Told): () => Promise<number> {
  const about = { integratedAddressNumber: resident, provider: '11202', item: '25' };
  const body = JSON.stringify({ ...about, information: INFORMATION });
  const headers = { authorization: `Bearer ${token}` };
  return async () => {
    await load(url, { body, headers, concurrent: CONCURRENT, total: EXCHANGES });
    // Those that make the connections are exchanges too.
    return EXCHANGES + 2 * CONCURRENT;
  };
}

interface Batch {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly states: Readonly<Record<string, number>>;
}

function client(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const ask = async (path: string, method = 'GET'): Promise<Batch> => {
    const body = method === 'POST' && { body: '{}' };
    const type = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...type },
      ...body,
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Batch;
  };
  const look = (id: string) => ask(`/${id}`);
  const step = (id: string, name: string) => ask(`/${id}/${name}`, 'POST');
  return {
    look,
    step,
    async send(lines: Iterable<string>): Promise<Batch> {
      const type = { 'content-type': 'text/csv' };
      const query = `?concurrency=${CONCURRENT}`;
      const request = http.request(`${url}${query}`, {
        method: 'POST',
        headers: { ...headers, ...type },
      });
      const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
        request.once('response', resolve).once('error', reject);
      });
      await pipeline(Readable.from(inPieces(lines)), request);
      const response = await answered;
      if (response.statusCode !== 201) throw new Error(`refused with ${response.statusCode}`);
      return (await json(response)) as Batch;
    },
    /** Stops it and waits for what was under way. @returns the rows that came to their end meanwhile */
    async stopped(id: string): Promise<number> {
      const { done } = await look(id);
      await step(id, 'stop');
      for (let before = -1, now = done; ; [before, now] = [now, (await look(id)).done]) {
        if (before === now) return now - done;
        await wait(250);
      }
    },
  };
}

/** A thousand lines at once. */
function* inPieces(lines: Iterable<string>): Generator<Buffer, void, undefined> {
  let piece: string[] = [];
  for (const line of lines) {
    piece.push(line);
    if (piece.length < 1_000) continue;
    yield Buffer.from(piece.join(''));
    piece = [];
  }
  yield Buffer.from(piece.join(''));
}

// `node bench/batch.ts 100000`
if (import.meta.main) {
  const figures = await benchBatch(Number(process.argv[2] ?? 2_000));
  console.log(figures);
}
