import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { numericDate } from '../../src/protocol/day.ts';
import { GATEWAY, REGISTRY } from '../../src/protocol/identifiers.ts';
import type { Signer } from '../../src/protocol/keys.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { call, type Reply } from '../support/call.ts';
import { keysOf, permitRequestClaims, signAnything } from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

const PARTIES = [GATEWAY, KUMAGAYA, `${KUMAGAYA} address-numbers`, 'registry', 'control'] as const;
let net: TestNetwork;
let keys: Awaited<ReturnType<typeof keysOf>>;
let somebody: Somebody;
const routes = new Map<
  string,
  { path: string; template: RegExp; methods: string[]; json: boolean }[]
>();
beforeAll(async () => {
  net = await testNetwork();
  keys = await keysOf(net);
  somebody = net.somebody('ordinary');
  for (const party of PARTIES) {
    const { paths } = (await net.get(party, '/openapi.json')).json as {
      paths: Record<string, { post?: { requestBody?: { content?: object } } }>;
    };
    routes.set(
      party,
      // What goes through the operator’s door to a node is that node’s to refuse.
      Object.entries(paths)
        .filter(([path]) => !path.startsWith('/v1/nodes/'))
        .map(([path, methods]) => ({
          path: path.replaceAll(/\{.+?\}/g, net.newId()),
          template: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{.+?\}/g, '[^/]+')}$`),
          methods: Object.keys(methods).map((method) => method.toUpperCase()),
          json: 'application/json' in (methods.post?.requestBody?.content ?? {}),
        })),
    );
  }
});
afterAll(() => net.network.close());

/** Everything that a bad message could have left behind. */
const state = () => ({
  records: [GATEWAY, KUMAGAYA, MATSUE].map((party) => net.records(party).length),
  open: [KUMAGAYA, MATSUE].map(
    (agency) =>
      net.network
        .agency(agency)
        .node.store.read.inquiriesIn(['asking', 'permitted', 'pending', 'open']).length,
  ),
  clock: net.clock.now(),
  running: net.network.agencies.size,
});
const tokenFor = (party: string, path: string): string | undefined =>
  party.startsWith(KUMAGAYA) || party === 'control'
    ? net.token(party, path.includes('/reviews') ? 'tanto' : 'gyomu')
    : undefined;
const bearer = (party: string, path: string) => {
  const token = tokenFor(party, path);
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
};
/** Routes that take JSON; forms have their own tests. */
const posts = (party: string) => (routes.get(party) ?? []).filter(({ json }) => json);

/** Sends bytes as they are, which fetch would not. */
function raw(
  url: string,
  bytes: Buffer,
  headers: http.OutgoingHttpHeaders,
): Promise<Pick<Reply, 'status' | 'text'>> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.once('error', reject);
    request.end(bytes);
  });
}

describe.each(PARTIES)('%s', (party) => {
  test('what is no message is message_malformed on every route, in both languages, and has no effect', async () => {
    const before = state();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const bodies: [string, string][] = [
      ['cut short', '{"message":"a'],
      ['no JSON', 'message=a'],
      ['empty', ''],
      ['a list', '[]'],
      ['null', 'null'],
      ['a number', '1'],
      ['text', '"message"'],
      ['nested 100,000 deep', deep],
      ['nested 100,000 deep in a field', `{"message":${deep}}`],
      ['an unknown field', '{"unknownField":1}'],
      ['a prototype', '{"__proto__":{"message":"a"},"unknownField":1}'],
      ['two documents', '{}{}'],
    ];
    for (const { path } of posts(party)) {
      for (const [what, body] of bodies) {
        const reply = await net.post(party, path, body, { token: tokenFor(party, path) });
        // The control plane takes less than the parties do: there, deep is too large already.
        const code =
          party === 'control' && what.startsWith('nested')
            ? String(reply.json.code)
            : 'message_malformed';
        expect(['message_malformed', 'payload_too_large'], `${path}: ${what}`).toContain(code);
        expectProblem(reply, code);
      }
    }
    expect(state()).toEqual(before);
  });

  test('an unknown field is named', async () => {
    for (const { path } of posts(party)) {
      const reply = await net.post(
        party,
        path,
        { unknownField: 1 },
        { token: tokenFor(party, path) },
      );
      expectProblem(reply, 'message_malformed');
      // Ten mistakes are told at most.
      if (Array.isArray(reply.json.fields) && reply.json.fields.length === 10) continue;
      expect(reply.json.fields, path).toContainEqual({
        field: '/unknownField',
        issue: 'unknown_field',
      });
    }
  });

  test('bytes that are no UTF-8 are not repaired', async () => {
    const body = Buffer.concat([
      Buffer.from('{"message":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]);
    for (const { path } of posts(party)) {
      const reply = await raw(`${net.url(party)}${path}`, body, {
        ...bearer(party, path),
        'content-type': 'application/json',
        'content-length': body.length,
      });
      expect([reply.status, JSON.parse(reply.text).code], path).toEqual([400, 'message_malformed']);
    }
  });

  test('another content type is refused with a hint', async () => {
    for (const { path } of posts(party)) {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/json; charset=shift_jis',
      ]) {
        const reply = await net.post(party, path, '{}', {
          token: tokenFor(party, path),
          headers: { 'content-type': type },
        });
        expectProblem(reply, 'message_malformed');
        expect(reply.json.hint).toBeDefined();
      }
    }
  });

  test('an oversized body is payload_too_large, declared or not', async () => {
    const body = JSON.stringify({ message: 'x'.repeat(net.network.config.message.maxBytes) });
    // A whole network’s state is larger than any message.
    for (const { path } of posts(party).filter((route) => route.path !== '/v1/state')) {
      const reply = await net.post(party, path, body, { token: tokenFor(party, path) });
      expectProblem(reply, 'payload_too_large');
      expect(reply.json.hint).toBeDefined();
      const chunked = await raw(`${net.url(party)}${path}`, Buffer.from(body), {
        ...bearer(party, path),
        'content-type': 'application/json',
        'transfer-encoding': 'chunked',
      }).catch(() => undefined);
      if (chunked) expect(JSON.parse(chunked.text).code).toBe('payload_too_large');
    }
  });

  test('another method is refused with those that the path takes, an unknown path with not_found', async () => {
    const all = routes.get(party) ?? [];
    for (const { path } of all) {
      // `/changes/merge` is also a `/changes/{id}`, and takes what either takes.
      const same = all.filter(({ template }) => template.test(path));
      const taken = [...new Set(same.flatMap(({ methods }) => methods))].sort();
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        if (taken.includes(method)) continue;
        const reply = await call(`${net.url(party)}${path}`, method === 'GET' ? undefined : '{}', {
          method,
          token: tokenFor(party, path),
        });
        expectProblem(reply, 'not_found', 405);
        expect(reply.headers.get('allow')?.split(', ').sort(), path).toEqual(taken);
      }
    }
    for (const path of [
      '/',
      '/v1',
      '/v2/permits',
      '/v1/permits/x/y',
      '/%00',
      '/v1/../etc/passwd',
      '/healthz/',
    ]) {
      expectProblem(await net.get(party, path, { token: tokenFor(party, path) }), 'not_found');
    }
  });

  test('it is well afterwards', async () => {
    expect((await net.get(party, '/healthz')).json).toMatchObject({ status: 'ok' });
    expect((await net.get(party, '/readyz')).json).toMatchObject({ status: 'ready' });
  });
});

describe('signed messages', () => {
  interface Form {
    readonly party: string;
    readonly path: string;
    readonly typ: string;
    readonly claims: () => Record<string, unknown>;
    readonly signer: () => Signer;
  }
  const forms: Record<string, Form> = {
    'a permit request to the gateway': {
      party: GATEWAY,
      path: '/v1/permits',
      typ: 'permit-request+jwt',
      claims: () => ({ ...permitRequestClaims(net, somebody) }),
      signer: () => keys.node(MATSUE),
    },
    'a query to the gateway': {
      party: GATEWAY,
      path: '/v1/query',
      typ: 'query+jwt',
      claims: () => ({ iss: MATSUE, aud: GATEWAY, jti: net.newId(), iat: now(), permit: 'permit' }),
      signer: () => keys.node(MATSUE),
    },
    'a collect to the gateway': {
      party: GATEWAY,
      path: '/v1/collect',
      typ: 'collect+jwt',
      claims: () => ({ iss: MATSUE, aud: GATEWAY, jti: net.newId(), iat: now(), received: [] }),
      signer: () => keys.node(MATSUE),
    },
    'a code request to the registry': {
      party: 'registry',
      path: '/v1/code-requests',
      typ: 'code-request+jwt',
      claims: () => ({
        iss: MATSUE,
        aud: REGISTRY,
        jti: net.newId(),
        iat: now(),
        entries: [{ acquisition: net.newId(), individualNumber: somebody.individualNumber }],
      }),
      signer: () => keys.addressNumbers(MATSUE),
    },
  };
  const now = () => numericDate(net.clock.now());
  const tolerance = () => net.network.config.message.toleranceSeconds;
  type Change = {
    claims?: Record<string, unknown>;
    typ?: string;
    signer?: () => Signer;
    without?: string;
  };
  const send = async (
    form: Form,
    { claims, typ = form.typ, signer = form.signer, without = '' }: Change,
  ) => {
    const { [without]: _, ...all } = { ...form.claims(), ...claims };
    return await net.post(form.party, form.path, {
      message: await signAnything(typ, all, signer()),
    });
  };

  describe.each(Object.entries(forms))('%s', (_, form) => {
    const cases: [string, string, () => Change][] = [
      ['too old', 'clock_skew', () => ({ claims: { iat: now() - tolerance() - 1 } })],
      ['from the future', 'clock_skew', () => ({ claims: { iat: now() + tolerance() + 1 } })],
      ['by an agency that nobody knows', 'agency_unknown', () => ({ claims: { iss: '99999' } })],
      [
        'by a key that nobody knows',
        'signature_invalid',
        () => ({ signer: () => ({ ...form.signer(), kid: 'no.such.key' }) }),
      ],
      [
        'by another agency’s key',
        'signature_invalid',
        () => ({ signer: () => ({ ...keys.node(KUMAGAYA), kid: form.signer().kid }) }),
      ],
      ['of another kind', 'message_malformed', () => ({ typ: 'permit+jwt' })],
      ['of no kind', 'message_malformed', () => ({ typ: 'JWT' })],
      ['to somebody else', 'message_malformed', () => ({ claims: { aud: KUMAGAYA } })],
      ['without an id', 'message_malformed', () => ({ without: 'jti' })],
      ['without a time', 'message_malformed', () => ({ without: 'iat' })],
      [
        'with a field that nobody knows',
        'message_malformed',
        () => ({ claims: { unknownField: 1 } }),
      ],
      ['with a time that is text', 'message_malformed', () => ({ claims: { iat: String(now()) } })],
      ['with an id of another length', 'message_malformed', () => ({ claims: { jti: 'short' } })],
      [
        'with an issuer that is no agency',
        'message_malformed',
        () => ({ claims: { iss: 'gateway' } }),
      ],
    ];
    test.each(cases)('%s: %s, and nothing is recorded', async (_case, code, change) => {
      const before = state();
      const reply = await send(form, change());
      expectProblem(reply, code);
      if (code === 'clock_skew') expect(reply.json.hint).toBeDefined();
      expect(state()).toEqual(before);
    });

    test('within the tolerance of both clocks it is heard', async () => {
      for (const iat of [now() - tolerance(), now() + tolerance()]) {
        const { json } = await send(form, { claims: { iat } });
        expect(json.code).not.toBe('clock_skew');
        expect(json.code).not.toBe('message_malformed');
      }
    });

    test('text that is no JWS is message_malformed', async () => {
      for (const message of [
        'a',
        'a.b.c',
        '..',
        'e30.e30.',
        'e30.e30.e30',
        `${'a.'.repeat(1000)}`,
        '見本',
      ]) {
        const reply = await net.post(form.party, form.path, { message });
        expect(['message_malformed', 'signature_invalid']).toContain(reply.json.code);
        expectProblem(reply, String(reply.json.code));
      }
      for (const message of [1, null, {}, [], true, '']) {
        expectProblem(await net.post(form.party, form.path, { message }), 'message_malformed');
      }
    });
  });

  test('a permit request that names neither affair nor item, or something of the wrong form', async () => {
    const form = forms['a permit request to the gateway'];
    if (!form) throw new RangeError();
    expectProblem(await send(form, { without: 'item' }), 'message_malformed');
    for (const claims of [
      { item: '第25項' },
      { provider: '1' },
      { information: VACCINATION },
      { person: 'x' },
      { oneTimeKey: 'x' },
      { period: { from: '2026-02-30' } },
      { period: { since: '2026-01-01' } },
    ]) {
      expectProblem(await send(form, { claims }), 'message_malformed');
    }
  });

  test('a code request with a number whose check digit is wrong is refused, and the number is not repeated', async () => {
    const form = forms['a code request to the registry'];
    if (!form) throw new RangeError();
    const individualNumber = '123456789010';
    const reply = await send(form, {
      claims: { entries: [{ acquisition: net.newId(), individualNumber }] },
    });
    expectProblem(reply, 'message_malformed');
    expect(reply.text).not.toContain(individualNumber);
    expectProblem(await send(form, { claims: { entries: [] } }), 'message_malformed');
  });
});

describe('business systems and staff', () => {
  const good = () => ({
    integratedAddressNumber: somebody.number,
    provider: KUMAGAYA,
    item: '25',
    information: informationCode(VACCINATION),
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a number of fourteen digits',
      { integratedAddressNumber: '12345678901234' },
      '/integratedAddressNumber',
    ],
    [
      'a number that is a number',
      { integratedAddressNumber: 123456789012345 },
      '/integratedAddressNumber',
    ],
    ['a provider that is no code', { provider: '熊谷市長' }, '/provider'],
    ['an item that is no item', { item: '25項' }, '/item'],
    ['an id of its own kind', { id: 'my-inquiry-1' }, '/id'],
    ['no information', { information: '' }, '/information'],
    ['a day that is none', { period: { from: '2026-02-30' } }, '/period/from'],
    [
      'a field of the period that nobody knows',
      { period: { since: '2026-01-01' } },
      '/period/since',
    ],
    ['a field that nobody knows', { urgent: true }, '/urgent'],
    ['information of a megabyte', { information: 'x'.repeat(1_000_000) }, '/information'],
  ])('an inquiry with %s is message_malformed and says where', async (_, change, field) => {
    const before = state();
    const reply = await net.post(
      MATSUE,
      '/v1/inquiries',
      { ...good(), ...change },
      { token: net.token(MATSUE, 'gyomu') },
    );
    expectProblem(reply, 'message_malformed');
    expect(reply.json.fields).toContainEqual(expect.objectContaining({ field }));
    expect(state()).toEqual(before);
  });

  test('an inquiry without item and affair, or without anything', async () => {
    const { item, ...rest } = good();
    expect(item).toBe('25');
    for (const body of [rest, {}]) {
      expectProblem(
        await net.post(MATSUE, '/v1/inquiries', body, { token: net.token(MATSUE, 'gyomu') }),
        'message_malformed',
      );
    }
  });

  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Basic Z3lvbXU6',
    'bearer TOKEN',
    'Bearer TOKEN TOKEN',
    `Bearer ${'x'.repeat(129)}`,
  ])('the authorization %j is not_authenticated, with a hint', async (text) => {
    const authorization = text.replaceAll('TOKEN', net.token(MATSUE, 'gyomu'));
    const reply = await net.post(MATSUE, '/v1/inquiries', good(), { headers: { authorization } });
    expectProblem(reply, 'not_authenticated');
    expect(reply.json.hint).toBeDefined();
  });

  test.each(['after=-1', 'after=x', 'limit=0', 'limit=1001', 'limit=1.5', 'before=1'])(
    'records?%s is message_malformed',
    async (queryString) => {
      const reply = await net.get(MATSUE, `/v1/records?${queryString}`, {
        token: net.token(MATSUE, 'kansa'),
      });
      expectProblem(reply, 'message_malformed');
    },
  );

  test('acquisition numbers for nobody, or for too many, are message_malformed', async () => {
    for (const persons of [[], ['1'], Array.from({ length: 1001 }, () => somebody.number)]) {
      expectProblem(
        await net.post(
          MATSUE,
          '/v1/acquisitions',
          { persons },
          { token: net.token(MATSUE, 'atena') },
        ),
        'message_malformed',
      );
    }
  });
});

test('the control plane knows no other agency than those that take part', async () => {
  expectProblem(
    await net.get('control', `/v1/examples?inquirer=${MATSUE}&provider=99999`),
    'not_found',
  );
  expectProblem(await net.get('control', `/v1/examples?inquirer=${MATSUE}`), 'message_malformed');
  expectProblem(await net.get('control', '/v1/journal?limit=0'), 'message_malformed');
});
