import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { busyRun } from '../support/busy.ts';
import { watchCalls } from '../support/call.ts';
import { permitRequestOf } from '../support/messages.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

const Content = z.record(z.string(), z.looseObject({ schema: z.unknown() }));
const Operation = z.looseObject({
  summary: z.string().min(1),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().optional(),
        schema: z.unknown(),
      }),
    )
    .optional(),
  requestBody: z.looseObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.looseObject({ description: z.string().min(1), content: Content.optional() }),
  ),
});
const Document = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string().min(1), version: z.string().min(1) }),
  paths: z.record(
    z.string().startsWith('/'),
    z
      .record(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation)
      .or(z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation)),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});
type Document = z.infer<typeof Document>;

const PERSONS = `${KUMAGAYA} address-numbers`;
/** What a route takes that takes no JSON. */
const TYPES: Readonly<Record<string, string>> = {
  '/v1/token': 'application/x-www-form-urlencoded',
  '/v1/batches': 'text/csv',
  '/v1/copies/imports': 'text/csv',
  '/v1/copies/reconciliations': 'text/csv',
};

const PARTIES = [GATEWAY, KUMAGAYA, PERSONS, 'registry', 'control'] as const;
interface Seen {
  readonly party: string;
  readonly method: string;
  readonly path: string;
  readonly request: string;
  readonly status: number;
  readonly type: string;
  readonly response: string;
}

let net: TestNetwork;
let wire: Wire;
const documents = new Map<string, Document>();
const seen: Seen[] = [];
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork();
  const partyAt = (origin: string) =>
    [...PARTIES, MATSUE].find((party) => net.url(party) === origin);
  watchCalls(({ method, url, body }, { status, type, text }) => {
    const party = partyAt(url.origin);
    if (party)
      seen.push({ party, method, path: url.pathname, request: body, status, type, response: text });
  });
  for (const party of [...PARTIES, MATSUE]) {
    const { text } = await net.get(party, '/openapi.json');
    documents.set(party, Document.parse(JSON.parse(text)));
  }
  await busyRun(net, wire);
  await everyRead();
  for (const { origin, path, request, status, response } of wire.passages) {
    const party = partyAt(origin);
    const type =
      response.startsWith('{"type":"urn:') || response.includes('"type":"urn:renkei:error')
        ? 'application/problem+json'
        : 'application/json';
    // A request that was broken on purpose has no answer.
    if (party && response !== '')
      seen.push({
        party,
        method: request === '' ? 'GET' : 'POST',
        path,
        request,
        status,
        type,
        response,
      });
  }
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

/** What no other party reads: the staff’s pages, the publications, refusals of each kind. */
async function everyRead(): Promise<void> {
  const staff = { token: net.token(KUMAGAYA, 'jocho') };
  const { exchange = '' } = viewOf(
    await net.inquire(await net.flagged({ autoResponseDisabled: true })),
  );
  for (const path of [
    '/v1/records',
    '/v1/reviews',
    `/v1/reviews/${exchange}`,
    '/v1/status',
    '/.well-known/jwks.json',
    '/healthz',
    '/readyz',
    `/v1/reviews/${net.newId()}`,
  ]) {
    await net.get(KUMAGAYA, path, staff);
    await net.get(KUMAGAYA, path);
  }
  for (const path of [
    '/v1/directory',
    '/v1/permission-lists',
    '/v1/permission-lists/none',
    '/.well-known/jwks.json',
    '/healthz',
  ]) {
    await net.get(GATEWAY, path);
  }
  for (const path of [
    '/v1/parties',
    '/v1/journal',
    `/v1/examples?inquirer=${MATSUE}&provider=${KUMAGAYA}`,
    '/v1/examples',
    '/v1/clock',
    '/v1/faults',
  ]) {
    await net.get('control', path, { token: net.token('control', 'operator') });
  }
  await net.inquire(net.somebody('ordinary'), { item: 'x' });
  await net.inquire({ number: '999999999999999' });
  const message = await permitRequestOf(net, net.somebody('ordinary'));
  await net.post(GATEWAY, '/v1/permits', { message });
  await net.post(GATEWAY, '/v1/permits', { message });
  await net.step('approve', exchange, 'jocho');
}

/** A schema with its references put in their place. */
function resolved(document: Document, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((each) => resolved(document, each));
  if (typeof schema !== 'object' || schema === null) return schema;
  if ('$ref' in schema) {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(String(schema.$ref))?.[1] ?? '';
    const target = document.components.schemas[name];
    if (target === undefined) throw new Error(`${schema.$ref} refers to nothing`);
    return resolved(document, target);
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, resolved(document, value)]),
  );
}
const validator = (document: Document, schema: unknown): z.ZodType =>
  z.fromJSONSchema(resolved(document, schema) as Parameters<typeof z.fromJSONSchema>[0]);

function operationOf(document: Document, { method, path }: Pick<Seen, 'method' | 'path'>) {
  for (const [template, operations] of Object.entries(document.paths)) {
    const pattern = new RegExp(
      `^${template.replaceAll('.', '\\.').replaceAll(/\{.+?\}/g, '[^/]+')}$`,
    );
    const operation = Object.entries(operations).find(
      ([name]) => name.toUpperCase() === method,
    )?.[1];
    if (operation && pattern.test(path)) return { template, operation };
  }
  return undefined;
}

describe.each(PARTIES)('/openapi.json of %s', (party) => {
  const document = (): Document => {
    const found = documents.get(party);
    if (!found) throw new RangeError(party);
    return found;
  };
  const operations = () =>
    Object.entries(document().paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  test('names every route that there is, and no other', () => {
    // The control plane’s app is nobody’s to hold; its routes are seen by what they answer.
    if (party === 'control') {
      expect(operations().length).toBeGreaterThan(4);
      return;
    }
    const apps = {
      [GATEWAY]: net.network.gateway.app,
      registry: net.network.registry.app,
      [KUMAGAYA]: net.network.agency(KUMAGAYA).app,
      [PERSONS]: net.addressNumbers(KUMAGAYA).app,
    };
    const own = apps[party].routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/openapi.json')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(?:\{.+\})?/g, '{$1}')}`);
    const named = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(named.sort()).toEqual([...new Set(own)].sort());
  });

  test('declares path parameters, bodies, and an answer in JSON for every route; refusals are problem documents', () => {
    for (const { path, method, operation } of operations()) {
      const where = `${method} ${path}`;
      const inPath = [...path.matchAll(/\{(.+?)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((each) => each.in === 'path');
      expect(
        declared.map(({ name }) => name),
        where,
      ).toEqual(inPath);
      expect(
        declared.every(({ required }) => required),
        where,
      ).toBe(true);
      if (method === 'post') {
        expect(operation.requestBody, where).toMatchObject({ required: true });
        const type = TYPES[path] ?? 'application/json';
        expect(Object.keys(operation.requestBody?.content ?? {}), where).toEqual([type]);
      }
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => status.startsWith('2')),
        where,
      ).toBe(true);
      if (!path.endsWith('/live'))
        expect(statuses, where).toEqual(expect.arrayContaining(['400', '500']));
      for (const [status, { content }] of Object.entries(operation.responses)) {
        // A service that is not ready says so in its own form.
        if (Number(status) < 400 || status === '503') continue;
        expect(Object.keys(content ?? {}), `${where} ${status}`).toContain(
          'application/problem+json',
        );
      }
    }
  });

  test('holds schemas that can be read, and references to something', () => {
    for (const { operation } of operations()) {
      for (const { content } of Object.values(operation.responses)) {
        for (const { schema } of Object.values(content ?? {}))
          if (schema !== undefined) validator(document(), schema);
      }
      for (const { schema } of Object.values(operation.requestBody?.content ?? {}))
        validator(document(), schema);
    }
  });
});

test('every answer that was seen is as declared: status, media type and schema; so was every request that was heard', () => {
  const kinds = new Set<string>();
  for (const each of seen) {
    if (each.path === '/openapi.json') continue;
    const document = documents.get(each.party);
    const found = document && operationOf(document, each);
    if (!document || !found)
      throw new Error(`${each.method} ${each.path} of ${each.party} is not declared`);
    const where = `${each.party} ${each.method} ${found.template} ${each.status}`;
    kinds.add(where);
    const response = found.operation.responses[each.status];
    expect(response, `${where} is not declared: ${each.response}`).toBeDefined();
    const type = each.type.split(';')[0] ?? '';
    const schema = response?.content?.[type]?.schema;
    expect(schema, `${where} ${type} is not declared`).toBeDefined();
    const checked = validator(document, schema).safeParse(JSON.parse(each.response));
    expect(checked.error?.issues, where).toBeUndefined();
    const body = found.operation.requestBody?.content['application/json']?.schema;
    if (each.status < 300 && body !== undefined) {
      expect(
        validator(document, body).safeParse(JSON.parse(each.request)).error?.issues,
        where,
      ).toBeUndefined();
    }
  }
  expect(kinds.size).toBeGreaterThan(45);
});
