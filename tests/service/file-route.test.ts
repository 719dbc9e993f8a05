import { once } from 'node:events';
import http from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { getFile, postFile, postForFile } from '../../src/service/http/file-route.ts';
import { type Listening, listen } from '../../src/service/http/listen.ts';
import { serviceApp } from '../../src/service/http/service-app.ts';
import type { Reply } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import { logLines } from './log-lines.ts';

const MOST = 4_000_000;
const open: Listening[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function started() {
  const { log } = logLines();
  const told = { title: 'A test service', version: '1', log, maxBytes: 1_000, ready: () => true };
  const app = serviceApp({ name: 'test', ...told });
  let given = 0;
  const broken: unknown[] = [];
  postFile(app, {
    path: '/v1/files',
    summary: 'Take a file',
    type: 'text/csv',
    maxBytes: MOST,
    query: z.strictObject({ refuse: z.literal('true').optional() }),
    responses: { 201: z.strictObject({ bytes: z.int() }) },
    errors: ['not_authenticated'],
    async handle(file, { refuse }) {
      if (refuse) throw new RenkeiError('not_authenticated');
      let bytes = 0;
      try {
        for await (const piece of file) bytes += piece.length;
      } catch (error) {
        broken.push(error);
        throw error;
      }
      return { status: 201, body: { bytes } };
    },
  });
  getFile(app, {
    path: '/v1/files/{id}',
    summary: 'Give a file',
    types: ['text/csv', 'application/jsonl'],
    query: z.strictObject({ lines: z.coerce.number().int() }),
    errors: ['not_found'],
    handle({ lines }) {
      if (lines === 0) throw new RenkeiError('not_found');
      return {
        type: 'text/csv',
        pieces: (function* () {
          for (given = 0; given < lines; given += 1) yield '番号,1\r\n'.repeat(1_000);
        })(),
      };
    },
  });
  postForFile(app, {
    path: '/v1/orders',
    summary: 'Make a file to order',
    types: ['application/octet-stream'],
    request: z.strictObject({ lines: z.int(), note: z.string().optional() }),
    errors: ['not_found'],
    handle({ lines }) {
      if (lines === 0) throw new RenkeiError('not_found');
      const backwards = new TransformStream<Uint8Array, Uint8Array>({
        transform: (piece, to) => to.enqueue(Uint8Array.from(piece).reverse()),
      });
      const pieces = (function* () {
        for (given = 0; given < lines; given += 1) yield '番号,1\r\n'.repeat(1_000);
      })();
      const type = 'application/octet-stream';
      return { type, pieces, through: async (file) => file.pipeThrough(backwards) };
    },
  });
  const server = await listen(app.fetch);
  open.push(server);
  return { url: server.url, app, broken, given: () => given };
}

const csv = { 'content-type': 'text/csv' };
async function reply(response: Response): Promise<Reply> {
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, text, type: headers.get('content-type') ?? '', json: JSON.parse(text) };
}

test('a file larger than any message is taken in as it comes, with or without its length', async () => {
  const { url } = await started();
  const body = Buffer.alloc(3_000_000, 'x');
  const whole = await fetch(`${url}/v1/files`, { method: 'POST', headers: csv, body });
  expect([whole.status, await whole.json()]).toEqual([201, { bytes: body.length }]);
  const streamed = await fetch(`${url}/v1/files`, {
    method: 'POST',
    headers: csv,
    body: new Blob([body, body.subarray(0, 5)]).stream(),
    duplex: 'half',
  });
  expect(await streamed.json()).toEqual({ bytes: body.length + 5 });
});

test('refusals: too large, declared or not; another type; a query that nobody knows; a caller turned away', async () => {
  const { url } = await started();
  const large = Buffer.alloc(MOST + 1, 'x');
  const post = async (query: string, init: RequestInit) =>
    reply(await fetch(`${url}/v1/files${query}`, { method: 'POST', headers: csv, ...init }));
  expectProblem(await post('', { body: large }), 'payload_too_large');
  const stream = { body: new Blob([large]).stream(), duplex: 'half' } as const;
  expectProblem(await post('', stream), 'payload_too_large');
  const other = await post('', { body: '{}', headers: { 'content-type': 'application/json' } });
  expectProblem(other, 'message_malformed');
  expect(other.json.hint).toBeDefined();
  expectProblem(await post('?more=1', { body: 'a' }), 'message_malformed');
  expectProblem(await post('?refuse=true', { body: large.subarray(1) }), 'not_authenticated');
});

test('a file that breaks off is no file', async () => {
  const { url, app, broken } = await started();
  for (const headers of [{ 'content-length': 100 }, { 'transfer-encoding': 'chunked' }]) {
    const request = http.request(`${url}/v1/files`, {
      method: 'POST',
      headers: { ...csv, ...headers },
    });
    request.on('error', () => undefined);
    request.write('cut');
    const [socket] = await once(request, 'socket');
    await once(socket, 'connect');
    await turn();
    request.destroy();
    await expect.poll(() => broken.splice(0)).toMatchObject([{ code: 'message_malformed' }]);
  }
  // The connection was gone before anybody looked, and what had come by then looks whole.
  const left = await app.request(
    '/v1/files',
    { method: 'POST', headers: csv, body: 'cut' },
    { incoming: { complete: false } },
  );
  expect(left.status).toBe(400);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('a file is given as fast as it is read, and its refusal is a problem', async () => {
  const { url, given } = await started();
  const response = await fetch(`${url}/v1/files/1?lines=100000`);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const reader = response.body?.getReader();
  await reader?.read();
  for (let turns = 0; turns < 100; turns += 1) await turn();
  // Nobody reads on: what was made waits in the sockets, and no more is made.
  expect(given()).toBeLessThan(5_000);
  await reader?.cancel();
  expectProblem(await reply(await fetch(`${url}/v1/files/1?lines=0`)), 'not_found');
  const whole = await (await fetch(`${url}/v1/files/1?lines=3`)).text();
  expect(whole).toBe('番号,1\r\n'.repeat(3_000));
});

test('a file is made to order, sent through what changes its bytes, and read at leave', async () => {
  const { url, given } = await started();
  const order = (body: object | string) =>
    fetch(`${url}/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const one = await order({ lines: 1 });
  expect(one.headers.get('content-type')).toBe('application/octet-stream');
  expect(one.headers.get('cache-control')).toBe('no-store');
  const text = Buffer.from(await one.bytes())
    .reverse()
    .toString();
  expect(text).toBe('番号,1\r\n'.repeat(1_000));
  const large = await order({ lines: 100_000 });
  const reader = large.body?.getReader();
  await reader?.read();
  for (let turns = 0; turns < 100; turns += 1) await turn();
  expect(given()).toBeLessThan(5_000);
  await reader?.cancel();
  expectProblem(await reply(await order({ lines: 0 })), 'not_found');
  const number = { lines: 1, note: '123456789018' };
  for (const wrong of [{ lines: '1' }, { lines: 1, more: 1 }, '{', '', number]) {
    expectProblem(await reply(await order(wrong)), 'message_malformed');
  }
  const tooLarge = { lines: 1, note: 'x'.repeat(1_000) };
  expectProblem(await reply(await order(tooLarge)), 'payload_too_large');
});

test('all are declared to OpenAPI with their media types', async () => {
  const { app } = await started();
  const { paths } = (await (await app.request('/openapi.json')).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const file = { schema: { type: 'string', format: 'binary' } };
  expect(paths['/v1/files']?.post).toMatchObject({
    parameters: [{ name: 'refuse', in: 'query' }],
    requestBody: { required: true, content: { 'text/csv': file } },
    responses: { 201: { content: { 'application/json': {} } }, 413: {}, 401: {} },
  });
  expect(paths['/v1/files/{id}']?.get).toMatchObject({
    responses: { 200: { content: { 'text/csv': file, 'application/jsonl': file } }, 404: {} },
  });
  expect(paths['/v1/orders']?.post).toMatchObject({
    requestBody: { required: true, content: { 'application/json': {} } },
    responses: { 200: { content: { 'application/octet-stream': file } }, 404: {}, 413: {} },
  });
});
