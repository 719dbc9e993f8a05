import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { followJournal } from '../../src/cli/query/follow.ts';
import { makeHttpClient } from '../../src/service/http-client/post-json.ts';

const entry = (seq: number) => ({
  ...{ seq, at: 0, elapsed: seq, kind: 'query', from: '32201', to: 'gateway', ids: ['x'] },
});

const http = makeHttpClient({ timeoutMs: 5_000, maxBytes: 100_000, maxSockets: 2 });
let close = () => {};
afterEach(() => close());

/** A control plane whose journal holds `seqs`; `live` is its stream, once somebody listens. */
async function journal(seqs: readonly number[]) {
  const live = Promise.withResolvers<ServerResponse>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    if (url.pathname === '/v1/journal/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: ready\ndata: 5\n\n');
      live.resolve(response);
      return;
    }
    const after = Number(url.searchParams.get('after'));
    const entries = seqs.filter((seq) => seq > after).map(entry);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ entries }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, live: live.promise };
}

test('what the live stream did not bring is fetched at the end; nothing comes twice', async () => {
  const { url, live } = await journal([4, 5, 6, 7, 8]);
  const seen: number[] = [];
  const first = Promise.withResolvers<void>();
  const take = ({ seq }: { readonly seq: number }) => {
    seen.push(seq);
    first.resolve();
  };
  const following = await followJournal(http, url, take, false);
  (await live).write(`id: 6\ndata: ${JSON.stringify(entry(6))}\n\n`);
  await first.promise;
  expect(seen).toEqual([6]);
  await following.finish();
  expect(seen).toEqual([6, 7, 8]);
});

test('the past is told first, when it is asked for', async () => {
  const { url } = await journal([1, 2, 3]);
  const seen: number[] = [];
  const following = await followJournal(http, url, ({ seq }) => seen.push(seq), true);
  expect(seen).toEqual([1, 2, 3]);
  await following.finish();
  expect(seen).toEqual([1, 2, 3]);
});
