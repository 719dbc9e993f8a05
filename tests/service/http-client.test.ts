import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { HttpResponse, http as mocked } from 'msw';
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test } from 'vitest';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { problemAnswer } from '../../src/service/http/answer.ts';
import { listen } from '../../src/service/http/listen.ts';
import { problemOfError } from '../../src/service/http/problem.ts';
import { makeHttpClient } from '../../src/service/http-client/post-json.ts';
import { problemOf } from '../../src/service/http-client/problem-of.ts';
import { TransportError } from '../../src/service/http-client/transport-error.ts';

type OnRequest = (socket: Socket, connection: number) => void;

/** A peer that does what it is told with each request's socket, counting connections from 1. */
async function peer(onRequest: OnRequest) {
  let connections = 0;
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    const connection = connections;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => {
      requests += 1;
      onRequest(socket, connection);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    count: () => ({ connections, requests }),
    sockets,
  };
}

const answer = (body: string, more = '') =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

function client(options: Partial<Parameters<typeof makeHttpClient>[0]> = {}) {
  const made = makeHttpClient({ timeoutMs: 10_000, maxBytes: 1_000, maxSockets: 2, ...options });
  onTestFinished(() => made.close());
  return made;
}

const failure = (kind: string, sent: boolean) => expect.objectContaining({ kind, sent });
const failed = (call: Promise<unknown>) =>
  call.then(
    () => 'no failure',
    (error: unknown) => (error instanceof TransportError ? error : 'another error'),
  );

test('posts JSON and reads JSON over a connection that is kept', async () => {
  let received = '';
  const app = {
    fetch: async (request: Request) => {
      received = `${request.method} ${request.headers.get('content-type')} ${await request.text()}`;
      return Response.json({ ok: 'はい' }, { status: 201 });
    },
  };
  const server = await listen(app.fetch);
  onTestFinished(() => server.close());
  expect(await client().post(`${server.url}/v1/x`, { id: 'い' })).toEqual({
    status: 201,
    mediaType: 'application/json',
    body: { ok: 'はい' },
  });
  expect(received).toBe('POST application/json {"id":"い"}');
});

test('calls one after the other use one connection', async () => {
  const { url, count } = await peer((socket) => socket.write(answer('{}')));
  const own = client();
  for (let n = 0; n < 5; n += 1) await own.post(url, {});
  expect(count()).toEqual({ connections: 1, requests: 5 });
});

test('nobody listens: unreachable, surely without effect', async () => {
  const server = await listen(() => new Response());
  await server.close();
  const error = await failed(client().post(server.url, {}));
  expect(error).toEqual(failure('unreachable', false));
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

test.each(['ftp://127.0.0.1/', 'not a url'])(
  '%s: unreachable, surely without effect',
  async (url) => {
    expect(await failed(client().post(url, {}))).toEqual(failure('unreachable', false));
  },
);

test('the peer hangs: timeout, perhaps with effect', async () => {
  const { url } = await peer(() => undefined);
  expect(await failed(client({ timeoutMs: 150 }).post(url, {}))).toEqual(failure('timeout', true));
});

test('the peer stops in the middle of its answer: timeout', async () => {
  const { url } = await peer((socket) => socket.write(answer('{"half":1}').slice(0, -3)));
  expect(await failed(client({ timeoutMs: 150 }).post(url, {}))).toEqual(failure('timeout', true));
});

test('waiting for a free connection counts as waiting, surely without effect', async () => {
  const { url } = await peer(() => undefined);
  const own = client({ maxSockets: 1 });
  const first = failed(own.post(url, {}));
  expect(await failed(own.post(url, {}, { timeoutMs: 50 }))).toEqual(failure('timeout', false));
  own.close();
  expect(await first).toEqual(failure('unreachable', true));
});

test.each<[string, OnRequest]>([
  ['resets the connection', (socket) => socket.resetAndDestroy()],
  ['closes without an answer', (socket) => socket.end()],
  ['dies within its answer', (socket) => socket.end(answer('{"half":1}').slice(0, -3))],
  [
    'resets within its answer',
    (socket) => socket.write(answer('{"half":1}').slice(0, -3), () => socket.resetAndDestroy()),
  ],
])('the peer %s: unreachable, perhaps with effect, not tried again', async (_name, onRequest) => {
  const { url, count } = await peer(onRequest);
  expect(await failed(client().post(url, {}, { retrySafe: true }))).toEqual(
    failure('unreachable', true),
  );
  expect(count().requests).toBe(1);
});

test.each<[string, string]>([
  ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['garbage after its headers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
  ['headers without end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`],
  ['HTML', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>'],
  ['no type', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'],
  ['broken JSON', answer('{"number":123456789018')],
  ['nothing', answer('')],
  ['compressed bytes', answer('xx', 'Content-Encoding: gzip\r\n')],
  ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n'],
  [
    'broken UTF-8',
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n"\xff"`,
  ],
])('the peer answers %s: malformed, and nothing of it is quoted', async (_name, bytes) => {
  const { url } = await peer((socket) => socket.write(bytes, 'latin1'));
  const error = await failed(client().post(url, {}));
  expect(error).toEqual(failure('malformed', true));
  expect(String(error)).not.toContain('123456789018');
});

test('an answer of 100 MB is cut off at the limit', async () => {
  let given = 0;
  const part = Buffer.alloc(1_000_000, 0x20);
  const { url } = await peer((socket) => {
    socket.write(
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n',
    );
    const pour = () => {
      while (given < 100 && !socket.destroyed) {
        given += 1;
        if (!socket.write(part)) return;
      }
    };
    socket.on('drain', pour);
    pour();
  });
  expect(await failed(client().post(url, {}))).toEqual(failure('too_large', true));
  expect(given).toBeLessThan(50);
});

/** A peer whose kept connections die with the second request that they get. */
const forgetful = () => {
  const seen = new Map<number, number>();
  return peer((socket, connection) => {
    const nth = (seen.get(connection) ?? 0) + 1;
    seen.set(connection, nth);
    if (nth === 1) socket.write(answer(`{"connection":${connection}}`));
    else socket.resetAndDestroy();
  });
};

test('a kept connection that is gone is tried again once on a fresh one, if that is safe', async () => {
  const { url, count } = await forgetful();
  const own = client();
  await own.post(url, {});
  expect(await own.post(url, {}, { retrySafe: true })).toMatchObject({ body: { connection: 2 } });
  expect(count()).toEqual({ connections: 2, requests: 3 });
});

test('the second try does not take another kept connection that is gone as well', async () => {
  const { url, count } = await forgetful();
  const own = client();
  await Promise.all([own.post(url, {}), own.post(url, {})]);
  expect(await own.post(url, {}, { retrySafe: true })).toMatchObject({ body: { connection: 3 } });
  expect(count()).toEqual({ connections: 3, requests: 4 });
});

test('a kept connection that is gone is told, and not tried again, unless that is safe', async () => {
  const { url, count } = await forgetful();
  const own = client();
  await own.post(url, {});
  expect(await failed(own.post(url, {}))).toEqual(failure('unreachable', true));
  expect(count()).toEqual({ connections: 1, requests: 2 });
});

test('a kept connection that breaks after a byte of the answer is not tried again', async () => {
  let first = true;
  const { url, count } = await peer((socket) => {
    socket.write(first ? answer('{}') : 'HTTP/1.1 2', () => {
      if (first) first = false;
      else socket.resetAndDestroy();
    });
  });
  const own = client();
  await own.post(url, {});
  expect(await failed(own.post(url, {}, { retrySafe: true }))).toEqual(
    failure('unreachable', true),
  );
  expect(count().requests).toBe(2);
});

test('close ends calls under way and refuses further ones', async () => {
  const { url } = await peer(() => own.close());
  const own = client();
  expect(await failed(own.post(url, {}))).toEqual(failure('unreachable', true));
  expect(await failed(own.post(url, {}))).toEqual(failure('unreachable', false));
});

test('a test can stand in for the peer with MSW', async () => {
  const server = setupServer(
    mocked.post('http://gateway.invalid/v1/permits', async ({ request }) =>
      HttpResponse.json({ echo: await request.json() }, { status: 201 }),
    ),
  );
  server.listen({ onUnhandledFrame: 'error' });
  onTestFinished(() => server.close());
  const response = await client().post('http://gateway.invalid/v1/permits', { id: 1 });
  expect(response).toMatchObject({ status: 201, body: { echo: { id: 1 } } });
});

const response = (body: unknown, status = 403) => ({
  status,
  mediaType: 'application/problem+json',
  body,
});
const denial = new RenkeiError('affair_not_listed', {
  ja: '事務',
  en: 'Affair',
  hint: { ja: '見る', en: 'Look' },
  extensions: { reasons: ['affair_not_listed'] },
});
const document = { ...problemOfError(denial, 'id') };

test('a problem document comes back as the error that it was', async () => {
  const server = await listen(() => problemAnswer(problemOfError(denial, 'id')));
  onTestFinished(() => server.close());
  const error = problemOf(await client().post(server.url, {}));
  expect(error).toBeInstanceOf(RenkeiError);
  expect(error).toMatchObject({ code: denial.code, detail: denial.detail });
});

test('any other answer is no problem document', () => {
  expect(problemOf({ status: 403, mediaType: 'application/json', body: document })).toBeUndefined();
});

test.each<[string, unknown, number]>([
  ['an unknown code', { ...document, code: 'made_up' }, 403],
  ['no code', { ...document, code: undefined }, 403],
  ['a name of Object.prototype as code', { ...document, code: 'constructor' }, 403],
  ['another status than its answer', document, 500],
  ['a hint in one language', { ...document, hint: { ja: '見る' } }, 403],
  ['endless words', { ...document, ja: 'x'.repeat(5_000) }, 403],
  ['no object', 'affair_not_listed', 403],
])('a problem document with %s is malformed', (_name, body, status) => {
  expect(() => problemOf(response(body, status))).toThrow(TransportError);
});
