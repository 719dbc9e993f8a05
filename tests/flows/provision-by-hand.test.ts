import { afterAll, beforeAll, expect, test } from 'vitest';
import { kindsOf } from '../support/agreement.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';

// where there is no copy, staff provide by hand: one enters, another checks, a supervisor approves.

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork({
    config: (config) => ({
      ...config,
      agencies: config.agencies.map((agency) =>
        agency.code === KUMAGAYA ? { ...agency, manualProvision: [VACCINATION] } : agency,
      ),
    }),
  });
});
afterAll(() => net.network.close());

const storeOf = () => net.network.agency(KUMAGAYA).node.store.read;
const staff = (who: string) => ({ token: net.token(KUMAGAYA, who) });
const enter = (exchange: string, who: string, body: unknown) =>
  net.post(KUMAGAYA, `/v1/reviews/${exchange}/enter`, body, staff(who));

/** A record out of the invented world, which has the form of its layout. */
const layoutVersion = 'K-1';
const record = () => {
  const { copy } = net.people().find((each) => each.copy?.layoutVersion === layoutVersion) ?? {};
  const [first] = copy?.records ?? [];
  if (!first) throw new RangeError('nobody was vaccinated');
  return first;
};

async function pending(period?: { from: string }) {
  const asked = await net.inquire(net.somebody('no-copy'), period ? { period } : {});
  const { state, id, exchange = '' } = viewOf(asked);
  expect(state).toBe('pending');
  return { id, exchange };
}

test('entered by one, checked by another, approved by a supervisor, delivered; it becomes no copy', async () => {
  const { id, exchange } = await pending();
  expect(storeOf().review(exchange)).toMatchObject({ kind: 'manual', state: 'waiting' });
  expectProblem(await net.step('review', exchange, 'tanto2'), 'state_conflict');
  expectProblem(await net.step('approve', exchange, 'jocho'), 'approval_required');

  const entered = await enter(exchange, 'tanto', { layoutVersion, records: [record()] });
  expect(entered.json).toMatchObject({ state: 'entered', kind: 'manual', enteredBy: 'tanto' });
  expectProblem(await net.step('review', exchange, 'tanto'), 'approval_by_same_person');
  expectProblem(await net.step('approve', exchange, 'jocho'), 'approval_required');
  expect((await net.step('review', exchange, 'tanto2')).status).toBe(200);
  expect((await net.step('approve', exchange, 'jocho')).json).toMatchObject({
    ...{ enteredBy: 'tanto', reviewer: 'tanto2', approver: 'jocho', state: 'approved' },
  });
  await net.settled();

  expect(await net.inquiry(id)).toMatchObject({
    state: 'provided',
    answer: { layoutVersion, records: [record()] },
  });
  const acts = kindsOf(net.recordsOf(KUMAGAYA, exchange)).filter(
    (kind) => kind !== 'content_shown',
  );
  expect(acts).toEqual(['answered', 'reviewed', 'approved', 'answered']);
  const review = storeOf().review(exchange);
  expect(review?.entered).toBeUndefined();
  const code = net.recordsOf(KUMAGAYA, exchange)[0];
  expect(
    storeOf().copyVersions(review?.integratedAddressNumber ?? '', code?.information ?? ''),
  ).toEqual([]);
});

test('three people, whatever their roles: the supervisor who entered it does not approve it', async () => {
  const { id, exchange } = await pending();
  await enter(exchange, 'jocho', { layoutVersion, records: [record()] });
  await net.step('review', exchange, 'tanto');
  for (const step of ['approve', 'decline'] as const) {
    expectProblem(await net.step(step, exchange, 'jocho'), 'approval_by_same_person');
  }
  await net.settled();
  expect((await net.inquiry(id)).state).toBe('pending');
});

test('entered anew it is reviewed anew, also by whom reviewed it before entering', async () => {
  const { id, exchange } = await pending();
  await enter(exchange, 'tanto', { layoutVersion, records: [] });
  await net.step('review', exchange, 'tanto2');
  const again = { ...record(), 備考: '再入力' };
  await enter(exchange, 'tanto2', { layoutVersion, records: [again] });
  expectProblem(await net.step('approve', exchange, 'jocho'), 'approval_required');
  await net.step('review', exchange, 'tanto');
  await net.step('approve', exchange, 'jocho');
  await net.settled();
  expect((await net.inquiry(id)).answer?.records).toEqual([again]);
});

test('nothing entered is no record, told after the same three people', async () => {
  const { id, exchange } = await pending();
  await enter(exchange, 'tanto', { layoutVersion, records: [] });
  await net.step('review', exchange, 'tanto2');
  await net.step('approve', exchange, 'jocho');
  await net.settled();
  expect((await net.inquiry(id)).state).toBe('no_record');
});

test('what is entered has the form of its layout, and only what was asked for is sent (R-210)', async () => {
  const { id, exchange } = await pending({ from: '2024-01-01' });
  const wrong = { ...record(), 接種年月日: '2024-02-30' };
  const { 備考: _, ...short } = record();
  for (const [entry, finding] of [
    [
      { layoutVersion, records: [record(), wrong] },
      { record: 1, item: '接種年月日' },
    ],
    [
      { layoutVersion, records: [short] },
      { record: 0, item: '備考', reason: 'missing_item' },
    ],
    [
      { layoutVersion, records: [{ ...record(), 他: 1 }] },
      { record: 0, reason: 'unknown_item' },
    ],
  ] as const) {
    const refused = await enter(exchange, 'tanto', entry);
    expectProblem(refused, 'message_malformed');
    expect(refused.json.findings).toMatchObject([finding]);
    expect(refused.text).not.toContain('2024-02-30');
  }
  const unknown = { layoutVersion: 'Z-9', records: [record()] };
  expectProblem(await enter(exchange, 'tanto', unknown), 'message_malformed');
  expect(storeOf().review(exchange)?.state).toBe('waiting');
  const [before, after] = ['2023-12-31', '2024-01-01'].map((day) => ({
    ...record(),
    接種年月日: day,
  }));
  await enter(exchange, 'tanto', { layoutVersion, records: [before, after] });
  await net.step('review', exchange, 'tanto2');
  await net.step('approve', exchange, 'jocho');
  await net.settled();
  expect((await net.inquiry(id)).answer?.records).toEqual([after]);
});

test('what is entered lies sealed at rest, and a copy is not entered over', async () => {
  const { exchange } = await pending();
  await enter(exchange, 'tanto', { layoutVersion, records: [{ ...record(), 備考: '台帳三枚目' }] });
  const bytes = Buffer.from(await net.network.agency(KUMAGAYA).serialize());
  expect(bytes.includes(Buffer.from('台帳三枚目'))).toBe(false);
  const flagged = viewOf(await net.inquire(await net.flagged({ autoResponseDisabled: true })));
  expectProblem(
    await enter(flagged.exchange ?? '', 'tanto', { layoutVersion, records: [record()] }),
    'state_conflict',
  );
});

test('an agency that provides nothing by hand answers at once that there is no record', async () => {
  const asked = await net.inquire(
    net.somebody('no-copy', KUMAGAYA, MATSUE),
    { provider: MATSUE },
    { inquirer: KUMAGAYA },
  );
  expect(viewOf(asked).state).toBe('no_record');
});
