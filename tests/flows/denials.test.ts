import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { denial } from '../../src/protocol/messages/denial.ts';
import type { PermitRequest } from '../../src/protocol/messages/permit-request.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { sharedFacts } from '../../src/protocol/record.ts';
import { expectAgreement, kindsOf } from '../support/agreement.ts';
import type { Reply } from '../support/call.ts';
import { permitRequestOf } from '../support/messages.ts';
import { expectProblem } from '../support/problem.ts';
import { openPublished } from '../support/statements.ts';
import {
  IZUMO,
  KUMAGAYA,
  MATSUE,
  NOW,
  type TestNetwork,
  testNetwork,
  viewOf,
  WHILE_ASSESSED,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

const NENKIN = '90004';
const TAX = '地方税関係情報';

let net: TestNetwork;
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({ agencies: [KUMAGAYA, MATSUE, IZUMO, NENKIN] });
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

/** A permit request straight to the gateway, and the denial that comes back, opened by the gateway’s JWKS. */
async function denied(test: TestNetwork, change: Partial<PermitRequest> & { by?: string } = {}) {
  const { by, ...claims } = change;
  const somebody = test.somebody('ordinary');
  const message = await permitRequestOf(test, somebody, { ...(by && { iss: by }), ...claims });
  const reply = await test.post(GATEWAY, '/v1/permits', { message });
  const statement = String(reply.json.statement);
  const opened = await openPublished(test, denial, statement, {
    signer: GATEWAY,
    audience: by ?? MATSUE,
  });
  return { reply, opened, statement };
}

async function expectDenial(
  code: string,
  change: Partial<PermitRequest>,
  test: TestNetwork = net,
): Promise<Awaited<ReturnType<typeof denied>>> {
  const found = await denied(test, change);
  expectProblem(found.reply, code);
  expect(found.opened).toMatchObject({ code, inquirer: MATSUE });
  expect(found.opened.reasons).toContain(code);
  const { reasons, nearest, ground } = found.opened;
  expect(found.reply.json).toMatchObject({ reasons, nearest, ground });
  expect(ground).toMatch(/^番号法/);
  return found;
}

describe('R-102: outside the permission list a signed denial says why, what is near and by which law', () => {
  test('information_not_listed', async () => {
    const { opened } = await expectDenial('information_not_listed', {
      information: informationCode(TAX),
    });
    expect(opened).toMatchObject({
      reasons: ['information_not_listed'],
      list: 'order-r6-9',
      item: '25',
    });
    expect(opened.nearest.length).toBeGreaterThan(0);
    expect(opened.ground).toContain('25の項');
  });

  test('provider_not_listed', async () => {
    const { opened } = await expectDenial('provider_not_listed', { provider: NENKIN });
    expect(opened.item).toBe('25');
  });

  test('provider_not_listed for an agency that nobody has registered', async () => {
    await expectDenial('provider_not_listed', { provider: '99999' });
  });

  test('inquirer_not_listed', async () => {
    await expectDenial('inquirer_not_listed', { item: '26' });
  });

  test('affair_not_listed', async () => {
    await expectDenial('affair_not_listed', { item: '9999' });
  });

  test('list_not_in_force', async () => {
    await using before = await testNetwork({ at: '2016-01-01T00:00:00+09:00' });
    const { opened } = await expectDenial('list_not_in_force', {}, before);
    expect(opened.list).toBeNull();
  });

  test('every reason is named, not only the first', async () => {
    const { opened } = await expectDenial('provider_not_listed', {
      provider: NENKIN,
      information: informationCode(TAX),
    });
    expect(opened.reasons).toEqual(['provider_not_listed', 'information_not_listed']);
  });
});

describe('番号法施行令26条: without a code on either side there is no permit', () => {
  test('code_not_acquired by the gateway, for a code that it never minted for the inquirer', async () => {
    const { opened } = await expectDenial('code_not_acquired', { person: net.newId() });
    expect(opened.nearest).toEqual([]);
  });

  test('nor for a code of another agency', async () => {
    const { numberThere } = net.somebody('ordinary');
    const person = net.network.agency(KUMAGAYA).node.store.read.codeOf(numberThere);
    await expectDenial('code_not_acquired', { person: person ?? '' });
  });

  test('code_not_acquired by the node itself: the gateway is not asked, and the refusal is recorded', async () => {
    const before = net.records(GATEWAY).length;
    const stranger = { number: '999999999999999' };
    const reply = await net.inquire(stranger);
    expectProblem(reply, 'code_not_acquired');
    expect(reply.json.hint).toBeDefined();
    expect(net.records(GATEWAY).length).toBe(before);
    expect(net.records(MATSUE).at(-1)).toMatchObject({ kind: 'denied', code: 'code_not_acquired' });
  });

  test('provider_code_unknown', async () => {
    const reply = await net.inquire(net.somebody('no-code-there'));
    expectProblem(reply, 'provider_code_unknown');
    expect(reply.json.ground).toContain('施行令第26条');
    expectAgreement(net, String(reply.json.exchange), 'denied', [GATEWAY, MATSUE]);
  });

  test('whether a person is known at the provider is told to nobody whom the list does not allow to ask', async () => {
    const reply = await net.inquire(net.somebody('no-code-there'), { information: TAX });
    expectProblem(reply, 'information_not_listed');
    expect(reply.text).not.toContain('provider_code_unknown');
  });
});

describe('番号法21条2項 (R-107): no permit without an assessment in order, by the day in Japan', () => {
  const ask = (test: TestNetwork, provider: string, inquirer: string, item = '25') =>
    test.inquire(test.somebody('ordinary', inquirer, provider), { provider, item }, { inquirer });
  const expectPermitted = (reply: Reply) => expect(viewOf(reply).state).not.toBe('denied');

  test('出雲市 no. 905 ended on 2026-04-01: asked the second before, a breach from midnight, either way round', async () => {
    await using izumo = await testNetwork({
      agencies: [KUMAGAYA, IZUMO],
      at: '2026-03-31T23:59:59+09:00',
    });
    const anybody = (inquirer: string, provider: string) => {
      const [found] = izumo.people(inquirer, provider);
      if (!found) throw new RangeError('nobody');
      return found;
    };
    const bothWays = async () => [
      await izumo.inquire(anybody(IZUMO, KUMAGAYA), {}, { inquirer: IZUMO }),
      await izumo.inquire(anybody(KUMAGAYA, IZUMO), { provider: IZUMO }, { inquirer: KUMAGAYA }),
    ];
    for (const reply of await bothWays()) expectPermitted(reply);
    izumo.clock.advance(1000);
    for (const reply of await bothWays()) {
      expectProblem(reply, 'assessment_breach');
      expect(reply.json.ground).toContain('第21条第2項');
    }
  });

  test('松江市 no. 27 ended and no. 9 took its place on 2025-01-30: no day between is lost', async () => {
    await using matsue = await testNetwork({ at: '2025-01-29T23:59:59+09:00' });
    expectPermitted(await ask(matsue, KUMAGAYA, MATSUE));
    matsue.clock.advance(1000);
    expectPermitted(await ask(matsue, KUMAGAYA, MATSUE));
    expectPermitted(await ask(matsue, MATSUE, KUMAGAYA));
  });

  test('without no. 9, no. 27 leaves 松江市 in breach from the day that it ended', async () => {
    await using matsue = await testNetwork({
      at: '2025-01-29T23:59:59+09:00',
      config: (config) => ({
        ...config,
        agencies: config.agencies.map((agency) => ({
          ...agency,
          assessments: agency.assessments.filter(({ number }) => number !== 9),
        })),
      }),
    });
    expectPermitted(await ask(matsue, KUMAGAYA, MATSUE));
    matsue.clock.advance(1000);
    expectProblem(await ask(matsue, KUMAGAYA, MATSUE), 'assessment_breach');
    expectProblem(await ask(matsue, MATSUE, KUMAGAYA), 'assessment_breach');
  });

  test('松江市 no. 27 counts from 2021-04-12, by 別表第二 the 16の2', async () => {
    await using matsue = await testNetwork({ at: '2021-04-11T23:59:59+09:00' });
    expectProblem(await ask(matsue, KUMAGAYA, MATSUE, '16の2'), 'assessment_breach');
    matsue.clock.advance(1000);
    expectPermitted(await ask(matsue, KUMAGAYA, MATSUE, '16の2'));
  });

  test('one that was found in breach does not count, and covers only what it covers', async () => {
    await using breach = await testNetwork({
      config: (config) => ({
        ...config,
        agencies: config.agencies.map((agency) => ({
          ...agency,
          assessments: agency.assessments.map((each) => ({
            ...each,
            breach: each.number === 901 || each.breach,
          })),
        })),
      }),
    });
    expectProblem(await ask(breach, KUMAGAYA, MATSUE), 'assessment_breach');
    // 地方税関係情報 is another file, with an assessment of its own (no. 902).
    const somebody = breach.somebody('ordinary');
    expectPermitted(await breach.inquire(somebody, { item: '28', information: TAX }));
  });
});

describe('a suspended agency', () => {
  let suspended: TestNetwork;
  beforeAll(async () => {
    suspended = await testNetwork({
      agencies: [KUMAGAYA, MATSUE, IZUMO],
      at: WHILE_ASSESSED,
      config: (config) => ({
        ...config,
        agencies: config.agencies.map((agency) => ({
          ...agency,
          suspended: agency.code === KUMAGAYA,
        })),
      }),
    });
  });
  afterAll(() => suspended.network.close());

  test('is not asked: agency_suspended, signed and recorded by both', async () => {
    const reply = await suspended.inquire(suspended.somebody('ordinary'));
    expectProblem(reply, 'agency_suspended');
    expectAgreement(suspended, String(reply.json.exchange), 'denied', [GATEWAY, MATSUE]);
  });

  test('does not ask: the gateway believes nothing it signs', async () => {
    const before = suspended.records(MATSUE).length;
    const somebody = suspended.somebody('ordinary', KUMAGAYA, MATSUE);
    const reply = await suspended.inquire(somebody, { provider: MATSUE }, { inquirer: KUMAGAYA });
    expectProblem(reply, 'agency_suspended');
    expect(suspended.records(MATSUE).length).toBe(before);
  });
});

describe('what a business system and the records say of a denial', () => {
  test('the same as the statement; the provider is never asked and learns nothing', async () => {
    const before = { provider: net.records(KUMAGAYA).length, wire: wire.passages.length };
    const id = net.newId();
    const somebody = net.somebody('ordinary');
    const reply = await net.inquire(somebody, { id, information: TAX });
    expectProblem(reply, 'information_not_listed');
    expect(reply.json).toMatchObject({ inquiry: id, reasons: ['information_not_listed'] });
    const exchange = String(reply.json.exchange);
    const [record] = expectAgreement(net, exchange, 'denied', [GATEWAY, MATSUE]);
    expect(record).toMatchObject({ inquirer: MATSUE, provider: KUMAGAYA, list: 'order-r6-9' });
    expect(net.recordsOf(GATEWAY, exchange).at(-1)?.reasons).toEqual(['information_not_listed']);
    expect(net.records(KUMAGAYA).length).toBe(before.provider);
    expect(wire.passages.slice(before.wire).map(({ path }) => path)).toEqual(['/v1/permits']);
    expect(await net.inquiry(id)).toMatchObject({
      state: 'denied',
      code: 'information_not_listed',
    });
  });

  test('asked again with the same id, the denial is told again without asking', async () => {
    const id = net.newId();
    const somebody = net.somebody('ordinary');
    const first = await net.inquire(somebody, { id, item: '26' });
    const before = wire.passages.length;
    const again = await net.inquire(somebody, { id, item: '26' });
    expectProblem(again, 'inquirer_not_listed');
    expect({ ...again.json, instance: '' }).toEqual({ ...first.json, instance: '' });
    expect(wire.passages.length).toBe(before);
  });

  test('a denial is kept for good: what the statement says is what the record says', async () => {
    const { opened } = await denied(net, { item: '26' });
    const [record] = net.recordsOf(GATEWAY, opened.jti);
    expect(kindsOf(net.recordsOf(GATEWAY, opened.jti))).toEqual(['denied']);
    expect(record && sharedFacts(record)).toMatchObject({ exchange: opened.jti, item: '26' });
  });
});

describe('番号法23条3項: refused messages are recorded too', () => {
  test('a permit request that comes twice is message_replayed, and the second is on record', async () => {
    const message = await permitRequestOf(net, net.somebody('ordinary'));
    expect((await net.post(GATEWAY, '/v1/permits', { message })).status).toBe(201);
    expectProblem(await net.post(GATEWAY, '/v1/permits', { message }), 'message_replayed');
    expect(net.records(GATEWAY).at(-1)).toMatchObject({
      kind: 'message_refused',
      code: 'message_replayed',
      inquirer: MATSUE,
      provider: KUMAGAYA,
    });
  });
});

test(`the day counts in Japan: ${NOW} is the day of the example`, () => {
  expect(net.clock.now()).toBe(Date.parse(NOW));
});
