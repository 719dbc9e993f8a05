import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ReviewView } from '../../src/protocol/node-api/reviews.ts';
import { isOfficeHoliday } from '../../src/service/japanese-calendar.ts';
import { kindsOf } from '../support/agreement.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// the queue of a provider, what is seen, returned and declined, and what nobody decides on.

let net: TestNetwork;
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork();
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

const staff = (who: string, test = net) => ({ token: test.token(KUMAGAYA, who) });
const storeOf = (test = net) => test.network.agency(KUMAGAYA).node.store.read;

async function pending(flags: { nonDisclosable?: boolean } = {}, test = net) {
  const somebody = await test.flagged({ autoResponseDisabled: true, ...flags });
  const { state, id, exchange = '' } = viewOf(await test.inquire(somebody));
  expect(state).toBe('pending');
  return { somebody, id, exchange };
}
const show = async (exchange: string, who: string, test = net) =>
  (await test.get(KUMAGAYA, `/v1/reviews/${exchange}`, staff(who, test))).json;
const send = (step: string, exchange: string, who: string, body: unknown) =>
  net.post(KUMAGAYA, `/v1/reviews/${exchange}/${step}`, body, staff(who));

test('offices are closed on weekends, holidays and at the turn of the year, and open otherwise', () => {
  const closed = [
    '2026-11-22',
    '2026-11-23',
    '2026-11-28',
    '2026-12-29',
    '2027-01-03',
    '2026-05-06',
  ];
  const open = ['2026-11-24', '2026-12-28', '2027-01-04', '2026-05-07', '2026-12-25'];
  expect(closed.filter((day) => !isOfficeHoliday(day))).toEqual([]);
  expect(open.filter(isOfficeHoliday)).toEqual([]);
});

test('a request is due after the working days of the configuration, and told as late from then on', async () => {
  await using own = await testNetwork();
  const list = async () => {
    const { json } = await own.get(KUMAGAYA, '/v1/reviews', staff('tanto', own));
    return z.array(ReviewView).parse(json.reviews);
  };
  const status = async () => (await own.get(KUMAGAYA, '/v1/status')).json.reviews;
  expect(await status()).toEqual({ pending: 0, overdue: 0 });
  // A Sunday; the Monday is a holiday (勤労感謝の日). Three working days are Tuesday to Thursday.
  const { exchange } = await pending({}, own);
  const [waiting] = await list();
  expect(waiting).toMatchObject({ exchange, dueAt: '2026-11-26T08:15:00.000Z' });
  expect(waiting?.lateSeconds).toBeUndefined();
  own.clock.advance(Date.parse('2026-11-26T17:15:00+09:00') - own.clock.now());
  expect((await list())[0]?.lateSeconds).toBeUndefined();
  expect(await status()).toEqual({ pending: 1, overdue: 0 });
  own.clock.advance(90_000);
  expect((await list())[0]?.lateSeconds).toBe(90);
  expect(await status()).toEqual({ pending: 1, overdue: 1 });
  // A later request is due later, and stands behind.
  const later = await pending({}, own);
  expect((await list()).map((each) => each.exchange)).toEqual([exchange, later.exchange]);
});

test('what was not shown to this person, or is not what was shown, is neither reviewed nor approved', async () => {
  const { somebody, exchange } = await pending();
  const first = await show(exchange, 'tanto');
  const others = await show(exchange, 'tanto2');
  expect(first.seen).not.toBe(others.seen);
  expect(first.content).toEqual(others.content);
  for (const seen of [others.seen, 'A'.repeat(43)]) {
    expectProblem(await send('review', exchange, 'tanto', { seen }), 'state_conflict');
  }
  expectProblem(await send('review', exchange, 'tanto', {}), 'message_malformed');
  await net.putCopy(KUMAGAYA, somebody, {
    records: [{ 備考: '訂正' }],
    autoResponseDisabled: true,
  });
  expectProblem(await send('review', exchange, 'tanto', { seen: first.seen }), 'state_conflict');
  expect(storeOf().review(exchange)?.state).toBe('waiting');

  const now = await show(exchange, 'tanto');
  expect((await send('review', exchange, 'tanto', { seen: now.seen })).status).toBe(200);
  expectProblem(await send('approve', exchange, 'jocho', { seen: now.seen }), 'state_conflict');
  const { seen } = await show(exchange, 'jocho');
  expect((await send('approve', exchange, 'jocho', { seen })).status).toBe(200);
});

test('what is sent is what the approver saw, though the copy changes at the same moment', async () => {
  const { somebody, id, exchange } = await pending();
  await net.step('review', exchange, 'tanto');
  const { seen, content } = await show(exchange, 'jocho');
  const [approved] = await Promise.all([
    send('approve', exchange, 'jocho', { seen }),
    net.putCopy(KUMAGAYA, somebody, { records: [{ 備考: '別' }], autoResponseDisabled: true }),
  ]);
  await net.settled();
  const after = await net.inquiry(id);
  if (approved.status === 200) expect(after.answer?.records).toEqual(content);
  else expect([approved.json.code, after.state]).toEqual(['state_conflict', 'pending']);
});

test('every look at the content is on record and in the operation log, with who and on whom', async () => {
  const { somebody, exchange } = await pending();
  await show(exchange, 'tanto');
  await show(exchange, 'jocho');
  await net.get(KUMAGAYA, '/v1/reviews', staff('tanto2'));
  const looks = net.recordsOf(KUMAGAYA, exchange).filter(({ kind }) => kind === 'content_shown');
  expect(looks.map((record) => record.staff)).toEqual(['tanto', 'jocho']);
  const operations = storeOf().operations(0, 10_000);
  const own = operations.filter(({ operation }) => operation.exchange === exchange);
  expect(own.map(({ operation }) => operation)).toMatchObject([
    { actor: 'tanto', operation: 'reviews.show', outcome: 'done', person: somebody.numberThere },
    { actor: 'jocho', operation: 'reviews.show', outcome: 'done', person: somebody.numberThere },
  ]);
  expect(operations.at(-1)?.operation).toMatchObject({
    actor: 'tanto2',
    operation: 'reviews.show',
  });
  // Who is refused sees nothing, and has not seen it.
  expectProblem(
    await net.get(KUMAGAYA, `/v1/reviews/${exchange}`, staff('kansa')),
    'not_authorised',
  );
  expect(net.recordsOf(KUMAGAYA, exchange).filter(({ kind }) => kind === 'content_shown')).toEqual(
    looks,
  );
});

test('returned, a request is reviewed again, and the reviewer sees why', async () => {
  const { id, exchange } = await pending();
  const why = { reason: 'content_in_doubt', note: '接種日を原本と照合してください' };
  expectProblem(await send('return', exchange, 'jocho', why), 'state_conflict');
  await net.step('review', exchange, 'tanto');
  expectProblem(await send('return', exchange, 'tanto2', why), 'not_authorised');
  const returned = await send('return', exchange, 'jocho', why);
  expect(returned.json).toMatchObject({
    state: 'returned',
    returnedBy: 'jocho',
    reason: 'content_in_doubt',
  });
  expect(returned.text).not.toContain(why.note);
  expectProblem(await net.step('approve', exchange, 'jocho'), 'approval_required');
  expect(await show(exchange, 'tanto')).toMatchObject({ note: why.note });
  await net.step('review', exchange, 'tanto');
  await net.step('approve', exchange, 'jocho');
  await net.settled();
  expect((await net.inquiry(id)).state).toBe('provided');
  const acts = kindsOf(net.recordsOf(KUMAGAYA, exchange)).filter(
    (kind) => kind !== 'content_shown',
  );
  expect(acts).toEqual(['answered', 'reviewed', 'returned', 'reviewed', 'approved', 'answered']);
});

test('why something was declined stays in the node: not in what is sent, not in records, not readable at rest', async () => {
  const { id, exchange } = await pending({ nonDisclosable: true });
  const note = '支援措置の申出あり 担当者確認済';
  wire.passages.length = 0;
  await net.step('review', exchange, 'tanto');
  const why = { reason: 'protected', note };
  expect((await send('decline', exchange, 'jocho', why)).json).toMatchObject({
    state: 'declined',
    reason: 'protected',
  });
  await net.settled();
  expect(await net.inquiry(id)).toMatchObject({ state: 'refused', reason: 'restricted' });
  const between = wire.passages.filter(({ path }) => !path.includes('/reviews/'));
  expect(between.map(({ path }) => path)).toContain('/v1/provide');
  expect(JSON.stringify(between)).not.toMatch(/支援措置|"protected"/);
  const kept = [net.recordsOf(KUMAGAYA, exchange), storeOf().operations(0, 10_000)];
  expect(JSON.stringify(kept)).not.toMatch(/支援措置|"protected"/);
  const file = Buffer.from(await net.network.agency(KUMAGAYA).serialize());
  expect(file.includes(Buffer.from('支援措置'))).toBe(false);
  expect(await show(exchange, 'tanto')).toMatchObject({ note, content: [] });
});

test('a reason is one of a closed list, and words hold no number and no control character', async () => {
  const { exchange } = await pending();
  await net.step('review', exchange, 'tanto');
  for (const why of [
    {},
    { reason: 'because' },
    { reason: 'other', note: '' },
    { reason: 'other', note: 'x'.repeat(501) },
    { reason: 'other', note: '二行\n目' },
    { reason: 'other', note: '個人番号 １２３４５６７８９０１８' },
  ]) {
    const refused = await send('decline', exchange, 'jocho', why);
    expectProblem(refused, 'message_malformed');
    expect(refused.text).not.toContain('１２３４５６７８９０１８');
  }
  expect(storeOf().review(exchange)?.state).toBe('reviewed');
});

test('a request that nobody decides on ends by itself: signed, visible at the inquirer, and once', async () => {
  await using own = await testNetwork();
  const waiting = await pending({}, own);
  const restricted = await pending({ nonDisclosable: true }, own);
  await own.step('review', restricted.exchange, 'tanto');
  const days = own.network.config.reviews.lapseDays;
  own.clock.advance(days * 86_400_000 - 1);
  await own.network.maintain();
  expect((await own.inquiry(waiting.id)).state).toBe('pending');
  own.clock.advance(1);
  await own.network.maintain();
  await own.network.maintain();
  for (const { id, exchange } of [waiting, restricted]) {
    // The same words for both: whether a copy is restricted is not told.
    expect(await own.inquiry(id)).toMatchObject({
      state: 'refused',
      code: 'refused_by_provider',
      reason: 'review_lapsed',
    });
    const records = own.recordsOf(KUMAGAYA, exchange);
    expect(kindsOf(records).slice(-2)).toEqual(['review_lapsed', 'answered']);
    expect(records.filter(({ kind }) => kind === 'review_lapsed')).toHaveLength(1);
    expectProblem(await own.step('review', exchange, 'tanto'), 'state_conflict');
    expectProblem(await own.step('approve', exchange, 'jocho'), 'state_conflict');
  }
  expect((await own.get(KUMAGAYA, '/v1/status')).json.reviews).toEqual({ pending: 0, overdue: 0 });
  // Nothing was decided, so asking again is open.
  const again = viewOf(await own.inquire(waiting.somebody));
  expect(again.state).toBe('pending');
  expect(again.exchange).not.toBe(waiting.exchange);
});

test('it ends while the gateway is down as well, and is told when it is back', async () => {
  await using own = await testNetwork();
  const { id } = await pending({}, own);
  wire.fault = ({ pathname }) => (pathname === '/v1/provide' ? 'refused' : undefined);
  own.clock.advance(own.network.config.reviews.lapseDays * 86_400_000);
  await own.network.maintain();
  wire.fault = undefined;
  expect((await own.inquiry(id, MATSUE)).state).toBe('pending');
  await own.network.maintain();
  expect((await own.inquiry(id)).reason).toBe('review_lapsed');
});
