import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import {
  type AssertionChange,
  assertion,
  enter,
  type KeyPair,
  keyPair,
  logIn,
} from '../support/business-system.ts';
import { affairOf } from '../support/law.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

// a connection from an existing system is authenticated; a system that is not allowed is turned away.
// nothing can be asked for but what the affair needs.

let net: TestNetwork;
let own: KeyPair;
let others: KeyPair;
beforeAll(async () => {
  net = await testNetwork();
  [own, others] = await Promise.all([keyPair(), keyPair('ES256')]);
  await enter(net, { id: 'kenko', keys: [own.publicJwk] });
  await enter(net, { id: 'zeimu', keys: [others.publicJwk] });
});
afterAll(() => net.network.close());

const operations = (agency = MATSUE) =>
  net.network
    .agency(agency)
    .node.store.read.operations(0, 10_000)
    .map(({ operation }) => operation);

const asKanri = (path: string, body: unknown) =>
  net.post(MATSUE, path, body, { token: net.token(MATSUE, 'kanri') });

async function tokenOf(system: string, key: KeyPair): Promise<string> {
  const reply = await logIn(net, await assertion(net, system, key));
  expect(reply.status, reply.text).toBe(200);
  expect(reply.json).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
  return String(reply.json.access_token);
}

const ask = (token: string, change: Readonly<Record<string, unknown>> = {}) =>
  net.post(
    MATSUE,
    '/v1/inquiries',
    {
      integratedAddressNumber: net.somebody('ordinary').number,
      provider: KUMAGAYA,
      item: '25',
      information: VACCINATION,
      ...change,
    },
    { token },
  );

describe('logging in', () => {
  test.each([
    ['Ed25519', 'kenko', () => own],
    ['P-256', 'zeimu', () => others],
  ])('a token for an assertion signed with %s, and an inquiry with it', async (_, system, key) => {
    const token = await tokenOf(system, key());
    expect((await ask(token)).json).toMatchObject({ state: 'provided' });
    expect(operations().at(-1)).toMatchObject({
      actorKind: 'business-system',
      actor: system,
      operation: 'log-in',
      outcome: 'done',
    });
  });

  test('the token ends after ten minutes, and is nowhere in the storage', async () => {
    const token = await tokenOf('kenko', own);
    net.clock.advance(600_000 - 1);
    expect((await ask(token)).status).toBe(200);
    net.clock.advance(1);
    expectProblem(await ask(token), 'not_authenticated');
    const bytes = Buffer.from(await net.network.agency(MATSUE).serialize());
    expect(bytes.includes(token)).toBe(false);
    expect(bytes.includes(token.slice(3))).toBe(false);
  });

  test('an assertion is good once, also when it is sent many times at once', async () => {
    const token = await assertion(net, 'kenko', own);
    const replies = await Promise.all(Array.from({ length: 8 }, () => logIn(net, token)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...new Array(7).fill(409)]);
    expectProblem(await logIn(net, token), 'message_replayed');
  });

  test('the same jti of another system is its own', async () => {
    const claims = { jti: net.newId() };
    expect((await logIn(net, await assertion(net, 'kenko', own, { claims }))).status).toBe(200);
    expect((await logIn(net, await assertion(net, 'zeimu', others, { claims }))).status).toBe(200);
  });
});

describe('an assertion is refused', () => {
  const at = (seconds: number) => Math.floor(net.clock.now() / 1000) + seconds;
  const wrong: [string, () => AssertionChange][] = [
    ['addressed to another node', () => ({ claims: { aud: KUMAGAYA } })],
    ['addressed to several', () => ({ claims: { aud: [MATSUE, KUMAGAYA] } })],
    ['addressed to nobody', () => ({ claims: { aud: undefined } })],
    ['expired', () => ({ claims: { iat: at(-120), exp: at(-60) } })],
    ['made too long ago', () => ({ claims: { iat: at(-400), exp: at(10) } })],
    ['made in the future', () => ({ claims: { iat: at(120), exp: at(180) } })],
    ['not yet good', () => ({ claims: { nbf: at(120) } })],
    ['good for too long', () => ({ claims: { exp: at(3600) } })],
    ['without an end', () => ({ claims: { exp: undefined } })],
    ['without a beginning', () => ({ claims: { iat: undefined } })],
    ['without a jti', () => ({ claims: { jti: undefined } })],
    ['with an empty jti', () => ({ claims: { jti: '' } })],
    ['with a jti of a megabyte', () => ({ claims: { jti: 'x'.repeat(5000) } })],
    ['about somebody else', () => ({ claims: { sub: 'zeimu' } })],
    ['by somebody else', () => ({ claims: { iss: 'zeimu', sub: 'zeimu' } })],
    ['by nobody', () => ({ claims: { iss: undefined, sub: undefined } })],
    ['by an unknown system', () => ({ claims: { iss: 'nobody', sub: 'nobody' } })],
    ['naming another key', () => ({ header: { kid: 'another' } })],
    ['of another kind of message', () => ({ header: { typ: 'renkei-permit+jwt' } })],
  ];
  test.each(wrong)('%s', async (_, change) => {
    const before = operations().length;
    const reply = await logIn(net, await assertion(net, 'kenko', own, change()));
    expectProblem(reply, 'not_authenticated');
    expect(reply.json.error).toBe('invalid_client');
    expect(operations().slice(before)).toMatchObject([
      { actorKind: 'business-system', operation: 'log-in', outcome: 'refused' },
    ]);
  });

  test('signed with another system’s key, or with one that was never entered', async () => {
    for (const key of [others, await keyPair(), await keyPair('ES256')]) {
      expectProblem(await logIn(net, await assertion(net, 'kenko', key)), 'not_authenticated');
    }
  });

  test('without a signature (alg none), or with the public key as a secret (HS256)', async () => {
    const iat = at(0);
    const unsigned = new UnsecuredJWT({ iss: 'kenko', sub: 'kenko', aud: MATSUE, jti: 'a', iat })
      .setExpirationTime(iat + 60)
      .encode();
    expectProblem(await logIn(net, unsigned), 'not_authenticated');
    const { SignJWT } = await import('jose');
    for (const secret of [String(own.publicJwk.x), JSON.stringify(own.publicJwk)]) {
      const forged = await new SignJWT({ iss: 'kenko', sub: 'kenko', aud: MATSUE, jti: 'b', iat })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime(iat + 60)
        .sign(Buffer.from(secret.padEnd(32, ' ')));
      expectProblem(await logIn(net, forged), 'not_authenticated');
    }
  });

  test('with its own key in the header, or any byte changed', async () => {
    const stranger = await keyPair();
    const embedded = await assertion(net, 'kenko', stranger, {
      header: { jwk: stranger.publicJwk },
    });
    expectProblem(await logIn(net, embedded), 'not_authenticated');
    const good = await assertion(net, 'kenko', own);
    for (const place of [5, 40, good.length - 20]) {
      const changed = `${good.slice(0, place)}${good[place] === 'A' ? 'B' : 'A'}${good.slice(place + 1)}`;
      expectProblem(await logIn(net, changed), 'not_authenticated');
    }
    expect((await logIn(net, good)).status).toBe(200);
  });

  test('what is no assertion at all, and no such form', async () => {
    for (const text of ['', 'x', '..', 'a.b.c', 'é'.repeat(100)]) {
      const reply = await logIn(net, text);
      expect(['not_authenticated', 'message_malformed']).toContain(reply.json.code);
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const body of ['', 'grant_type=password', 'grant_type=a&grant_type=a']) {
      expectProblem(
        await net.post(MATSUE, '/v1/token', body, { headers: form }),
        'message_malformed',
      );
    }
    expectProblem(await net.post(MATSUE, '/v1/token', {}), 'message_malformed');
  });
});

describe('revocation', () => {
  test('ends all tokens at once, the ready one too, and the id is never used again', async () => {
    const key = await keyPair();
    await enter(net, { id: 'old', keys: [key.publicJwk] });
    const tokens = [await tokenOf('old', key), await tokenOf('old', key)];
    expect((await ask(tokens[0] ?? '')).status).toBe(200);
    const revoked = await asKanri('/v1/business-systems/old/revoke', {});
    expect(revoked.json).toMatchObject({ id: 'old', state: 'revoked' });
    for (const token of tokens) expectProblem(await ask(token), 'not_authenticated');
    expectProblem(await logIn(net, await assertion(net, 'old', key)), 'not_authenticated');
    for (const change of [{ state: 'enabled' }, { keys: [key.publicJwk] }]) {
      expectProblem(await asKanri('/v1/business-systems/old/change', change), 'state_conflict');
    }
    expectProblem(await enter(net, { id: 'old', keys: [key.publicJwk] }), 'state_conflict');
    expect(operations().filter(({ subject }) => subject === 'old')).toMatchObject([
      { actor: 'kanri', operation: 'business-systems.change', outcome: 'done' },
      { actor: 'kanri', operation: 'business-systems.change', outcome: 'done', count: 2 },
    ]);
  });

  test('being disabled can be undone; new keys end the tokens of the old ones', async () => {
    const [first, second] = [await keyPair(), await keyPair('ES256')];
    await enter(net, { id: 'hoken', keys: [first.publicJwk] });
    const token = await tokenOf('hoken', first);
    await asKanri('/v1/business-systems/hoken/change', { state: 'disabled' });
    expectProblem(await ask(token), 'not_authenticated');
    await asKanri('/v1/business-systems/hoken/change', { state: 'enabled' });
    expectProblem(await ask(token), 'not_authenticated');
    const again = await tokenOf('hoken', first);
    await asKanri('/v1/business-systems/hoken/change', { keys: [second.publicJwk] });
    expectProblem(await ask(again), 'not_authenticated');
    expectProblem(await logIn(net, await assertion(net, 'hoken', first)), 'not_authenticated');
    expect((await ask(await tokenOf('hoken', second))).status).toBe(200);
  });
});

describe('what an entry allows', () => {
  const limited = {
    asks: [{ affair: affairOf('25'), information: [VACCINATION] }],
    keys: [],
  };
  const reached = () =>
    net.network.journal.after(0).filter(({ kind }) => kind === 'permit-request').length;

  test('R-210: an inquiry outside it is refused with what it may ask for, is on record, and reaches no gateway', async () => {
    const key = await keyPair();
    await enter(net, { ...limited, id: 'yobo', keys: [key.publicJwk] });
    const token = await tokenOf('yobo', key);
    const before = {
      reached: reached(),
      lines: operations().length,
      records: net.records(MATSUE).length,
    };
    const outside = [
      { information: '地方税関係情報' },
      { item: '28', information: '住民票関係情報' },
      { item: '153' },
      { item: undefined, affair: affairOf('28') },
      { item: '9999' },
      { item: '25', affair: affairOf('28') },
    ];
    for (const change of outside) {
      const reply = await ask(token, change);
      expectProblem(reply, 'not_authorised');
      expect(JSON.stringify(reply.json.hint)).toContain(VACCINATION);
    }
    const { number } = net.somebody('ordinary');
    await ask(token, { integratedAddressNumber: number, information: '地方税関係情報' });
    expect(reached()).toBe(before.reached);
    expect(net.records(MATSUE)).toHaveLength(before.records);
    const lines = operations().slice(before.lines);
    expect(lines).toHaveLength(outside.length + 1);
    expect(lines.at(-1)).toMatchObject({
      actor: 'yobo',
      operation: 'inquiries.ask',
      outcome: 'refused',
      code: 'not_authorised',
      person: number,
      affair: affairOf('25'),
      information: informationCode('地方税関係情報'),
    });
    expect((await ask(token)).json).toMatchObject({ state: 'provided' });
    expect((await ask(token, { item: undefined, affair: affairOf('25') })).json).toMatchObject({
      state: 'provided',
    });
  });

  test('R-210: an entry that is narrowed counts from the next inquiry on', async () => {
    const key = await keyPair();
    await enter(net, { id: 'kodomo', keys: [key.publicJwk] });
    const token = await tokenOf('kodomo', key);
    expect((await ask(token)).status).toBe(200);
    await asKanri('/v1/business-systems/kodomo/change', { asks: [] });
    expectProblem(await ask(token), 'not_authorised');
  });

  test('functions that it is not for are refused, and on record', async () => {
    const before = operations().length;
    const token = net.token(MATSUE, 'atena');
    expectProblem(await ask(token), 'not_authorised');
    const persons = [net.somebody('ordinary').number];
    const gyomu = { token: net.token(MATSUE, 'gyomu') };
    expectProblem(await net.post(MATSUE, '/v1/acquisitions', { persons }, gyomu), 'not_authorised');
    expect(operations().slice(before)).toMatchObject([
      { actor: 'atena', operation: 'inquiries.ask', outcome: 'refused' },
      { actor: 'gyomu', operation: 'codes.acquire', outcome: 'refused' },
    ]);
  });

  test('its limit, by the node’s clock: rate_limited says how long to wait', async () => {
    const key = await keyPair();
    await enter(net, { id: 'busy', keys: [key.publicJwk], rate: { perSecond: 0.1, burst: 3 } });
    const token = await tokenOf('busy', key);
    for (let times = 0; times < 3; times += 1) expect((await ask(token)).status).toBe(200);
    const reply = await ask(token);
    expectProblem(reply, 'rate_limited');
    expect(reply.headers.get('retry-after')).toBe('10');
    expect(reply.json.retry_after_seconds).toBe(10);
    net.clock.advance(9_999);
    expectProblem(await ask(token), 'rate_limited');
    net.clock.advance(1);
    expect((await ask(token)).status).toBe(200);
    await asKanri('/v1/business-systems/busy/change', { rate: null });
    for (let times = 0; times < 5; times += 1) expect((await ask(token)).status).toBe(200);
  });

  test('refusals do not flood the operation log: the first have a line each, the rest one with their number', async () => {
    net.clock.advance(60_000);
    await net.network.maintain();
    const before = operations().length;
    const refused = () => ask('x'.repeat(32));
    for (let times = 0; times < 50; times += 1) expectProblem(await refused(), 'not_authenticated');
    expect(operations().slice(before)).toHaveLength(20);
    net.clock.advance(60_000);
    await net.network.maintain();
    expect(operations().slice(before + 20)).toMatchObject([
      { actor: 'unknown', operation: 'inquiries.ask', code: 'not_authenticated', count: 30 },
    ]);
    await refused();
    expect(operations().slice(before)).toHaveLength(22);
  });
});

describe('administration', () => {
  test('only administrators change entries; auditors see them; everybody else is on record', async () => {
    for (const who of ['tanto', 'jocho', 'kansa']) {
      const token = net.token(MATSUE, who);
      const revoke = await net.post(MATSUE, '/v1/business-systems/gyomu/revoke', {}, { token });
      expectProblem(revoke, 'not_authorised');
      expect(operations().at(-1)).toMatchObject({
        actor: who,
        operation: 'business-systems.change',
      });
    }
    const token = net.token(MATSUE, 'kansa');
    const { json } = await net.get(MATSUE, '/v1/business-systems', { token });
    expect(json.systems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'gyomu', state: 'enabled', asks: 'all' }),
        expect.objectContaining({
          id: 'atena',
          uses: ['import-copies', 'acquire-codes', 'change-persons'],
        }),
      ]),
    );
    const one = await net.get(MATSUE, '/v1/business-systems/kenko', { token });
    expect(one.json).toMatchObject({ id: 'kenko', name: '健康情報システム' });
    expectProblem(await net.get(MATSUE, '/v1/business-systems/none', { token }), 'not_found');
    expectProblem(
      await net.get(MATSUE, '/v1/business-systems', { token: net.token(MATSUE, 'tanto') }),
      'not_authorised',
    );
  });

  test('a private key, a key off its curve, and what else is no entry are refused, and nothing is entered', async () => {
    const { privateKey, publicJwk } = await keyPair('ES256');
    const { exportJWK } = await import('jose');
    for (const wrong of [
      { keys: [{ ...(await exportJWK(privateKey)) }] },
      { keys: [{ ...publicJwk, x: publicJwk.y }] },
      { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] },
      { keys: [{ ...publicJwk, crv: 'P-384' }] },
      { keys: new Array(6).fill(publicJwk) },
      { id: 'Groß' },
      { id: '../kenko' },
      { uses: ['everything'] },
      { asks: [{ affair: '事務', information: [] }] },
      { rate: { perSecond: 0, burst: 1 } },
      { name: 'a\u0000b' },
      { more: 1 },
    ]) {
      const reply = await enter(net, { id: 'wrong', keys: [publicJwk], ...wrong });
      expectProblem(reply, 'message_malformed');
      expect(reply.text).not.toContain(String((await exportJWK(privateKey)).d));
    }
    expect(net.network.agency(MATSUE).node.store.read.businessSystem('wrong')).toBeUndefined();
  });

  test('names are taken as well as codes', async () => {
    const { publicJwk } = await keyPair();
    const asks = [{ affair: '事務の名称', information: [VACCINATION, 'TM23147426109013'] }];
    const { json } = await enter(net, { id: 'named', keys: [publicJwk], asks });
    expect(json.asks).toMatchObject([
      {
        affair: expect.stringMatching(/^JM\d{14}$/),
        information: [informationCode(VACCINATION), 'TM23147426109013'],
      },
    ]);
    expect(json.keys).toMatchObject([{ kid: expect.stringMatching(/^[\w-]{43}$/) }]);
  });
});

test('a node that starts again knows what staff changed, whatever its configuration says', async () => {
  const { network } = net;
  await net.post(
    KUMAGAYA,
    '/v1/business-systems/gyomu/change',
    { state: 'disabled' },
    { token: net.token(KUMAGAYA, 'kanri') },
  );
  const snapshot = await network.snapshot();
  await network.restore(snapshot);
  const token = net.token(KUMAGAYA, 'gyomu');
  expectProblem(
    await net.get(KUMAGAYA, `/v1/inquiries/${net.newId()}`, { token }),
    'not_authenticated',
  );
  await network.reset();
  expectProblem(await net.get(KUMAGAYA, `/v1/inquiries/${net.newId()}`, { token }), 'not_found');
});
