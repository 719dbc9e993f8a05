import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { child } from './child.ts';
import { askMeanwhile, csv, INFORMATION, type Peak, post, send } from './copies.ts';

/**
 * Exporting copies and comparing them with their originals, through HTTP, on a node with a file on disk in a process
 * of its own: the vaccination file of K-1, five rows a person. The originals in the order of persons, all over the
 * file, and with some rows changed.
 */
export interface CompareFigures {
  readonly what: string;
  readonly rows: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly cpuSeconds: number;
  /** Of the node’s process, the most there was; MiB. */
  readonly rss: number;
  /** The longest that its thread worked without a break; the longest that somebody else’s request took. */
  readonly turnMs: number;
  readonly answerMs: number;
  readonly differences: number;
}

export async function benchReconcile(rows = 1_000_000): Promise<CompareFigures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-bench-'));
  const open = new AsyncDisposableStack();
  open.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    const node = open.use(await child<{ url: string; token: string }>('agency', folder));
    const { url, token } = node.told;
    const { state } = await send(url, token, csv(rows, true, { sent: 0 }));
    if (state !== 'applied') throw new Error(`the import ended ${state}`);
    const figures: CompareFigures[] = [];
    for (const [what, work] of works(url, token, rows)) {
      await node.ask('peak');
      const others = askMeanwhile(`${url}/v1/status`);
      const start = performance.now();
      const { bytes, differences } = await work();
      const seconds = (performance.now() - start) / 1000;
      const answerMs = await others.longest();
      const { rss, cpuSeconds, turnMs } = await node.ask<Peak>('peak');
      const speed = { seconds, rowsPerSecond: rows / seconds, cpuSeconds, rss: rss / 2 ** 20 };
      figures.push({ what, rows, megabytes: bytes / 1e6, ...speed, turnMs, answerMs, differences });
    }
    return figures;
  } finally {
    await open.disposeAsync();
  }
}

type Work = () => Promise<{ readonly bytes: number; readonly differences: number }>;

const works = (url: string, token: string, rows: number): readonly (readonly [string, Work])[] => {
  const reconcile = async (together: boolean, change = (piece: Buffer) => piece) => {
    const bytes = { sent: 0 };
    const pieces = csv(rows, together, bytes).map(change);
    const path = `${url}/v1/copies/reconciliations`;
    const { differences } = await post<{ differences: number }>(path, token, pieces);
    return { bytes: bytes.sent, differences };
  };
  const get = async (encoding: string) => {
    const query = new URLSearchParams({ information: INFORMATION, layout: 'K-1', encoding });
    const bytes = await drained(`${url}/v1/copies/export?${query}`, token);
    return { bytes, differences: 0 };
  };
  return [
    ['export utf-8', () => get('utf-8')],
    ['export shift_jis', () => get('shift_jis')],
    ['reconcile, in order', () => reconcile(true)],
    ['reconcile, scattered', () => reconcile(false)],
    ['reconcile, drifted', () => reconcile(true, drifted)],
  ];
};

/** The lot AX100 is another one: about a row in nine hundred, by the way they are made. */
const drifted = (piece: Buffer): Buffer =>
  Buffer.from(piece.toString().replaceAll(',AX100,', ',AX999,'));

/** Reads an answer to its end. @returns its bytes */
function drained(url: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const request = http.get(url, { headers }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      response.once('end', () => {
        if (response.statusCode === 200) resolve(bytes);
        else reject(new Error(`status ${response.statusCode}`));
      });
      response.once('error', reject);
    });
    request.once('error', reject);
  });
}

if (import.meta.main) console.table(await benchReconcile(Number(process.argv[2] ?? 1_000_000)));
