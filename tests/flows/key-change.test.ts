import { afterAll, beforeAll, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { type PublicKey, type Signer, signingKey } from '../../src/protocol/keys.ts';
import { claimsOf, signMessage } from '../../src/protocol/message.ts';
import { directory } from '../../src/protocol/messages/directory.ts';
import { type KeyChange, keyChange } from '../../src/protocol/messages/key-change.ts';
import { keyProof } from '../../src/protocol/messages/key-proof.ts';
import { permitRequest } from '../../src/protocol/messages/permit-request.ts';
import { systemRandomness } from '../../src/service/randomness.ts';
import type { Reply } from '../support/call.ts';
import { keysOf, permitRequestClaims, signed } from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import { IZUMO, KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';

// What the gateway takes as an agency’s new key, and what it refuses.

let net: TestNetwork;
let signers: Awaited<ReturnType<typeof keysOf>>;
beforeAll(async () => {
  net = await testNetwork({ agencies: [KUMAGAYA, MATSUE, IZUMO] });
  signers = await keysOf(net);
});
afterAll(() => net.network.close());

interface Key {
  readonly signer: Signer;
  readonly publicKey: PublicKey;
}
const newKey = (kid: string): Promise<Key> => signingKey(systemRandomness.bytes(32), kid, 'node');

interface Announced {
  readonly iss?: string;
  /** Who signs the announcement, and the proof. */
  readonly old?: Signer;
  readonly prover?: Signer;
  readonly claims?: Partial<KeyChange>;
  readonly proven?: Partial<KeyChange>;
}

const common = (iss: string) => ({
  iss,
  aud: GATEWAY,
  jti: net.newId(),
  iat: Math.floor(net.clock.now() / 1000),
});

async function announcement(fresh: Key, told: Announced = {}): Promise<string> {
  const { iss = IZUMO, old = signers.node(iss), prover = fresh.signer } = told;
  const { use: _, ...rest } = fresh.publicKey;
  const key = { ...rest, use: 'node' } as const;
  const { proof: __, old: ___, ...proven } = { proof: '', old: '', ...told.proven };
  const proof = await signMessage(
    keyProof,
    { ...common(iss), aud: 'gateway', key, replaces: old.kid, ...proven },
    prover,
  );
  return await signMessage(
    keyChange,
    {
      ...common(iss),
      aud: 'gateway',
      key,
      replaces: old.kid,
      old: 'retire',
      proof,
      ...told.claims,
    },
    old,
  );
}
const post = (message: string): Promise<Reply> => net.post(GATEWAY, '/v1/keys', { message });
const announce = async (fresh: Key, told?: Announced) => post(await announcement(fresh, told));
const known = (agency: string) =>
  (net.network.gateway.gateway.agencies.find(agency)?.keys ?? []).map(({ kid }) => kid);

test('what does not come from the agency, or without the new key’s secret, is refused and changes nothing', async () => {
  const fresh = await newKey(`${IZUMO}.node.2`);
  const other = await newKey(`${IZUMO}.node.2`);
  const before = known(IZUMO);
  const wrong: readonly (readonly [string, Announced])[] = [
    ['signature_invalid', { old: signers.node(KUMAGAYA) }],
    ['signature_invalid', { old: signers.addressNumbers(IZUMO) }],
    ['signature_invalid', { prover: other.signer }],
    ['signature_invalid', { prover: signers.node(IZUMO) }],
    ['signature_invalid', { claims: { replaces: `${KUMAGAYA}.node.1` } }],
    ['signature_invalid', { proven: { replaces: `${IZUMO}.node.9` } }],
    ['signature_invalid', { proven: { iss: KUMAGAYA } }],
    ['signature_invalid', { proven: { key: { ...other.publicKey, use: 'node' } } }],
    ['clock_skew', { claims: { iat: Math.floor(net.clock.now() / 1000) - 3600 } }],
    ['clock_skew', { proven: { iat: Math.floor(net.clock.now() / 1000) - 3600 } }],
    ['message_malformed', { claims: { proof: 'x' } }],
    // A name or a key that was used before.
    ['state_conflict', {}],
  ];
  for (const [code, told] of wrong) {
    const key = code === 'state_conflict' ? await newKey(`${IZUMO}.node.1`) : fresh;
    const reply = await announce(key, told);
    expectProblem(reply, code);
    expect(known(IZUMO), JSON.stringify(told)).toEqual(before);
  }
  const { gateway } = net.network.gateway;
  expect(gateway.store.read.meta(`node-keys ${IZUMO}`)).toBeUndefined();
  expectProblem(
    await announce(fresh, { iss: '99999', old: signers.node(IZUMO) }),
    'agency_unknown',
  );
});

test('taken once: the same key again changes nothing, the same message is a replay, another key must wait', async () => {
  const fresh = await newKey(`${IZUMO}.node.2`);
  const message = await announcement(fresh);
  const replies = await Promise.all([post(message), announce(fresh), announce(fresh)]);
  for (const reply of replies) expect(reply.status, reply.text).toBe(200);
  const { entries } = claimsOf(directory, String(replies[0]?.json.message));
  const named = entries
    .find(({ code }) => code === IZUMO)
    ?.keys.filter(({ use }) => use === 'node');
  expect(named).toMatchObject([{ kid: `${IZUMO}.node.2` }, { kid: `${IZUMO}.node.1` }]);
  expect(named?.[1]?.retiresAt).toBe(Math.floor(net.clock.now() / 1000) + 24 * 3600);
  expectProblem(await post(message), 'message_replayed');
  const records = net.records(GATEWAY).filter(({ kind }) => kind === 'keys_changed');
  expect(records).toHaveLength(1);

  const third = await newKey(`${IZUMO}.node.3`);
  expectProblem(await announce(third), 'state_conflict');
  expectProblem(await announce(third, { old: fresh.signer }), 'state_conflict');
  // The key before it may not name a successor of its own, though it still counts.
  expectProblem(await announce(third, { claims: { old: 'revoke' } }), 'state_conflict');
  // Under another name it is the same key.
  const renamed = {
    signer: { ...fresh.signer, kid: `${IZUMO}.node.4` },
    publicKey: { ...fresh.publicKey, kid: `${IZUMO}.node.4` },
  };
  expectProblem(
    await announce(renamed, { old: fresh.signer, claims: { old: 'revoke' } }),
    'state_conflict',
  );
});

test('both keys count during the overlap, the new one alone after it; a revoked one never', async () => {
  const somebody = net.somebody('ordinary');
  const ask = async (signer: Signer) => {
    const claims = permitRequestClaims(net, somebody, { iss: MATSUE });
    return await net.post(GATEWAY, '/v1/permits', {
      message: await signed(permitRequest, claims, signer),
    });
  };
  const first = signers.node(MATSUE);
  const second = await newKey(`${MATSUE}.node.2`);
  expectProblem(await ask(second.signer), 'signature_invalid');
  expect((await announce(second, { iss: MATSUE })).status).toBe(200);
  for (const signer of [first, second.signer]) expect((await ask(signer)).status).toBe(201);
  net.clock.advance(24 * 3_600_000 - 1000);
  expect((await ask(first)).status).toBe(201);
  net.clock.advance(1000);
  expectProblem(await ask(first), 'signature_invalid');
  expect((await ask(second.signer)).status).toBe(201);
  const third = await newKey(`${MATSUE}.node.3`);
  const told = { iss: MATSUE, old: second.signer, claims: { old: 'revoke' } } as const;
  expect((await announce(third, told)).status).toBe(200);
  expectProblem(await ask(second.signer), 'signature_invalid');
  expect((await ask(third.signer)).status).toBe(201);
  // It does not come back.
  const again = { iss: MATSUE, old: third.signer, claims: { old: 'revoke' } } as const;
  expectProblem(await announce(second, again), 'state_conflict');
});

test('a suspended agency announces nothing', async () => {
  await net.network.gateway.changeRegistration(KUMAGAYA, { suspended: true });
  const fresh = await newKey(`${KUMAGAYA}.node.2`);
  expectProblem(await announce(fresh, { iss: KUMAGAYA }), 'agency_suspended');
});
