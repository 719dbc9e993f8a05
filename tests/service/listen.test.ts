import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { postMessage } from '../../src/service/http/json-route.ts';
import { type ListenOptions, listen, PortInUse } from '../../src/service/http/listen.ts';
import { serviceApp } from '../../src/service/http/service-app.ts';
import { makeHttpClient } from '../../src/service/http-client/post-json.ts';
import { logLines } from './log-lines.ts';

type App = { readonly fetch: Parameters<typeof listen>[0] };

async function listening(app: App, options?: ListenOptions) {
  const server = await listen(app.fetch, options);
  onTestFinished(() => server.close());
  return server;
}

/** A service with one route that answers when told to. */
function held() {
  const release = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const app = new Hono();
  app.get('/held', async (context) => {
    arrived.resolve();
    await release.promise;
    return context.json({ held: true });
  });
  app.get('/', (context) => context.json({}));
  return { app, release: () => release.resolve(), arrived: arrived.promise };
}

const client = (maxSockets = 4) => {
  const made = makeHttpClient({ timeoutMs: 10_000, maxBytes: 10_000, maxSockets });
  onTestFinished(() => made.close());
  return made;
};

test('listens on a free port of the loopback address and tells its URL', async () => {
  const server = await listening(held().app);
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  expect((await client().get(`${server.url}/`)).status).toBe(200);
});

test('IPv6 addresses make a URL too', async () => {
  const server = await listening(held().app, { host: '::1' });
  expect(server.url).toBe(`http://[::1]:${server.port}`);
  expect((await client().get(`${server.url}/`)).status).toBe(200);
});

test('a port in use is told with its number and what to do', async () => {
  const { port } = await listening(held().app);
  const second = listen(held().app.fetch, { port });
  await expect(second).rejects.toThrow(PortInUse);
  await expect(second).rejects.toMatchObject({
    port,
    ja: expect.stringContaining(`${port}`),
    en: expect.stringContaining(`${port}`),
    hint: { ja: expect.any(String), en: expect.any(String) },
  });
});

test('close lets a running request end, and only then resolves', async () => {
  const { app, release, arrived } = held();
  const server = await listening(app);
  const answer = client().get(`${server.url}/held`);
  await arrived;
  let closed = false;
  const closing = server.close().then(() => {
    closed = true;
  });
  await expect(client().get(`${server.url}/`)).rejects.toMatchObject({ kind: 'unreachable' });
  expect(closed).toBe(false);
  release();
  expect((await answer).body).toEqual({ held: true });
  await closing;
});

test('close tells clients with a running request not to use the connection again', async () => {
  const { app, release, arrived } = held();
  const server = await listening(app);
  const agent = new http.Agent({ keepAlive: true });
  const request = http.get(`${server.url}/held`, { agent });
  await arrived;
  const closing = server.close();
  release();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(response.headers.connection).toBe('close');
  response.resume();
  await closing;
});

test('close does not wait for idle kept-alive connections', async () => {
  const { app } = held();
  const server = await listening(app, { graceMs: 1_000_000 });
  const kept = client();
  await kept.get(`${server.url}/`);
  await server.close();
  await expect(kept.get(`${server.url}/`)).rejects.toMatchObject({ sent: false });
});

test.each([
  ['that never asked anything', ''],
  ['with half a request', 'GET / HT'],
])('close does not wait for connections %s', async (_name, bytes) => {
  const server = await listening(held().app, { graceMs: 1_000_000 });
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  // Answered after it on another connection: the server has accepted this one by now.
  await client().get(`${server.url}/`);
  const cut = once(socket, 'close');
  socket.on('error', () => undefined).resume();
  await server.close();
  await cut;
});

test('close waits for a streamed answer and then lets its connection go', async () => {
  const { promise: rest, resolve: release } = Promise.withResolvers<void>();
  const app = new Hono();
  app.get('/stream', () => {
    const parts = (async function* () {
      yield Buffer.from('first,');
      await rest;
      yield Buffer.from('last');
    })();
    return new Response(ReadableStream.from(parts));
  });
  const server = await listening(app, { graceMs: 1_000_000 });
  const request = http.get(`${server.url}/stream`, { agent: new http.Agent({ keepAlive: true }) });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const closing = server.close();
  release();
  await once(response, 'end');
  expect(text).toBe('first,last');
  await closing;
});

test('close cuts what does not end within the grace', async () => {
  const { app, arrived } = held();
  const server = await listening(app, { graceMs: 1 });
  const answer = client().get(`${server.url}/held`);
  const failure = expect(answer).rejects.toMatchObject({ kind: 'unreachable', sent: true });
  await arrived;
  await server.close();
  await failure;
});

test('idle connections are announced a limit, so that clients leave before the server does', async () => {
  const server = await listening(held().app, { keepAliveTimeoutMs: 7_000 });
  const request = http.get(server.url, { agent: new http.Agent({ keepAlive: true }) });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(response.headers['keep-alive']).toBe('timeout=7');
  response.resume();
});

function messages(maxBytes: number) {
  const { log, lines } = logLines();
  const app = serviceApp({
    name: 'test',
    title: 'test',
    version: '1',
    log,
    maxBytes,
    ready: () => true,
  });
  postMessage(app, {
    path: '/v1/messages',
    summary: 'Take a message',
    request: z.strictObject({ text: z.string() }),
    responses: { 201: z.strictObject({ length: z.int() }) },
    handle: ({ text }) => ({ status: 201, body: { length: text.length } }),
  });
  return { app, lines };
}

test('over real HTTP a message is taken, and one over the limit is refused unread', async () => {
  const { app } = messages(5_000);
  const { url } = await listening(app);
  const send = (length: number) =>
    client().post(`${url}/v1/messages`, { text: 'あ'.repeat(length) });
  expect(await send(1_000)).toMatchObject({ status: 201, body: { length: 1_000 } });
  expect(await send(2_000)).toMatchObject({
    status: 413,
    body: { code: 'payload_too_large', max_bytes: 5_000 },
  });
});

test('over real HTTP a chunked message is counted as it comes', async () => {
  const { app } = messages(5_000);
  const { url } = await listening(app);
  const send = async (part: string) => {
    const request = http.request(`${url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    request.write('{"text":"');
    request.write(part);
    request.end('"}');
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  expect(await send('x'.repeat(4_000))).toBe(201);
  expect(await send('x'.repeat(6_000))).toBe(413);
});

test('a client that leaves in the middle of its message is no failure of the service', async () => {
  const { app, lines } = messages(5_000);
  const { url, port } = await listening(app);
  const socket = connect(port, '127.0.0.1');
  socket.write(
    'POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"te',
  );
  socket.end();
  socket.resume();
  await once(socket, 'close');
  expect((await client().get(`${url}/healthz`)).status).toBe(200);
  expect(lines().filter(({ level }) => level === 'error')).toEqual([]);
});
