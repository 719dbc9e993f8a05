import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** What one measurement of a server under load found. */
export interface Load {
  readonly concurrent: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Posts the same body over and over from `concurrent` callers until `total` answers of status 200 are in.
 * Loopback only, bounded in count. Throws for any other answer.
 */
export async function load(
  url: string,
  {
    body,
    headers = {},
    concurrent,
    total,
    perSecond: wanted,
  }: {
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly concurrent: number;
    readonly total: number;
    /** Not faster than this; as fast as can be unless told. */
    readonly perSecond?: number;
  },
): Promise<Load> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrent });
  // Every caller’s connection, and those behind it, are made before the clock starts.
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(Array.from({ length: concurrent }, () => post(url, agent, body, headers)));
  }
  const times: number[] = [];
  let begun = 0;
  const start = performance.now();
  const caller = async () => {
    while (begun < total) {
      const due = wanted === undefined ? 0 : start + (begun / wanted) * 1000 - performance.now();
      begun += 1;
      if (due > 0) await pause(due);
      const before = performance.now();
      await post(url, agent, body, headers);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, caller));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { concurrent, perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

function post(
  url: string,
  agent: http.Agent,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { agent, method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        response.on('error', reject);
        response.on('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`answered with status ${response.statusCode}`)),
        );
        response.resume();
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
