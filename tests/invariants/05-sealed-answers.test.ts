import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAtRest } from '../../src/agency/core/at-rest.ts';
import type { Inquiry } from '../../src/agency/core/ports.ts';
import { takeAnswer } from '../../src/agency/core/take-answer.ts';
import { derived } from '../../src/network/keys.ts';
import { sha256 } from '../../src/protocol/digest.ts';
import { base64url, fromBase64url } from '../../src/protocol/encoding.ts';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { type Answer, answer } from '../../src/protocol/messages/answer.ts';
import { DIRECTION } from '../../src/protocol/outcome.ts';
import { type Plaintext, plaintextBytes } from '../../src/protocol/plaintext.ts';
import { open, seal } from '../../src/protocol/sealing.ts';
import { systemRandomness } from '../../src/service/randomness.ts';
import { filesIn, filesWith, temporaryFolder } from '../support/folder.ts';
import { freshKey, keysOf, signed } from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// Invariant 5: a sealed answer opens only for that inquirer, that exchange, that permit; moved anywhere else it
// fails, with one indistinguishable error. After the one-time secret is erased, all long-term keys together open nothing.

let net: TestNetwork;
let wire: Wire;
const folder = temporaryFolder();
const drawn = new Map<string, Uint8Array[]>();
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({
    // Messages by hand come without proofs.
    proofs: 'as-shown',
    storage: { kind: 'folder', path: folder },
    overrides: (agency) => ({
      randomness: {
        bytes(length) {
          const bytes = systemRandomness.bytes(length);
          if (length === 32)
            drawn.set(agency, [...(drawn.get(agency) ?? []), Uint8Array.from(bytes)]);
          return bytes;
        },
      },
    }),
  });
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

interface Captured {
  readonly inquiry: Inquiry;
  readonly reply: { readonly message: string; readonly sealed: string };
  readonly claims: Answer;
}

/** An inquiry whose answer was given, and lost on its way: the inquirer still waits for it. */
async function waiting(inquirer = MATSUE, provider = KUMAGAYA): Promise<Captured> {
  const id = net.newId();
  wire.passages.length = 0;
  wire.fault = ({ pathname }) => (pathname === '/v1/query' ? 'reply-lost' : undefined);
  await net.inquire(net.somebody('ordinary', inquirer, provider), { id, provider }, { inquirer });
  wire.fault = undefined;
  const inquiry = net.network.agency(inquirer).node.store.read.inquiry(id);
  const passage = wire.passages.find(({ path }) => path === '/v1/provide-requests');
  const reply = JSON.parse(passage?.response ?? '{}');
  const payload = Buffer.from(reply.message.split('.')[1], 'base64url').toString('utf8');
  if (!inquiry) throw new RangeError(id);
  return { inquiry, reply, claims: answer.claims.parse(JSON.parse(payload)) };
}

const take = (inquiry: Inquiry, reply: { message: string; sealed?: string }) =>
  takeAnswer(net.network.agency(MATSUE).node, { ...inquiry }, reply);

/** What the inquirer’s node says of it, in all that anybody could see. */
async function refusal(inquiry: Inquiry, reply: { message: string; sealed?: string }) {
  const error: unknown = await take(inquiry, reply).then(
    () => new Error('taken'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RenkeiError)) throw error;
  const after = net.network.agency(MATSUE).node.store.read.inquiry(inquiry.id);
  expect(after).toEqual(inquiry);
  return { code: error.code, message: error.message, detail: error.detail };
}

/** The provider itself signs these bytes for this exchange: only what is inside can give them away. */
async function colluding(
  mine: Captured,
  bytes: Uint8Array,
  oneTimeKey: string,
  change: Partial<Answer> = {},
) {
  const claims: Answer = {
    ...mine.claims,
    sealed: { digest: sha256(bytes), oneTimeKey, bytes: bytes.length },
    ...change,
  };
  const message = await signed(answer, claims, (await keysOf(net)).node(KUMAGAYA));
  return { message, sealed: base64url(bytes) };
}

describe('moved anywhere else', () => {
  test('every way to move an answer fails with one and the same error, and the true answer still opens', async () => {
    const mine = await waiting();
    const other = await waiting();
    const elsewhere = await waiting(KUMAGAYA, MATSUE);
    const key = freshKey();
    const plain = (change: Partial<Plaintext>): Plaintext => ({
      exchange: mine.claims.exchange,
      inquirer: MATSUE,
      provider: KUMAGAYA,
      direction: DIRECTION,
      information: mine.claims.information,
      layoutVersion: 'X-1',
      records: [{ 接種種別: 'にせもの' }],
      ...change,
    });
    const oneTime = JSON.parse(
      Buffer.from(mine.inquiry.permit?.split('.')[1] ?? '', 'base64url').toString('utf8'),
    ).oneTimeKey;
    const sealedFor = (change: Partial<Plaintext>) =>
      seal(plaintextBytes(plain(change)), systemRandomness.bytes(24), oneTime, key);
    const raw = (text: string) =>
      seal(new TextEncoder().encode(text), systemRandomness.bytes(24), oneTime, key);
    const flipped = (text: string, at: number) => {
      const bytes = Uint8Array.from(fromBase64url(text));
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    };
    const { sealed = { oneTimeKey: '', digest: '', bytes: 0 } } = mine.claims;

    const moved = {
      'the bytes of another exchange under this one’s statement': {
        ...mine.reply,
        sealed: other.reply.sealed,
      },
      'the bytes left out': { message: mine.reply.message },
      'another exchange’s bytes and key, signed for this one': await colluding(
        mine,
        fromBase64url(other.reply.sealed),
        other.claims.sealed?.oneTimeKey ?? '',
      ),
      'another inquirer’s bytes and key, signed for this one': await colluding(
        mine,
        fromBase64url(elsewhere.reply.sealed),
        elsewhere.claims.sealed?.oneTimeKey ?? '',
      ),
      'this exchange’s bytes under another key': await colluding(
        mine,
        fromBase64url(mine.reply.sealed),
        key.publicKey,
      ),
      'other bytes than those signed, sealed with the same keys': {
        ...(await colluding(mine, sealedFor({}), key.publicKey)),
        sealed: base64url(sealedFor({ records: [] })),
      },
      'one bit of the nonce': await colluding(
        mine,
        flipped(mine.reply.sealed, 0),
        sealed.oneTimeKey,
      ),
      'one bit of the box': await colluding(
        mine,
        flipped(mine.reply.sealed, 60),
        sealed.oneTimeKey,
      ),
      'cut short': await colluding(
        mine,
        fromBase64url(mine.reply.sealed).subarray(0, 30),
        sealed.oneTimeKey,
      ),
      'sealed to this key, naming another exchange': await colluding(
        mine,
        sealedFor({ exchange: other.claims.exchange }),
        key.publicKey,
      ),
      'sealed to this key, naming another inquirer': await colluding(
        mine,
        sealedFor({ inquirer: KUMAGAYA }),
        key.publicKey,
      ),
      'sealed to this key, naming another provider': await colluding(
        mine,
        sealedFor({ provider: MATSUE }),
        key.publicKey,
      ),
      'sealed to this key, naming other information': await colluding(
        mine,
        sealedFor({ information: 'TM00000000000000' }),
        key.publicKey,
      ),
      'sealed to this key, with something more inside': await colluding(
        mine,
        raw(JSON.stringify({ ...plain({}), more: 1 })),
        key.publicKey,
      ),
      'sealed to this key, no JSON inside': await colluding(mine, raw('何か'), key.publicKey),
      'sealed to this key, nothing inside': await colluding(mine, raw(''), key.publicKey),
    };
    const refusals = new Map<string, string>();
    for (const [way, reply] of Object.entries(moved)) {
      refusals.set(way, JSON.stringify(await refusal(mine.inquiry, reply)));
    }
    expect(new Set(refusals.values()).size, JSON.stringify([...refusals], undefined, 1)).toBe(1);
    expect([...refusals.values()][0]).toContain('"code":"permit_mismatch"');

    const taken = await take(mine.inquiry, mine.reply);
    expect(taken.state).toBe('provided');
  });

  test('the control: what is sealed to this key and names this exchange opens', async () => {
    const mine = await waiting();
    const key = freshKey();
    const oneTime = JSON.parse(
      Buffer.from(mine.inquiry.permit?.split('.')[1] ?? '', 'base64url').toString('utf8'),
    ).oneTimeKey;
    const bytes = seal(
      plaintextBytes({
        exchange: mine.claims.exchange,
        inquirer: MATSUE,
        provider: KUMAGAYA,
        direction: DIRECTION,
        information: mine.claims.information,
        layoutVersion: 'X-1',
        records: [],
      }),
      systemRandomness.bytes(24),
      oneTime,
      key,
    );
    expect((await take(mine.inquiry, await colluding(mine, bytes, key.publicKey))).state).toBe(
      'provided',
    );
  });

  test('another exchange’s statement, whole, is not this one’s answer', async () => {
    const mine = await waiting();
    const other = await waiting();
    expect((await refusal(mine.inquiry, other.reply)).code).toBe('permit_mismatch');
  });

  test('a statement of another party, or about another subject, is not believed', async () => {
    const mine = await waiting();
    const keys = await keysOf(net);
    const byGateway = await signed(answer, mine.claims, { ...keys.gateway.signer });
    expect((await refusal(mine.inquiry, { ...mine.reply, message: byGateway })).code).toBe(
      'signature_invalid',
    );
    const item = await signed(answer, { ...mine.claims, item: '153' }, keys.node(KUMAGAYA));
    expect((await refusal(mine.inquiry, { ...mine.reply, message: item })).code).toBe(
      'permit_mismatch',
    );
  });
});

/** The one-time secret as this node alone can read it. */
const secretOf = ({ id, secret = new Uint8Array() }: Inquiry): Uint8Array =>
  openAtRest(net.network.agency(MATSUE).node, 'secret', id, secret);

describe('once it has been opened', () => {
  test('the one-time secrets of both sides are nowhere, and all long-term keys and databases together open nothing', async () => {
    drawn.clear();
    const mine = await waiting();
    const secret = secretOf(mine.inquiry);
    const bytes = fromBase64url(mine.reply.sealed);
    const theirs = mine.claims.sealed?.oneTimeKey ?? '';
    expect(open(bytes, theirs, secret).length).toBeGreaterThan(0);
    // Even while it is needed, only the vault’s sealed form of it lies there.
    const kept = mine.inquiry.secret ?? new Uint8Array();
    expect(filesWith(filesIn(folder), kept).length).toBeGreaterThan(0);
    expect(filesWith(filesIn(folder), secret)).toEqual([]);

    const view = viewOf(
      await net.inquire({ number: mine.inquiry.integratedAddressNumber }, { id: mine.inquiry.id }),
    );
    expect(view.state).toBe('provided');
    for (const agency of net.network.agencies.values()) await agency.checkpoint();
    await net.network.gateway.checkpoint();

    const files = filesIn(folder);
    const erased = [...(drawn.get(MATSUE) ?? []), ...(drawn.get(KUMAGAYA) ?? [])];
    expect(erased.some((each) => Buffer.from(each).equals(Buffer.from(secret)))).toBe(true);
    for (const each of erased) expect(filesWith(files, each)).toEqual([]);

    const { seed } = net.network.config;
    const longTerm = [
      ...['gateway', 'registry'].map((party) => derived(seed, 'signing', party, party)),
      ...[MATSUE, KUMAGAYA].flatMap((code) =>
        ['node', 'address-numbers'].map((use) => derived(seed, 'signing', code, use)),
      ),
      derived(seed, 'mint', 'person'),
      derived(seed, 'mint', 'code'),
    ];
    // Whatever lies in a database and has the length of a key.
    const stored = new Set(
      files.flatMap(
        (file) =>
          file.bytes
            .toString('latin1')
            .match(/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g) ?? [],
      ),
    );
    expect(stored.size).toBeGreaterThan(20);
    const candidates = [...longTerm, ...[...stored].map((text) => Buffer.from(text, 'base64url'))];
    for (const key of candidates) expect(() => open(bytes, theirs, key)).toThrow('permit_mismatch');
    // Nor from the other end, with the inquirer’s public key.
    for (const key of longTerm)
      expect(() => open(bytes, freshKey().publicKey, key)).toThrow('permit_mismatch');
  });

  test('the secret goes with a refusal or no_record as well', async () => {
    drawn.clear();
    await net.inquire(net.somebody('no-copy'));
    const { exchange = '' } = viewOf(
      await net.inquire(await net.flagged({ autoResponseDisabled: true })),
    );
    await net.step('review', exchange, 'tanto');
    await net.step('decline', exchange, 'jocho');
    await net.inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
    await net.settled();
    for (const agency of net.network.agencies.values()) await agency.checkpoint();
    const files = filesIn(folder);
    expect(drawn.get(MATSUE)?.length).toBeGreaterThanOrEqual(3);
    for (const secret of drawn.get(MATSUE) ?? []) expect(filesWith(files, secret)).toEqual([]);
  });

  test('R-205, R-208: the result lies sealed in the inquirer’s files, and nowhere once its time is over', async () => {
    const somebody = net.somebody('ordinary');
    const mark = `目印${net.newId()}`;
    await net.putCopy(KUMAGAYA, somebody, { records: [{ 備考: mark }] });
    const { id, answer: shown } = viewOf(await net.inquire(somebody));
    expect(shown?.records).toEqual([{ 備考: mark }]);
    const inquirers = () => filesIn(`${folder}/agencies/${MATSUE}`);
    const kept = net.network.agency(MATSUE).node.store.read.inquiry(id)?.result;
    if (!kept) throw new RangeError('no result');
    expect(filesWith(inquirers(), mark)).toEqual([]);
    expect(filesWith(inquirers(), kept)).not.toEqual([]);
    expect((await net.inquiry(id)).answer).toEqual(shown);
    net.clock.advance(8 * 86_400_000);
    await net.network.maintain();
    await net.network.agency(MATSUE).checkpoint();
    expect(filesWith(inquirers(), kept)).toEqual([]);
    expect((await net.inquiry(id)).answer).toBeUndefined();
  });

  test('R-205: bytes moved to another inquiry, or another agency’s, do not open', async () => {
    const [one, other] = [
      await net.inquire(net.somebody('ordinary')),
      await net.inquire(net.somebody('ordinary')),
    ];
    const { node } = net.network.agency(MATSUE);
    const moved = node.store.read.inquiry(viewOf(one).id)?.result;
    const { id } = viewOf(other);
    await node.store.transact((tx) => tx.changeInquiry(id, { state: 'provided', result: moved }));
    const reply = await net.get(MATSUE, `/v1/inquiries/${id}`, {
      token: net.token(MATSUE, 'gyomu'),
    });
    expectProblem(reply, 'internal');
    expect(() =>
      openAtRest(
        net.network.agency(KUMAGAYA).node,
        'result',
        viewOf(one).id,
        moved ?? new Uint8Array(),
      ),
    ).toThrow();
  });
});
