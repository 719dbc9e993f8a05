import { createRoute, z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode, isErrorCode, RenkeiError } from '../../src/protocol/errors.ts';
import { getJson, postMessage } from '../../src/service/http/json-route.ts';
import { problemSchema } from '../../src/service/http/problem.ts';
import { serviceApp } from '../../src/service/http/service-app.ts';
import { fc } from '../support/property.ts';
import { logLines } from './log-lines.ts';

type Posted = NonNullable<RequestInit['body']>;
const SECRET = '123456789018';
const inquiry = z.strictObject({
  kind: z.enum(['tax', 'welfare']),
  count: z.int().min(1).max(9),
  period: z.strictObject({ from: z.iso.date() }).optional(),
  note: z.string().max(20).optional(),
  facts: z.record(z.string(), z.int()).optional(),
});

function started() {
  const { log, lines, raw } = logLines();
  let ready = true;
  const app = serviceApp({
    name: 'test',
    title: 'A test service',
    version: '1.2.3',
    log,
    maxBytes: 1_000,
    ready: () => ready,
  });
  postMessage(app, {
    path: '/v1/inquiries/{office}',
    summary: 'Inquire',
    request: inquiry,
    responses: { 201: z.strictObject({ got: z.unknown(), office: z.string() }) },
    errors: ['affair_not_listed', 'storage_full'],
    handle: async (message, context) => {
      const mistake = MISTAKES.get(message.note ?? '');
      if (mistake !== undefined) throw mistake;
      return {
        status: 201,
        body: { got: message, office: context.req.param('office') ?? '' },
        headers: { location: '/v1/inquiries/1' },
      };
    },
  });
  getJson(app, {
    path: '/v1/list',
    summary: 'List',
    query: z.strictObject({ at: z.iso.date() }),
    responses: { 200: z.strictObject({ at: z.string() }) },
    handle: ({ at }) => ({ status: 200, body: { at } }),
  });
  return {
    app,
    lines,
    raw,
    stop: () => {
      ready = false;
    },
  };
}

const MISTAKES = new Map<string, Error>([
  [
    'refuse',
    new RenkeiError('affair_not_listed', {
      ja: '事務 2 は照合リストにありません',
      en: 'Affair 2 is not on the list',
      hint: { ja: '照合リストを確かめてください', en: 'Look at the list' },
      extensions: { reasons: ['affair_not_listed'], status: 999, code: 'other' },
    }),
  ],
  ['crash', Object.assign(new Error(`could not store ${SECRET}`), { code: 'E_STORE' })],
  ['full', new RenkeiError('storage_full', {}, { cause: new Error(SECRET) })],
]);

const post = (
  app: ReturnType<typeof started>['app'],
  body: Posted,
  contentType = 'application/json',
  path = '/v1/inquiries/tokyo',
) => app.request(path, { method: 'POST', body, headers: { 'content-type': contentType } });

/** The problem document of an answer, checked against its own schema. */
async function problemIn(response: Response, status: number, code: ErrorCode) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect([response.status, problem.status, problem.code]).toEqual([status, status, code]);
  return problem;
}

const inquire = (more: object = {}) => JSON.stringify({ kind: 'tax', count: 1, ...more });

test('a message that fits reaches its handler and is answered as declared', async () => {
  const { app } = started();
  const response = await post(app, inquire(), 'application/json; charset=UTF-8');
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ got: { kind: 'tax', count: 1 }, office: 'tokyo' });
  expect(response.headers.get('location')).toBe('/v1/inquiries/1');
});

test('every answer forbids caching and guessing, also those of plain hono routes', async () => {
  const { app } = started();
  app.get('/plain', (context) => context.json({}));
  const paths = ['/plain', '/healthz', '/openapi.json', '/nowhere', '/v1/list'];
  for (const path of paths) {
    const { headers } = await app.request(path);
    expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
  }
});

test('a refusal carries its code, both languages, hint and extensions, which replace nothing', async () => {
  const { app, lines } = started();
  const problem = await problemIn(
    await post(app, inquire({ note: 'refuse' })),
    403,
    'affair_not_listed',
  );
  const [, ja, en] = ERRORS.affair_not_listed;
  expect(problem).toEqual({
    type: 'urn:renkei:error:affair_not_listed',
    title: `${ja} / ${en}`,
    status: 403,
    code: 'affair_not_listed',
    detail: '事務 2 は照合リストにありません / Affair 2 is not on the list',
    ja: '事務 2 は照合リストにありません',
    en: 'Affair 2 is not on the list',
    hint: { ja: '照合リストを確かめてください', en: 'Look at the list' },
    instance: expect.stringMatching(/^urn:renkei:problem:[\w-]{22}$/),
    reasons: ['affair_not_listed'],
  });
  expect(lines()).toMatchObject([
    { level: 'debug', code: 'affair_not_listed', route: '/v1/inquiries/:office' },
  ]);
});

test.each([
  ['crash', 'internal', 500, { name: 'Error', code: 'E_STORE' }],
  ['full', 'storage_full', 507, { name: 'Error' }],
] as const)(
  'a failure (%s) is told as %s, found in the log by its id, and quotes nothing',
  async (note, code, status, err) => {
    const { app, lines, raw } = started();
    const problem = await problemIn(await post(app, inquire({ note })), status, code);
    expect(problem.instance).toBe(`urn:renkei:problem:${lines()[0]?.id}`);
    expect(lines()).toMatchObject([{ level: 'error', code, err }]);
    expect(JSON.stringify(problem) + raw.join()).not.toContain(SECRET);
  },
);

test.each<[string, () => [body: string, path?: string], string]>([
  ['a text', () => [inquire({ note: `番号 ${SECRET}` })], '/note'],
  ['a full-width text', () => [inquire({ note: '１２３４－５６７８－９０１８' })], '/note'],
  ['a mistyped one', () => [inquire({ note: '123456789019' })], '/note'],
  ['a name of a member', () => [inquire({ facts: { [SECRET]: 1 } })], '/facts/…'],
  ['a number', () => [inquire({ facts: { a: Number(SECRET) } })], '/facts/a'],
  ['the path', () => [inquire(), `/v1/inquiries/${SECRET}`], '/office'],
])('an individual number in %s is refused, and not repeated', async (_, request, field) => {
  const { app, raw } = started();
  const [body, path] = request();
  const problem = await problemIn(await post(app, body, undefined, path), 400, 'message_malformed');
  expect(problem.fields).toEqual([{ field, issue: 'individual_number' }]);
  expect(JSON.stringify(problem) + raw.join()).not.toMatch(/12345678901|１２３４/);
});

test('an individual number is let in where a route says so, and not echoed when the rest is wrong', async () => {
  const { app } = started();
  postMessage(app, {
    path: '/v1/numbers',
    summary: 'Takes one',
    request: z.strictObject({ individualNumber: z.string(), note: z.string() }),
    responses: { 200: z.strictObject({}) },
    mayHoldNumbers: ['individualNumber'],
    handle: () => ({ status: 200, body: {} }),
  });
  const body = { individualNumber: SECRET, note: 'a' };
  expect((await post(app, JSON.stringify(body), undefined, '/v1/numbers')).status).toBe(200);
  const wrong = JSON.stringify({ ...body, note: SECRET });
  const problem = await problemIn(
    await post(app, wrong, undefined, '/v1/numbers'),
    400,
    'message_malformed',
  );
  expect(problem.fields).toEqual([{ field: '/note', issue: 'individual_number' }]);
});

test.each<[string, object, object[]]>([
  ['an unknown field', { person: 1 }, [{ field: '/person', issue: 'unknown_field' }]],
  ['a missing field', { count: undefined }, [{ field: '/count', issue: 'missing' }]],
  ['a missing field further down', { period: {} }, [{ field: '/period/from', issue: 'missing' }]],
  [
    'another type',
    { count: SECRET },
    [{ field: '/count', issue: 'wrong_type', expected: 'number' }],
  ],
  ['null', { count: null }, [{ field: '/count', issue: 'wrong_type', expected: 'number' }]],
  ['a value not on the list', { kind: SECRET }, [{ field: '/kind', issue: 'not_allowed' }]],
  ['too much', { count: 12 }, [{ field: '/count', issue: 'too_large' }]],
  ['too long', { note: SECRET + SECRET }, [{ field: '/note', issue: 'too_large' }]],
  [
    'another format',
    { period: { from: SECRET } },
    [{ field: '/period/from', issue: 'wrong_format', expected: 'date' }],
  ],
  [
    'data in the place of a name',
    { facts: { [SECRET]: 'x' }, [SECRET]: 1 },
    [
      { field: '/facts/…', issue: 'wrong_type', expected: 'number' },
      { field: '/…', issue: 'unknown_field' },
    ],
  ],
])('%s is named by field and kind of mistake, never by value', async (_name, more, fields) => {
  const { app, raw } = started();
  const problem = await problemIn(await post(app, inquire(more)), 400, 'message_malformed');
  expect(problem.fields).toEqual(fields.map((field) => expect.objectContaining(field)));
  expect(JSON.stringify(problem) + raw.join()).not.toContain(SECRET);
});

test('of many mistakes ten are told', async () => {
  const { app } = started();
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`field_${n}`, 1]));
  const problem = await problemIn(await post(app, inquire(many)), 400, 'message_malformed');
  expect(problem.fields).toHaveLength(10);
});

test.each<[string, Posted, string]>([
  ['another content type', inquire(), 'text/plain'],
  ['JSON in another alphabet', inquire(), 'application/json; charset=shift_jis'],
  ['a form', 'kind=tax', 'application/x-www-form-urlencoded'],
  ['no JSON', `{"kind": "${SECRET}`, 'application/json'],
  ['nothing', '', 'application/json'],
  ['broken UTF-8', Buffer.from(inquire({ note: 'x\u00ff' }), 'latin1'), 'application/json'],
  ['UTF-16', Buffer.from(inquire(), 'utf16le'), 'application/json'],
  ['nesting without end', '['.repeat(900), 'application/json'],
  ['deep nesting', '['.repeat(450) + ']'.repeat(450), 'application/json'],
  ['a list', '[]', 'application/json'],
  ['null', 'null', 'application/json'],
])('%s is message_malformed', async (_name, body, type) => {
  const { app, raw } = started();
  const problem = await problemIn(await post(app, body, type), 400, 'message_malformed');
  expect(JSON.stringify(problem) + raw.join()).not.toContain(SECRET);
});

test('keys that would change a prototype are unknown fields and change nothing', async () => {
  const { app } = started();
  const body = '{"kind":"tax","count":1,"__proto__":{"polluted":1},"constructor":{"prototype":{}}}';
  const problem = await problemIn(await post(app, body), 400, 'message_malformed');
  expect(problem.fields).toEqual([
    { field: '/__proto__', issue: 'unknown_field' },
    { field: '/constructor', issue: 'unknown_field' },
  ]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('whatever is posted is answered with 201 or message_malformed', async () => {
  const { app } = started();
  const bodies = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .record({ kind: fc.constantFrom('tax', 'x'), count: fc.integer(), extra: fc.jsonValue() })
      .map((value) => JSON.stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const response = await post(app, body);
      if (response.status !== 201 && response.status !== 413) {
        await problemIn(response, 400, 'message_malformed');
      }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['a string', inquire({ note: 'x'.repeat(1_000) })],
  ['a stream of unknown length', new Blob(['x'.repeat(1_001)]).stream()],
])('%s over the limit is payload_too_large', async (_name, body) => {
  const { app } = started();
  const response = await app.request('/v1/inquiries/tokyo', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
    ...(typeof body === 'string' ? {} : { duplex: 'half' }),
  });
  const problem = await problemIn(response, 413, 'payload_too_large');
  expect(problem.max_bytes).toBe(1_000);
});

test('a message of just the limit passes', async () => {
  const { app } = started();
  const body = inquire().padEnd(1_000);
  expect((await post(app, body)).status).toBe(201);
});

test('an unknown path is not_found; a known one with another method names those it takes', async () => {
  const { app } = started();
  await problemIn(await app.request('/v1/nowhere'), 404, 'not_found');
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
    const response = await app.request('/v1/inquiries/tokyo', { method });
    expect(response.headers.get('allow')).toBe('POST');
    await problemIn(response, 405, 'not_found');
  }
});

test('a query string is checked like a message', async () => {
  const { app } = started();
  const at = await app.request('/v1/list?at=2026-11-22');
  expect([at.status, await at.json()]).toEqual([200, { at: '2026-11-22' }]);
  const problem = await problemIn(await app.request('/v1/list?to=1'), 400, 'message_malformed');
  expect(problem.fields).toEqual([
    { field: '/at', issue: 'missing' },
    { field: '/to', issue: 'unknown_field' },
  ]);
});

test('routes added with app.openapi answer mistakes in the same way', async () => {
  const { app } = started();
  const json = { 'application/json': { schema: inquiry } };
  const route = createRoute({
    method: 'post',
    path: '/other',
    request: { body: { required: true, content: json } },
    responses: { 200: { description: 'ok', content: json } },
  });
  app.openapi(route, (context) => context.json(context.req.valid('json'), 200));
  const ask = (body: string, type?: string) => post(app, body, type, '/other');
  const problem = await problemIn(await ask('{"kind":"tax"}'), 400, 'message_malformed');
  expect(problem.fields).toEqual([{ field: '/count', issue: 'missing' }]);
  await problemIn(await ask('{'), 400, 'message_malformed');
  await problemIn(await ask(inquire(), 'text/plain'), 400, 'message_malformed');
});

test('/healthz answers while running, /readyz only while the service can work', async () => {
  const { app, stop } = started();
  const ask = async (path: string) => {
    const response = await app.request(path);
    return [response.status, await response.json()];
  };
  expect(await ask('/healthz')).toEqual([200, { status: 'ok', service: 'test' }]);
  expect(await ask('/readyz')).toEqual([200, { status: 'ready', service: 'test' }]);
  stop();
  expect(await ask('/healthz')).toEqual([200, { status: 'ok', service: 'test' }]);
  expect(await ask('/readyz')).toEqual([503, { status: 'not_ready', service: 'test' }]);
});

const openApi = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional(),
        responses: z.record(
          z.string(),
          z.object({ description: z.string(), content: z.record(z.string(), z.unknown()) }),
        ),
      }),
    ),
  ),
});

test('/openapi.json declares every route with its answers, errors and problem document', async () => {
  const { app } = started();
  const document = openApi.parse(await (await app.request('/openapi.json')).json());
  expect(document.info).toEqual({ title: 'A test service', version: '1.2.3' });
  expect(Object.keys(document.paths).sort()).toEqual([
    '/healthz',
    '/readyz',
    '/v1/inquiries/{office}',
    '/v1/list',
  ]);
  const route = document.paths['/v1/inquiries/{office}']?.post;
  expect(route?.parameters).toEqual([{ name: 'office', in: 'path' }]);
  expect(Object.keys(route?.responses ?? {})).toEqual(['201', '400', '403', '413', '500', '507']);
  expect(route?.responses['403']).toEqual({
    description: `affair_not_listed (${ERRORS.affair_not_listed[1]})`,
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    },
  });
});

test.each(Object.keys(ERRORS).filter(isErrorCode))('%s has a problem document', async (code) => {
  const { app } = started();
  app.get('/fail', () => {
    throw new RenkeiError(code);
  });
  const problem = await problemIn(await app.request('/fail'), ERRORS[code][0], code);
  expect(problem.detail).toBe(problem.title);
});
