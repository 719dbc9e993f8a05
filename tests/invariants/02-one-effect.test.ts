import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { numericDate } from '../../src/protocol/day.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { query } from '../../src/protocol/messages/query.ts';
import { ALL, expectAgreement, kindsOf } from '../support/agreement.ts';
import type { Reply } from '../support/call.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  keysOf,
  permitRequestClaims,
  permitRequestOf,
  provideRequestOf,
  signAnything,
  signed,
} from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// Invariant 2: a permit has one effect, however often, wherever and however concurrently it is presented.
// Replay is judged by (issuer, id), never by raw token bytes; there is exactly one accepted byte string for a token.

let net: TestNetwork;
let wire: Wire;
let keys: Awaited<ReturnType<typeof keysOf>>;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({
    storage: { kind: 'folder', path: temporaryFolder() },
    // Messages by hand come without proofs.
    proofs: 'as-shown',
  });
  keys = await keysOf(net);
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

const exchangeOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).jti;
const timesAsked = () => wire.passages.filter(({ path }) => path === '/v1/provide-requests').length;

async function permitFor(somebody = net.somebody('ordinary')): Promise<string> {
  const message = await permitRequestOf(net, somebody);
  const reply = await net.post(GATEWAY, '/v1/permits', { message });
  wire.passages.length = 0;
  return String(reply.json.message);
}
const queryOf = (token: string, jti = net.newId()): Promise<string> =>
  signed(
    query,
    { iss: MATSUE, aud: GATEWAY, jti, iat: numericDate(net.clock.now()), permit: token },
    keys.node(MATSUE),
  );
const ask = (message: string): Promise<Reply> => net.post(GATEWAY, '/v1/query', { message });

function expectOneEffect(exchange: string): void {
  expect(timesAsked()).toBe(1);
  expect(kindsOf(net.recordsOf(KUMAGAYA, exchange))).toEqual(['answered']);
  const atGateway = kindsOf(net.recordsOf(GATEWAY, exchange));
  expect(atGateway.filter((kind) => kind === 'answered')).toHaveLength(1);
  expectAgreement(net, exchange, 'answered', [GATEWAY, KUMAGAYA]);
}

describe('fifty at once', () => {
  test('fifty queries with one permit: one answer, forty-nine permit_already_used', async () => {
    const token = await permitFor();
    const messages = await Promise.all(Array.from({ length: 50 }, () => queryOf(token)));
    const replies = await Promise.all(messages.map(ask));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const reply of replies) {
      if (reply.status !== 200) expectProblem(reply, 'permit_already_used');
    }
    expectOneEffect(exchangeOf(token));
    expect(
      net.recordsOf(GATEWAY, exchangeOf(token)).filter(({ kind }) => kind === 'message_refused'),
    ).toHaveLength(49);
  });

  test('the same query, byte for byte, fifty times: one answer', async () => {
    const token = await permitFor();
    const message = await queryOf(token);
    const replies = await Promise.all(Array.from({ length: 50 }, () => ask(message)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, json } of replies) {
      if (status !== 200) expect(json.code).toMatch(/^(message_replayed|permit_already_used)$/);
    }
    expectOneEffect(exchangeOf(token));
  });

  test('after an attempt that reached nobody, fifty more: still one effect', async () => {
    const token = await permitFor();
    wire.fault = ({ pathname }) => (pathname === '/v1/provide-requests' ? 'refused' : undefined);
    expectProblem(await ask(await queryOf(token)), 'provider_unavailable');
    wire.fault = undefined;
    wire.passages.length = 0;
    const messages = await Promise.all(Array.from({ length: 50 }, () => queryOf(token)));
    const replies = await Promise.all(messages.map(ask));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expectOneEffect(exchangeOf(token));
  });

  test('one permit request, byte for byte, fifty times: one permit', async () => {
    const message = await permitRequestOf(net, net.somebody('ordinary'));
    const before = net.records(GATEWAY).filter(({ kind }) => kind === 'permitted').length;
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => net.post(GATEWAY, '/v1/permits', { message })),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const after = net.records(GATEWAY).filter(({ kind }) => kind === 'permitted').length;
    expect(after).toBe(before + 1);
  });

  test('one exchange, asked of the provider fifty times at once: the same bytes each time, one record', async () => {
    const somebody = net.somebody('ordinary');
    const exchange = net.newId();
    const messages = await Promise.all(
      Array.from({ length: 50 }, () => provideRequestOf(net, somebody, { exchange })),
    );
    const replies = await Promise.all(
      messages.map((message) => net.post(KUMAGAYA, '/v1/provide-requests', { message })),
    );
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(replies[0]?.status).toBe(200);
    expect(kindsOf(net.recordsOf(KUMAGAYA, exchange))).toEqual(['answered']);
  });
});

describe('wherever and whenever', () => {
  test('a used permit stays used when the gateway has started again', async () => {
    const storage = { kind: 'folder', path: temporaryFolder() } as const;
    const before = await testNetwork({ storage, proofs: 'as-shown' });
    const somebody = before.somebody('ordinary');
    const { id, exchange = '' } = viewOf(await before.inquire(somebody));
    const token = before.network.agency(MATSUE).node.store.read.inquiry(id)?.permit ?? '';
    await before.network.close();
    await using after = await testNetwork({ storage, proofs: 'as-shown' });
    expectProblem(
      await after.post(GATEWAY, '/v1/query', { message: await queryOf(token) }),
      'permit_already_used',
    );
    expect(kindsOf(after.recordsOf(KUMAGAYA, exchange))).toEqual(['answered']);
    expectAgreement(after, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
  });

  test('replay is judged by issuer and id: other content under a used id is message_replayed', async () => {
    const [one, other] = [net.somebody('ordinary'), net.somebody('ordinary')];
    const claims = permitRequestClaims(net, one);
    const first = await permitRequestOf(net, one, { jti: claims.jti });
    expect((await net.post(GATEWAY, '/v1/permits', { message: first })).status).toBe(201);
    const second = await permitRequestOf(net, other, { jti: claims.jti });
    expectProblem(await net.post(GATEWAY, '/v1/permits', { message: second }), 'message_replayed');
    const byOther = await permitRequestOf(net, net.somebody('ordinary', KUMAGAYA, MATSUE), {
      iss: KUMAGAYA,
      provider: MATSUE,
      jti: claims.jti,
    });
    expect((await net.post(GATEWAY, '/v1/permits', { message: byOther })).status).toBe(201);
  });

  test('a replay is refused as such until its time alone refuses it: no moment between', async () => {
    const message = await permitRequestOf(net, net.somebody('ordinary'));
    expect((await net.post(GATEWAY, '/v1/permits', { message })).status).toBe(201);
    const tolerance = net.network.config.message.toleranceSeconds;
    for (let second = 0; second <= 3 * tolerance; second += 5) {
      await net.network.maintain();
      const { json } = await net.post(GATEWAY, '/v1/permits', { message });
      expect(json.code).toBe(second <= tolerance ? 'message_replayed' : 'clock_skew');
      net.clock.advance(5000);
    }
  });
});

describe('exactly one accepted byte string for a token', () => {
  /** 2^252 + 27742317777372353535851937790883648493, the order of the Ed25519 base point (RFC 8032). */
  const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

  const spellings: [string, (token: string) => string][] = [
    ['padded', (token) => `${token}==`],
    ['with a space behind', (token) => `${token} `],
    ['with a line end behind', (token) => `${token}\n`],
    ['in the other base64 alphabet', (token) => token.replaceAll('-', '+').replaceAll('_', '/')],
    [
      'with a spare bit set in the signature',
      (token) => {
        const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const last = alphabet.indexOf(token.at(-1) ?? '');
        return token.slice(0, -1) + alphabet[last | 1];
      },
    ],
    [
      'with the group order added to the signature’s scalar',
      (token) => {
        const [header, payload, signature = ''] = token.split('.');
        const bytes = Buffer.from(signature, 'base64url');
        const scalar = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`);
        const other = Buffer.from((scalar + ORDER).toString(16).padStart(64, '0'), 'hex').reverse();
        return `${header}.${payload}.${Buffer.concat([bytes.subarray(0, 32), other]).toString('base64url')}`;
      },
    ],
    ['with an empty fourth part', (token) => `${token}.`],
  ];

  /** Not every token has a character that the other alphabet writes otherwise. */
  async function respellable(respell: (token: string) => string, make: () => Promise<string>) {
    for (;;) {
      const token = await make();
      if (respell(token) !== token) return token;
    }
  }

  test.each(spellings)(
    'a permit request %s is refused, and the original still counts',
    async (_, respell) => {
      const message = await respellable(respell, () =>
        permitRequestOf(net, net.somebody('ordinary')),
      );
      const other = respell(message);
      const reply = await net.post(GATEWAY, '/v1/permits', { message: other });
      expect(['message_malformed', 'signature_invalid']).toContain(reply.json.code);
      expect((await net.post(GATEWAY, '/v1/permits', { message })).status).toBe(201);
    },
  );

  test.each(spellings)(
    'a permit presented %s is not the permit; the permit still is',
    async (_, respell) => {
      const token = await respellable(respell, permitFor);
      expectProblem(await ask(await queryOf(respell(token))), 'permit_mismatch');
      expect((await ask(await queryOf(token))).status).toBe(200);
    },
  );

  test.each<[string, (claims: object) => string]>([
    ['with spaces', (claims) => JSON.stringify(claims, undefined, 1)],
    [
      'in another order',
      (claims) => JSON.stringify(Object.fromEntries(Object.entries(claims).sort().reverse())),
    ],
    ['with a field twice', (claims) => JSON.stringify(claims).replace('{', '{"iss":"32201",')],
    ['with an escape', (claims) => JSON.stringify(claims).replace('"iss"', '"\\u0069ss"')],
    [
      'with a number in another form',
      (claims) => JSON.stringify(claims).replace(/"iat":(\d+)/, '"iat":$1.0'),
    ],
  ])('the same claims %s, signed, are message_malformed', async (_, write) => {
    const claims = permitRequestClaims(net, net.somebody('ordinary'));
    const payload = write(claims);
    const message = await signAnything('permit-request+jwt', claims, keys.node(MATSUE), {
      payload,
    });
    expectProblem(await net.post(GATEWAY, '/v1/permits', { message }), 'message_malformed');
  });
});
