import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LAYOUTS } from '../src/network/world/layouts.ts';
import { child } from './child.ts';

/**
 * Importing copies through HTTP into a node with a file on disk, in a process of its own: the vaccination file of
 * K-1, about 200 bytes a row, five rows a person. Once with the rows of each person together, once with them all
 * over the file, and the first file once more, of which nothing changes.
 */
export interface ImportFigures {
  readonly file: string;
  readonly rows: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** What the node’s process used of the processors. */
  readonly cpuSeconds: number;
  /** Of the node’s process, the most there was; MiB. */
  readonly rss: number;
  /** The longest that its thread worked without a break, by its own clock: others on the machine do not count. */
  readonly turnMs: number;
  /** The longest that nothing else could happen in it, and all but one in a hundred turns. */
  readonly stallMs: number;
  readonly p99Ms: number;
  /** The longest that somebody else’s request took meanwhile. */
  readonly answerMs: number;
}

export interface Peak {
  readonly rss: number;
  readonly cpuSeconds: number;
  readonly turnMs: number;
  readonly stallMs: number;
  readonly p99Ms: number;
}

export const INFORMATION = '予防接種法による予防接種の実施に関する情報';
const ROWS_A_PERSON = 5;

export async function benchCopies(rows = 1_000_000): Promise<ImportFigures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-bench-'));
  const open = new AsyncDisposableStack();
  open.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    const node = open.use(await child<{ url: string; token: string }>('agency', folder));
    const { url, token } = node.told;
    const figures: ImportFigures[] = [];
    for (const [file, together] of FILES) {
      await node.ask('peak');
      const others = askMeanwhile(`${url}/v1/status`);
      const bytes = { sent: 0 };
      const start = performance.now();
      const report = await send(url, token, csv(rows, together, bytes));
      const seconds = (performance.now() - start) / 1000;
      const answerMs = await others.longest();
      const peak = await node.ask<Peak>('peak');
      const { state, rows: taken, mistakes } = report;
      if (state !== 'applied' || taken !== rows || mistakes !== 0) {
        throw new Error(`the import ended ${state} with ${mistakes} mistakes in ${taken} rows`);
      }
      const rss = peak.rss / 2 ** 20;
      const speed = { seconds, rowsPerSecond: rows / seconds, cpuSeconds: peak.cpuSeconds };
      const loop = { turnMs: peak.turnMs, stallMs: peak.stallMs, p99Ms: peak.p99Ms, answerMs };
      figures.push({ file, rows, megabytes: bytes.sent / 1e6, ...speed, rss, ...loop });
    }
    return figures;
  } finally {
    await open.disposeAsync();
  }
}

const FILES = [
  ['persons together', true],
  ['the same again', true],
  ['persons scattered', false],
] as const;

/** A vaccination file in pieces, made as it is sent. */
export function* csv(rows: number, together: boolean, bytes: { sent: number }): Generator<Buffer> {
  const persons = Math.ceil(rows / ROWS_A_PERSON);
  const piece = (text: string): Buffer => {
    const made = Buffer.from(text);
    bytes.sent += made.length;
    return made;
  };
  let text = `統合宛名番号,${LAYOUTS['K-1'].items.join(',')}\r\n`;
  for (let row = 0; row < rows; row++) {
    const person = together ? Math.floor(row / ROWS_A_PERSON) : (row * 7919) % persons;
    const dose = together ? row % ROWS_A_PERSON : Math.floor(row / persons);
    text += line(person, dose);
    if (text.length < 30_000) continue;
    yield piece(text);
    text = '';
  }
  yield piece(text);
}

function line(person: number, dose: number): string {
  const four = String(person % 10_000).padStart(4, '0');
  const [year, day] = [2015 + dose, 10 + (person % 19)];
  const number = String(100_000_000_000_000 + person * 37);
  const born = `19${40 + (person % 50)}-0${1 + (person % 9)}-1${person % 10}`;
  const own = String(person).padStart(15, '0');
  return `${number},インフルエンザ（高齢者）,1回目,${own},${born},${person % 2 ? '男' : '女'},AX${100 + (person % 900)},0.5,I${four},${year}-10-${day},${year}-11,B${four},接種,I${four},D${four},D${four},,甲製薬（架空）,,初回,,,,,,\r\n`;
}

export const send = (url: string, token: string, pieces: Iterable<Buffer>) =>
  post<{ state: string; rows: number; mistakes: number }>(
    `${url}/v1/copies/imports`,
    token,
    pieces,
  );

/** Sends a file of K-1 in pieces. */
export async function post<Answer>(
  path: string,
  token: string,
  pieces: Iterable<Buffer>,
): Promise<Answer> {
  const query = new URLSearchParams({ information: INFORMATION, layout: 'K-1' });
  const request = http.request(`${path}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
  });
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  await pipeline(Readable.from(pieces), request);
  const text = Buffer.concat(await (await answer).toArray()).toString();
  return JSON.parse(text) as Answer;
}

/** Asks the node for something else all the while. */
export function askMeanwhile(url: string) {
  let going = true;
  let longest = 0;
  const asking = (async () => {
    while (going) {
      const before = performance.now();
      await (await fetch(url)).arrayBuffer();
      longest = Math.max(longest, performance.now() - before);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async longest(): Promise<number> {
      going = false;
      await asking;
      return longest;
    },
  };
}

if (import.meta.main) console.table(await benchCopies(Number(process.argv[2] ?? 1_000_000)));
