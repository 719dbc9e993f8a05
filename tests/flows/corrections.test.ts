import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditLogs } from '../../src/compliance/audit/audit-logs.ts';
import { numericDate } from '../../src/protocol/day.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { exchangeFindings, placedRecord } from '../../src/protocol/log/exchange-rules.ts';
import { signMessage } from '../../src/protocol/message.ts';
import { type Correction, correction } from '../../src/protocol/messages/correction.ts';
import {
  type CorrectionNotice,
  correctionNotice,
} from '../../src/protocol/messages/correction-notice.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { sharedFacts } from '../../src/protocol/record.ts';
import { expectProblem, type Reply } from '../support/call.ts';
import { historyOf, logInAs } from '../support/history.ts';
import { logOf } from '../support/log-keys.ts';
import { exportOf } from '../support/logs.ts';
import { keysOf } from '../support/messages.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';

// R-702, 番号法31条: a correction of a record is told to the gateway and to the other party.

const PARTIES = [GATEWAY, KUMAGAYA, MATSUE];
const OTHER = '新型インフルエンザ等対策特別措置法による予防接種の実施に関する情報';
const facts = { information: informationCode(OTHER) };

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork();
});
afterAll(() => net.network.close());

const staff = (path: string, body: unknown, who: string, agency = MATSUE): Promise<Reply> =>
  net.post(agency, path, body, {
    token: net.token(agency, who),
    method: body === undefined ? 'GET' : 'POST',
  });
const asked = async (sort: 'ordinary' | 'no-copy' = 'ordinary') => {
  const somebody = net.somebody(sort);
  const { exchange = '' } = viewOf(await net.inquire(somebody));
  return { somebody, exchange };
};
const propose = async (exchange: string, agency = MATSUE) =>
  String((await staff('/v1/corrections', { exchange, facts }, 'tanto', agency)).json.id);
const corrected = (party: string, exchange: string) =>
  net.recordsOf(party, exchange).filter(({ kind }) => kind === 'corrected');
const corrections = (party: string) =>
  net.records(party).filter(({ kind }) => kind === 'corrected');
/** Exchanges of which a test had one party record what the others never accepted. */
const misled = new Set<string>();
const request = async (somebody: Somebody, body: object) => {
  const token = await logInAs(net, somebody);
  return await net.post(GATEWAY, '/v1/persons/corrections', body, { token });
};

describe('staff correct a record of their agency’s', () => {
  test.each([
    ['inquirer', MATSUE],
    ['provider', KUMAGAYA],
  ])('of the %s: two people, then on record with all three, alike', async (_role, agency) => {
    const { somebody, exchange } = await asked();
    const id = await propose(exchange, agency);
    const approve = (who: string) => staff(`/v1/corrections/${id}/approve`, {}, who, agency);
    for (const party of PARTIES) expect(corrected(party, exchange)).toEqual([]);
    expectProblem(await approve('tanto'), 'not_authorised');
    expect((await approve('jocho')).json).toMatchObject({ state: 'approved', decidedBy: 'jocho' });
    await net.settled();
    const [gateways] = corrected(GATEWAY, exchange);
    const answered = net.recordsOf(GATEWAY, exchange).findLast(({ kind }) => kind === 'answered');
    expect(gateways).toMatchObject({ ...facts, corrects: answered?.statement });
    for (const party of [KUMAGAYA, MATSUE]) {
      const own = corrected(party, exchange);
      expect(own.map(sharedFacts)).toEqual([sharedFacts(gateways ?? { kind: 'corrected', at: 0 })]);
    }
    const [entry] = (await historyOf(net, somebody)).entries;
    expect(entry).toMatchObject({
      information: { name: OTHER },
      corrected: [
        { before: { information: { name: '予防接種法による予防接種の実施に関する情報' } } },
      ],
    });
    const list = await staff('/v1/corrections', undefined, 'tanto', agency);
    expect(list.json.corrections).toContainEqual(expect.objectContaining({ id, told: true }));
    expectProblem(await approve('jocho'), 'state_conflict');
  });

  test('who proposed it does not decide; a proposal that is declined changes nothing', async () => {
    const { exchange } = await asked();
    const { json } = await staff('/v1/corrections', { exchange, facts }, 'jocho');
    const step = (name: string, who: string) =>
      staff(`/v1/corrections/${json.id}/${name}`, {}, who);
    expectProblem(await step('approve', 'jocho'), 'approval_by_same_person');
    expectProblem(await step('decline', 'jocho'), 'approval_by_same_person');
    const id = await propose(exchange);
    expect((await staff(`/v1/corrections/${id}/decline`, {}, 'jocho')).json.state).toBe('declined');
    await net.settled();
    for (const party of PARTIES) expect(corrected(party, exchange)).toEqual([]);
  });

  test('only what is over, only what it holds, only what the law names', async () => {
    const { exchange } = await asked();
    const wrong = { information: 'TM00000000000000' };
    const at = (body: object) => staff('/v1/corrections', body, 'tanto');
    expectProblem(await at({ exchange, facts: wrong }), 'message_malformed');
    expectProblem(await at({ exchange, facts: {} }), 'message_malformed');
    expectProblem(await at({ exchange: 'A'.repeat(22), facts }), 'not_found');
    const waiting = await net.flagged({ autoResponseDisabled: true });
    const open = viewOf(await net.inquire(waiting)).exchange;
    expectProblem(await at({ exchange: open, facts }), 'state_conflict');
  });
});

describe('nothing is lost', () => {
  test('the other party hears of it when it is there again, once', async () => {
    const { exchange } = await asked();
    const { faults } = net.network;
    faults.add({ to: KUMAGAYA, action: 'refuse' });
    await staff(`/v1/corrections/${await propose(exchange)}/approve`, {}, 'jocho');
    await net.settled();
    expect(corrected(GATEWAY, exchange)).toHaveLength(1);
    faults.clear();
    expect(corrected(KUMAGAYA, exchange)).toEqual([]);
    await net.network.maintain();
    await net.network.maintain();
    expect(corrected(KUMAGAYA, exchange)).toHaveLength(1);
    expect(net.network.gateway.gateway.store.read.untold()).toEqual([]);
  });

  test('lost messages and lost receipts: told again, on record once', async () => {
    const { exchange } = await asked();
    const { faults } = net.network;
    for (const fault of [
      { message: 'correction' },
      { message: 'correction', leg: 'reply' },
      { message: 'correction-notice' },
      { message: 'correction-notice', leg: 'reply' },
    ] as const) {
      faults.add({ ...fault, action: 'drop', times: 1 });
    }
    await staff(`/v1/corrections/${await propose(exchange)}/approve`, {}, 'jocho');
    for (let round = 0; round < 4; round += 1) {
      await net.settled();
      await net.network.maintain();
    }
    for (const party of PARTIES) expect(corrected(party, exchange)).toHaveLength(1);
    expect(faults.list().map(({ applied }) => applied)).toEqual([1, 1, 1, 1]);
    faults.clear();
    expect(net.network.agency(MATSUE).node.store.read.untoldCorrections()).toEqual([]);
    expect(net.network.gateway.gateway.store.read.untold()).toEqual([]);
  });
});

describe('the person asks for it', () => {
  test('and sees what became of it: taken up by one, approved by another', async () => {
    const { somebody, exchange } = await asked();
    const reply = await request(somebody, { exchange, to: 'provider', facts });
    expect(reply.status).toBe(201);
    expect(reply.json).toMatchObject({ agency: { code: KUMAGAYA }, state: 'waiting' });
    const again = await request(somebody, { exchange, to: 'provider', facts });
    expectProblem(again, 'state_conflict');
    await net.settled();
    const { json } = await staff('/v1/corrections', undefined, 'tanto', KUMAGAYA);
    const [own] = (json.corrections as { id: string; exchange: string; state: string }[]).filter(
      (each) => each.exchange === exchange,
    );
    expect(own).toMatchObject({ state: 'requested', byPerson: true });
    const step = (name: string, who: string) =>
      staff(`/v1/corrections/${own?.id}/${name}`, {}, who, KUMAGAYA);
    expectProblem(await step('approve', 'jocho'), 'approval_required');
    expect((await step('take-up', 'tanto')).status).toBe(200);
    expect((await step('approve', 'jocho')).status).toBe(200);
    await net.settled();
    const [entry] = (await historyOf(net, somebody)).entries;
    expect(entry?.requests).toMatchObject([{ id: reply.json.id, state: 'corrected' }]);
    expect(entry?.information.name).toBe(OTHER);
    expect(corrected(MATSUE, exchange)).toHaveLength(1);
  });

  test('and hears when it is declined; nothing is corrected then', async () => {
    const { somebody, exchange } = await asked();
    await request(somebody, { exchange, to: 'inquirer', facts });
    await net.settled();
    const node = net.network.agency(MATSUE).node.store.read;
    const id = node.corrections().find((each) => each.exchange === exchange)?.id;
    await staff(`/v1/corrections/${id}/take-up`, {}, 'tanto');
    await staff(`/v1/corrections/${id}/decline`, {}, 'jocho');
    await net.settled();
    const [entry] = (await historyOf(net, somebody)).entries;
    expect(entry).toMatchObject({ requests: [{ state: 'declined' }], corrected: [] });
    for (const party of PARTIES) expect(corrected(party, exchange)).toEqual([]);
  });

  test('of a denial the inquirer alone: the provider never heard of it', async () => {
    const somebody = net.somebody('ordinary');
    await net.inquire(somebody, { information: '地方税関係情報' });
    const [{ exchange = '' } = {}] = (await historyOf(net, somebody)).entries;
    expectProblem(
      await request(somebody, { exchange, to: 'provider', facts }),
      'message_malformed',
    );
    expect((await request(somebody, { exchange, to: 'inquirer', facts })).status).toBe(201);
    await net.settled();
    const node = net.network.agency(MATSUE).node.store.read;
    const id = node.corrections().find((each) => each.exchange === exchange)?.id;
    await staff(`/v1/corrections/${id}/take-up`, {}, 'tanto');
    await staff(`/v1/corrections/${id}/approve`, {}, 'jocho');
    await net.settled();
    expect(corrected(GATEWAY, exchange)).toHaveLength(1);
    expect(corrected(KUMAGAYA, exchange)).toEqual([]);
  });

  test('of nothing that is another’s, or must not be told', async () => {
    const { exchange } = await asked();
    const other = net.somebody('ordinary');
    const hidden = await net.flagged({ nonDisclosable: true });
    const secret = viewOf(await net.inquire(hidden)).exchange;
    const steady = ({ text }: Reply) => text.replace(/"instance":"[^"]+"/, '');
    const never = await request(hidden, { exchange: 'A'.repeat(22), to: 'provider', facts });
    expectProblem(never, 'not_found');
    for (const reply of [
      await request(hidden, { exchange: secret, to: 'provider', facts }),
      await request(other, { exchange, to: 'provider', facts }),
    ]) {
      expect(steady(reply)).toBe(steady(never));
    }
    const token = 'A'.repeat(22);
    const nobody = net.post(
      GATEWAY,
      '/v1/persons/corrections',
      { exchange, to: 'provider', facts },
      { token },
    );
    expectProblem(await nobody, 'not_authenticated');
  });
});

describe('nobody else’s word is taken', () => {
  /** A correction of an answered exchange as an agency would sign it, changed where told. */
  async function signed(by: string, change: Partial<Correction> = {}): Promise<string> {
    const exchange = change.exchange ?? (await asked()).exchange;
    const answered = net.recordsOf(GATEWAY, exchange).findLast(({ kind }) => kind === 'answered');
    const { node } = await keysOf(net);
    const claims: Correction = {
      ...{ iss: by, aud: GATEWAY, jti: net.newId(), iat: numericDate(net.clock.now()), exchange },
      ...{
        inquirer: MATSUE,
        provider: KUMAGAYA,
        corrects: answered?.statement ?? 'A'.repeat(43),
        facts,
      },
      ...change,
    };
    return await signMessage(correction, claims, node(by));
  }
  const tell = (message: string) => net.post(GATEWAY, '/v1/corrections', { message });

  test('by the gateway: of another record, in another part, of a request that is not theirs, unproven', async () => {
    const { exchange } = await asked();
    const wrong: Partial<Correction>[] = [
      { corrects: 'A'.repeat(43) },
      { inquirer: KUMAGAYA, provider: MATSUE },
      { exchange: 'A'.repeat(22) },
    ];
    for (const change of wrong)
      expectProblem(await tell(await signed(MATSUE, change)), 'permit_mismatch');
    expectProblem(await tell(await signed(MATSUE, { exchange })), 'record_unproven');
    const forged = (await signed(KUMAGAYA, { exchange })).replace(/.{4}$/, 'AAAA');
    expectProblem(await tell(forged), 'signature_invalid');
    for (const party of PARTIES) expect(corrected(party, exchange)).toEqual([]);
  });

  test('by a node: what the gateway tells counts by the other agency’s own signature', async () => {
    const { exchange } = await asked();
    const { gateway } = await keysOf(net);
    const notice = async (inside: string, change: Partial<CorrectionNotice> = {}) => {
      const claims: CorrectionNotice = {
        ...{ iss: GATEWAY, aud: KUMAGAYA, jti: net.newId(), iat: numericDate(net.clock.now()) },
        ...{ exchange, correction: inside },
        ...change,
      };
      const message = await signMessage(correctionNotice, claims, gateway.signer);
      return await net.post(KUMAGAYA, '/v1/correction-notices', { message });
    };
    const right = await signed(MATSUE, { exchange });
    expectProblem(await notice(right.replace(/.{4}$/, 'AAAA')), 'signature_invalid');
    expectProblem(await notice(await signed(KUMAGAYA, { exchange })), 'permit_mismatch');
    expectProblem(await notice(right, { exchange: 'A'.repeat(22) }), 'permit_mismatch');
    expectProblem(await notice(right, { aud: MATSUE }), 'signature_invalid');
    expectProblem(await notice(right), 'record_unproven');
    expect(corrected(KUMAGAYA, exchange)).toEqual([]);
  });

  test('a decision on a request is that agency’s alone', async () => {
    const { somebody, exchange } = await asked();
    const { json } = await request(somebody, { exchange, to: 'provider', facts });
    await net.settled();
    const id = await propose(exchange);
    const { store } = net.network.agency(MATSUE).node;
    await store.transact((tx) => tx.changeCorrection(id, { request: String(json.id) }));
    await staff(`/v1/corrections/${id}/approve`, {}, 'jocho');
    await net.settled();
    expect(corrected(GATEWAY, exchange)).toEqual([]);
    const [entry] = (await historyOf(net, somebody)).entries;
    expect(entry).toMatchObject({ corrected: [], requests: [{ state: 'waiting' }] });
    expect(store.read.untoldCorrections()).toEqual([]);
    expect(net.recordsOf(MATSUE, exchange).at(-1)).toMatchObject({
      ...{ kind: 'message_refused', code: 'permit_mismatch' },
    });
    // What it wrote of its own accord stands in its own log alone, and the audit below finds that.
    misled.add(exchange);
  });
});

test('the audit of the three logs finds nothing wrong with any of it', async () => {
  await net.settled();
  const logs = PARTIES.map((party) => ({
    party,
    keys: logOf(net.network, party).keys,
    lines: () => lines.get(party) ?? [],
  }));
  const lines = new Map<string, string[]>();
  for (const party of PARTIES) lines.set(party, await exportOf(net, party));
  const { findings } = await auditLogs(logs);
  expect(findings.filter((each) => !misled.has(each.exchange ?? ''))).toEqual([]);
  expect(findings.length).toBe(misled.size * 2);
});

test('the audit misses a correction that somebody was never told of, and one of nothing', () => {
  const [{ exchange = '' } = {}] = corrections(GATEWAY);
  const placed = PARTIES.flatMap((party) =>
    net.recordsOf(party, exchange).map((record, index) => placedRecord(party, index, record)),
  );
  const parties = new Set(PARTIES);
  expect(exchangeFindings(placed, parties)).toEqual([]);
  const untold = placed.filter(({ party, kind }) => party !== KUMAGAYA || kind !== 'corrected');
  expect(exchangeFindings(untold, parties)).toEqual([
    { kind: 'missing', party: KUMAGAYA, record: 'corrected' },
  ]);
  const ofNothing = placed.filter(({ kind }) => kind === 'corrected');
  expect(exchangeFindings(ofNothing, parties).map(({ kind }) => kind)).toEqual(
    PARTIES.map(() => 'order'),
  );
});
