import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { numericDate } from '../../src/protocol/day.ts';
import { sha256 } from '../../src/protocol/digest.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { permit } from '../../src/protocol/messages/permit.ts';
import type { ProvideRequest } from '../../src/protocol/messages/provide-request.ts';
import { query } from '../../src/protocol/messages/query.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import type { Reply } from '../support/call.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  keysOf,
  permitRequestOf,
  provideRequestClaims,
  provideRequestOf,
  signAnything,
  signed,
} from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import { fc } from '../support/property.ts';
import {
  IZUMO,
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// Invariant 1: no answer leaves a provider without a permit that the gateway signed, that names this provider,
// that is in time, that has not been used, and that the provider's own list copy also allows.

let net: TestNetwork;
let wire: Wire;
let somebody: Somebody;
let keys: Awaited<ReturnType<typeof keysOf>>;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({
    // Messages by hand come without proofs.
    proofs: 'as-shown',
    agencies: [KUMAGAYA, MATSUE, IZUMO],
    storage: { kind: 'folder', path: temporaryFolder() },
  });
  somebody = net.somebody('ordinary');
  keys = await keysOf(net);
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

const provide = (message: string): Promise<Reply> =>
  net.post(KUMAGAYA, '/v1/provide-requests', { message });
const now = () => numericDate(net.clock.now());

/** Refused with this code: nothing sealed, nothing kept; what the gateway had signed is on record as refused. */
async function expectNothing(message: string, ...codes: string[]): Promise<void> {
  const before = net.records(KUMAGAYA);
  const reply = await provide(message);
  const code = codes.find((each) => each === reply.json.code) ?? codes[0] ?? '';
  expectProblem(reply, code);
  expect(reply.text).not.toContain('sealed');
  const [refusal, ...more] = net.records(KUMAGAYA).slice(before.length);
  if (/^(permit|list)_/.test(code))
    expect(refusal).toMatchObject({ kind: 'message_refused', code });
  else expect(refusal).toBeUndefined();
  expect(more).toEqual([]);
  const { outgoing, reviews } = net.network.agency(KUMAGAYA).node.store.read;
  expect([outgoing(), reviews(['waiting'])]).toEqual([[], []]);
}

test('with such a permit the provider does answer: what follows is refused for its one fault', async () => {
  const reply = await provide(await provideRequestOf(net, somebody));
  expect(reply.status).toBe(200);
  expect(reply.json.sealed).toEqual(expect.any(String));
});

describe('that the gateway signed', () => {
  const kinds: [string, () => Promise<string>][] = [
    ['signed by the inquirer', () => provideRequestOf(net, somebody, {}, keys.node(MATSUE))],
    [
      'signed by the provider itself',
      () => provideRequestOf(net, somebody, {}, keys.node(KUMAGAYA)),
    ],
    ['signed by the registry', () => provideRequestOf(net, somebody, {}, keys.registry.signer)],
    [
      'signed by the inquirer under the gateway’s key id',
      () =>
        provideRequestOf(
          net,
          somebody,
          {},
          {
            kid: keys.gateway.signer.kid,
            key: keys.node(MATSUE).key,
          },
        ),
    ],
    [
      'with the signature of another request',
      async () => {
        const [header, payload] = (await provideRequestOf(net, somebody)).split('.');
        const [, , signature] = (await provideRequestOf(net, somebody)).split('.');
        return `${header}.${payload}.${signature}`;
      },
    ],
  ];
  test.each(kinds)('%s: signature_invalid', async (_, make) => {
    await expectNothing(await make(), 'signature_invalid');
  });

  test('naming another issuer: not as specified', async () => {
    const claims = { ...provideRequestClaims(net, somebody), iss: MATSUE };
    const forged = await signAnything('provide-request+jwt', claims, keys.node(MATSUE));
    await expectNothing(forged, 'message_malformed');
  });

  test.each([
    ['none', { alg: 'none' }],
    ['HS256', { alg: 'HS256' }],
    ['a key of its own in the header', { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' } }],
    ['a critical extension', { crit: ['b64'], b64: true }],
  ])('with %s in the header (RFC 8725): message_malformed', async (_, header) => {
    const token = await provideRequestOf(net, somebody);
    const [head = '', payload, signature] = token.split('.');
    const read = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'));
    const changed = Buffer.from(JSON.stringify({ ...read, ...header })).toString('base64url');
    await expectNothing(`${changed}.${payload}.${signature}`, 'message_malformed');
  });

  test('a permit as the inquirer has it is no request for provision', async () => {
    const message = await permitRequestOf(net, somebody);
    const { json } = await net.post(GATEWAY, '/v1/permits', { message });
    await expectNothing(String(json.message), 'message_malformed');
  });

  test('changed in any one byte (property): refused, with no effect', async () => {
    const token = await provideRequestOf(net, somebody);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=';
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: token.length - 1 }),
        fc.constantFrom(...alphabet),
        async (at, character) => {
          fc.pre(token[at] !== character);
          const changed = token.slice(0, at) + character + token.slice(at + 1);
          await expectNothing(changed, 'message_malformed', 'signature_invalid');
        },
      ),
      { numRuns: 60 },
    );
    expect((await provide(token)).status).toBe(200);
  });
});

describe('that names this provider', () => {
  test.each<[string, () => Partial<ProvideRequest>, string]>([
    ['addressed to another agency', () => ({ aud: IZUMO, provider: IZUMO }), 'signature_invalid'],
    ['addressed here, about another provider', () => ({ provider: IZUMO }), 'permit_mismatch'],
    [
      'with a way back to another agency (R-104)',
      () => ({ route: { via: GATEWAY, to: IZUMO } }),
      'permit_mismatch',
    ],
  ])('%s', async (_, change, code) => {
    await expectNothing(await provideRequestOf(net, somebody, change()), code);
  });
});

describe('that is in time', () => {
  test.each<[string, () => Partial<ProvideRequest>, string]>([
    [
      'expired this second',
      () => ({ nbf: now() - 60, permittedAt: now() - 60, exp: now() }),
      'permit_expired',
    ],
    [
      'expired long ago',
      () => ({ iat: now() - 3600, nbf: now() - 3600, exp: now() - 3540 }),
      'clock_skew',
    ],
    [
      'valid from later on',
      () => ({ nbf: now() + 31, permittedAt: now() + 31 }),
      'permit_not_yet_valid',
    ],
    [
      'dated in the future',
      () => ({ iat: now() + 31, nbf: now() + 31, exp: now() + 90 }),
      'clock_skew',
    ],
  ])('%s', async (_, change, code) => {
    await expectNothing(await provideRequestOf(net, somebody, change()), code);
  });
});

describe('whose law is that of its own time', () => {
  const years = 5 * 366 * 86_400;
  test.each<[string, () => Partial<ProvideRequest>]>([
    ['permitted at a time that is not the permit’s', () => ({ permittedAt: now() - years })],
    ['a permit that lasts for years', () => ({ permittedAt: now() - years, nbf: now() - years })],
  ])('%s: permit_mismatch', async (_, change) => {
    await expectNothing(await provideRequestOf(net, somebody, change()), 'permit_mismatch');
  });
});

describe('that has not been used', () => {
  test('the same request again, also after the provider has started again: message_replayed', async () => {
    const message = await provideRequestOf(net, somebody);
    expect((await provide(message)).status).toBe(200);
    await expectNothing(message, 'message_replayed');
    await net.network.stopAgency(KUMAGAYA);
    await net.network.startAgency(KUMAGAYA);
    await expectNothing(message, 'message_replayed');
  });
});

describe('that the provider’s own list copy also allows', () => {
  test.each<[string, () => Partial<ProvideRequest>]>([
    ['an item that is not on it', () => ({ item: '9999' })],
    ['an item of another inquirer', () => ({ item: '26' })],
    ['an affair that the item does not have', () => ({ affair: 'JM00000000000000' })],
    [
      'information that the item does not have',
      () => ({ information: informationCode('地方税関係情報') }),
    ],
    ['a list that is no longer in force', () => ({ list: 'beppyo-2' })],
    ['a list that never was', () => ({ list: 'order-r99' })],
    [
      'an inquirer that nobody knows',
      () => ({ inquirer: '99999', route: { via: GATEWAY, to: '99999' } }),
    ],
  ])('%s: list_copy_disagrees', async (_, change) => {
    await expectNothing(await provideRequestOf(net, somebody, change()), 'list_copy_disagrees');
  });
});

describe('the gateway passes on no query without a permit of its own', () => {
  async function issued(): Promise<string> {
    const message = await permitRequestOf(net, somebody);
    const { json } = await net.post(GATEWAY, '/v1/permits', { message });
    return String(json.message);
  }
  const ask = async (token: string, by = MATSUE) => {
    const claims = { iss: by, aud: GATEWAY, jti: net.newId(), iat: now(), permit: token } as const;
    return await net.post(GATEWAY, '/v1/query', {
      message: await signed(query, claims, keys.node(by)),
    });
  };
  async function expectNotPassedOn(reply: Reply, code: string): Promise<void> {
    expectProblem(reply, code);
    expect(wire.passages.filter(({ path }) => path === '/v1/provide-requests')).toEqual([]);
    expect(net.records(GATEWAY).at(-1)).toMatchObject({ kind: 'message_refused', code });
  }

  test('forged, altered, another’s, expired: refused, recorded, and the provider is not asked', async () => {
    const good = await issued();
    const claims = permit.claims.parse(
      JSON.parse(Buffer.from(good.split('.')[1] ?? '', 'base64url').toString('utf8')),
    );
    wire.passages.length = 0;
    const own = await signed(permit, { ...claims, jti: net.newId() }, keys.node(MATSUE));
    await expectNotPassedOn(await ask(own), 'permit_mismatch');
    const longer = await signed(permit, { ...claims, exp: claims.exp + 1 }, keys.gateway.signer);
    await expectNotPassedOn(await ask(longer), 'permit_mismatch');
    await expectNotPassedOn(await ask(good, IZUMO), 'permit_mismatch');
    await expectNotPassedOn(await ask(`${good} `), 'permit_mismatch');
    net.clock.advance(60_000);
    await expectNotPassedOn(await ask(good), 'permit_expired');
    expect(sha256(good)).not.toBe(sha256(own));
  });
});
