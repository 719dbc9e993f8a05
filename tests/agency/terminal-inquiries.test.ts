import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { InquiryView } from '../../src/protocol/node-api/inquiries.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import type { Reply } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// an inquiry made at a terminal has a superior's prior approval. R-304: a result that is registered in the
// business system by hand is checked by several members of staff.

const DAY = 86_400_000;
let net: TestNetwork;
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork();
});
afterEach(() => {
  wire.fault = undefined;
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

const operations = () =>
  net.network
    .agency(MATSUE)
    .node.store.read.operations(0, 10_000)
    .map(({ operation }) => operation);
const since = async (work: () => Promise<unknown>) => {
  const before = operations().length;
  await work();
  return operations().slice(before);
};
const as = (who: string) => ({ token: net.token(MATSUE, who) });

const ask = (
  somebody: Pick<Somebody, 'number'>,
  change: Readonly<Record<string, unknown>> = {},
  who = 'tanto',
): Promise<Reply> =>
  net.post(
    MATSUE,
    '/v1/inquiries',
    {
      integratedAddressNumber: somebody.number,
      provider: KUMAGAYA,
      item: '25',
      information: VACCINATION,
      ...change,
    },
    as(who),
  );
const step = (id: string, name: string, who: string, body: object = {}) =>
  net.post(MATSUE, `/v1/inquiries/${id}/${name}`, body, as(who));
const look = (id: string, who: string) => net.get(MATSUE, `/v1/inquiries/${id}`, as(who));
/** Looks, and approves what was shown. */
const approve = async (id: string, who = 'jocho') =>
  step(id, 'approve', who, { digest: (await look(id, who)).json.digest });
const requested = async (somebody = net.somebody('ordinary'), who = 'tanto') =>
  InquiryView.parse((await ask(somebody, {}, who)).json);
const provided = async () => {
  const { id } = await requested();
  expect(viewOf(await approve(id))).toMatchObject({ id, state: 'provided', approver: 'jocho' });
  return id;
};

describe('R-301: approval before anything is asked', () => {
  test('asked by one, approved by another who saw what will be asked, then sent; who asked sees the result', async () => {
    const somebody = net.somebody('ordinary');
    wire.passages.length = 0;
    const reply = await ask(somebody, { period: { from: '2020-04-01' } });
    expect(reply.status).toBe(202);
    const { id } = InquiryView.parse(reply.json);
    expect(wire.passages).toEqual([]);
    expect(net.recordsOf(MATSUE, id)).toEqual([]);

    const shown = viewOf(await look(id, 'jocho'));
    expect(shown).toMatchObject({
      state: 'requested',
      by: 'tanto',
      integratedAddressNumber: somebody.number,
      provider: KUMAGAYA,
      item: '25',
      information: informationCode(VACCINATION),
      period: { from: '2020-04-01' },
    });
    const done = await step(id, 'approve', 'jocho', { digest: shown.digest });
    expect(done.status).toBe(200);
    // The content is shown where the look is written down.
    expect(viewOf(done)).toMatchObject({ state: 'provided', approver: 'jocho' });
    expect(viewOf(done).answer).toBeUndefined();
    expect(viewOf(await look(id, 'tanto')).answer?.records.length).toBeGreaterThan(0);
    expect(viewOf(await look(id, 'jocho')).answer?.records.length).toBeGreaterThan(0);
  });

  test('each step and each look is in the operation log with the person; a look at the answer is on record', async () => {
    const somebody = net.somebody('ordinary');
    let id = '';
    const lines = await since(async () => {
      ({ id } = await requested(somebody));
      await approve(id);
      await look(id, 'tanto');
    });
    const about = {
      outcome: 'done',
      person: somebody.number,
      information: informationCode(VACCINATION),
    };
    expect(lines).toMatchObject([
      { ...about, actor: 'tanto', operation: 'inquiries.ask' },
      { ...about, actor: 'jocho', operation: 'inquiries.show' },
      { ...about, actor: 'jocho', operation: 'inquiries.approve' },
      { ...about, actor: 'tanto', operation: 'inquiries.show' },
    ]);
    const { exchange = '' } = viewOf(await look(id, 'tanto'));
    const shown = net.recordsOf(MATSUE, exchange).filter(({ kind }) => kind === 'content_shown');
    expect(shown).toMatchObject([
      { staff: 'tanto', provider: KUMAGAYA, item: '25' },
      { staff: 'tanto', provider: KUMAGAYA, item: '25' },
    ]);
  });

  test('not by who asked, whatever their role; not by officers; not unseen; not twice', async () => {
    wire.passages.length = 0;
    const { id, digest } = await requested(net.somebody('ordinary'), 'jocho');
    expectProblem(await step(id, 'approve', 'jocho', { digest }), 'approval_by_same_person');
    expectProblem(
      await step(id, 'decline', 'jocho', { reason: '不要' }),
      'approval_by_same_person',
    );
    const { id: other, digest: seen } = await requested();
    for (const who of ['tanto', 'tanto2', 'kansa', 'kanri', 'gyomu']) {
      expectProblem(await step(other, 'approve', who, { digest: seen }), 'not_authorised');
    }
    expectProblem(await step(other, 'approve', 'jocho', {}), 'message_malformed');
    expectProblem(await step(other, 'approve', 'jocho', { digest }), 'state_conflict');
    expect(viewOf(await look(other, 'tanto')).state).toBe('requested');
    expect(wire.passages).toEqual([]);
    await approve(other);
    expectProblem(await step(other, 'approve', 'jocho', { digest: seen }), 'state_conflict');
    expectProblem(await step(other, 'decline', 'jocho', { reason: '不要' }), 'state_conflict');
  });

  test('approved many times at once, it is sent once', async () => {
    const { id, digest } = await requested();
    wire.passages.length = 0;
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => step(id, 'approve', 'jocho', { digest })),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(wire.passages.filter(({ path }) => path === '/v1/permits')).toHaveLength(1);
    expect(
      operations().filter(
        (line) =>
          line.operation === 'inquiries.approve' &&
          line.outcome === 'done' &&
          line.at === net.clock.now(),
      ).length,
    ).toBeGreaterThan(0);
  });

  test('declined with a reason, which who asked sees, and which lies sealed; nothing is ever sent', async () => {
    wire.passages.length = 0;
    const { id } = await requested();
    const reason = `窓口で確認済みのため ${net.newId()}`;
    expect(viewOf(await step(id, 'decline', 'jocho', { reason }))).toMatchObject({
      state: 'declined',
    });
    expect(viewOf(await look(id, 'tanto'))).toMatchObject({
      state: 'declined',
      approver: 'jocho',
      declineReason: reason,
    });
    expect(Buffer.from(await net.network.agency(MATSUE).serialize()).includes(reason)).toBe(false);
    expect(wire.passages).toEqual([]);
    expect(
      viewOf(
        await ask({ number: viewOf(await look(id, 'tanto')).integratedAddressNumber }, { id }),
      ),
    ).toMatchObject({ state: 'declined' });
  });

  test('if nobody decides in time it lapses', async () => {
    const { id, digest } = await requested();
    net.clock.advance(72 * 3_600_000);
    await net.network.maintain();
    expect(viewOf(await look(id, 'tanto')).state).toBe('requested');
    net.clock.advance(1);
    await net.network.maintain();
    expect(viewOf(await look(id, 'tanto'))).toMatchObject({
      state: 'lapsed',
      code: 'approval_required',
    });
    expectProblem(await step(id, 'approve', 'jocho', { digest }), 'state_conflict');
  });

  test('an approval holds though the inquiry fails on the way: who asked sends it again, and it is asked once', async () => {
    const somebody = net.somebody('ordinary');
    const { id } = await requested(somebody);
    wire.fault = ({ pathname }) => (pathname === '/v1/permits' ? 'refused' : undefined);
    expect(viewOf(await approve(id))).toMatchObject({
      state: 'open',
      code: 'gateway_unavailable',
      approver: 'jocho',
    });
    expectProblem(await ask(somebody, { id }), 'gateway_unavailable');
    wire.fault = undefined;
    expect(viewOf(await ask(somebody, { id })).state).toBe('provided');
    expect(viewOf(await ask(somebody, { id })).state).toBe('provided');
    const { exchange = '' } = viewOf(await look(id, 'tanto'));
    expect(net.recordsOf(KUMAGAYA, exchange).map(({ kind }) => kind)).toEqual(['answered']);
  });

  test('a denial, an answer that comes later, and no record: all reach who asked', async () => {
    const denied = InquiryView.parse(
      (await ask(net.somebody('ordinary'), { information: '地方税関係情報' })).json,
    );
    expect(viewOf(await approve(denied.id))).toMatchObject({
      state: 'denied',
      code: 'information_not_listed',
    });
    const { id } = await requested(await net.flagged({ autoResponseDisabled: true }));
    const waiting = await approve(id);
    expect(waiting.status).toBe(202);
    const { exchange = '' } = viewOf(waiting);
    await net.step('review', exchange, 'tanto');
    await net.step('approve', exchange, 'jocho');
    await net.settled();
    expect(viewOf(await look(id, 'tanto'))).toMatchObject({ state: 'provided', answer: {} });
  });

  test('without a code nothing is asked for, and another’s id is not taken', async () => {
    const here = net.network.world.agencies.get(MATSUE)?.persons.find(({ hasCode }) => !hasCode);
    if (here) {
      expectProblem(await ask({ number: here.integratedAddressNumber }), 'code_not_acquired');
    }
    const somebody = net.somebody('ordinary');
    const { id } = await requested(somebody);
    expectProblem(await ask(somebody, { id }, 'tanto2'), 'state_conflict');
    expectProblem(await ask(somebody, { id, item: '153' }), 'state_conflict');
    expectProblem(await net.inquire(somebody, { id }), 'state_conflict');
    expect(viewOf(await ask(somebody, { id })).state).toBe('requested');
  });
});

describe('who sees what', () => {
  test('the result only who asked and who approved; supervisors without it; others not that it is there', async () => {
    const id = await provided();
    for (const who of ['tanto2', 'gyomu']) expectProblem(await look(id, who), 'not_found');
    for (const who of ['kansa', 'kanri']) expectProblem(await look(id, who), 'not_authorised');
    const { id: other } = await requested();
    expect(viewOf(await look(other, 'jocho')).answer).toBeUndefined();
    const { id: theirs } = viewOf(await net.inquire(net.somebody('ordinary')));
    for (const who of ['tanto', 'jocho']) expectProblem(await look(theirs, who), 'not_found');
  });

  test('lists: staff their own, supervisors all of the terminals, business systems theirs, without results', async () => {
    const { id } = await requested(net.somebody('ordinary'), 'tanto2');
    const mine = viewOf(await net.inquire(net.somebody('ordinary')));
    const list = async (who: string, query = '') =>
      (await net.get(MATSUE, `/v1/inquiries?limit=500${query}`, as(who))).json;
    const ids = (json: Readonly<Record<string, unknown>>) =>
      InquiryView.array()
        .parse(json.inquiries)
        .map((each) => each.id);
    expect(ids(await list('tanto2'))).toContain(id);
    expect(ids(await list('tanto'))).not.toContain(id);
    expect(ids(await list('jocho', '&state=requested'))).toContain(id);
    expect(ids(await list('jocho', '&by=tanto2'))).toContain(id);
    expect(ids(await list('jocho'))).not.toContain(mine.id);
    expect(ids(await list('gyomu', '&state=provided,no_record'))).toContain(mine.id);
    expect(ids(await list('gyomu'))).not.toContain(id);
    const { inquiries } = await list('gyomu', `&person=${mine.integratedAddressNumber}`);
    for (const each of InquiryView.array().parse(inquiries)) {
      expect(each).toMatchObject({ integratedAddressNumber: mine.integratedAddressNumber });
      expect(each.answer).toBeUndefined();
    }
    expectProblem(await net.get(MATSUE, '/v1/inquiries?by=tanto2', as('tanto')), 'not_authorised');
    expectProblem(await net.get(MATSUE, '/v1/inquiries?by=atena', as('gyomu')), 'not_authorised');
    expectProblem(await net.get(MATSUE, '/v1/inquiries', as('kansa')), 'not_authorised');
  });

  test('pages: newest first, each once, also while others are made; a since counts from a day in Japan', async () => {
    const made: string[] = [];
    for (let times = 0; times < 7; times += 1) {
      net.clock.advance(1000);
      made.unshift(viewOf(await net.inquire(net.somebody('ordinary'))).id);
    }
    const found: string[] = [];
    let next = '';
    do {
      const page = (await net.get(MATSUE, `/v1/inquiries?limit=3${next}`, as('gyomu'))).json;
      found.push(
        ...InquiryView.array()
          .parse(page.inquiries)
          .map(({ id }) => id),
      );
      if (found.length === 3) await net.inquire(net.somebody('ordinary'));
      next = typeof page.next === 'string' ? `&after=${page.next}` : '';
    } while (next !== '' && found.length < 9);
    expect(found.slice(0, 7)).toEqual(made);
    expect(new Set(found).size).toBe(found.length);
    const day = new Date(net.clock.now() + DAY + 9 * 3_600_000).toISOString().slice(0, 10);
    const tomorrow = (await net.get(MATSUE, `/v1/inquiries?since=${day}`, as('gyomu'))).json;
    expect(tomorrow).toEqual({ inquiries: [] });
    for (const wrong of [
      'since=2026-02-30',
      'state=done',
      'after=x',
      'limit=0',
      'limit=501',
      'more=1',
      'person=1',
    ]) {
      expectProblem(
        await net.get(MATSUE, `/v1/inquiries?${wrong}`, as('gyomu')),
        'message_malformed',
      );
    }
  });
});

describe('R-304: a result registered by hand is confirmed by another', () => {
  test('taken over by one, seen and confirmed by another; what is open can be listed', async () => {
    const id = await provided();
    expectProblem(await step(id, 'confirm', 'jocho'), 'approval_required');
    expectProblem(await step(id, 'taken-over', 'tanto2'), 'not_found');
    expect(viewOf(await step(id, 'taken-over', 'tanto'))).toMatchObject({ takenOverBy: 'tanto' });
    const open = async (who: string) => {
      const { json } = await net.get(MATSUE, '/v1/inquiries?unconfirmed=true', as(who));
      return InquiryView.array()
        .parse(json.inquiries)
        .map((each) => each.id);
    };
    expect(await open('tanto2')).toContain(id);
    expectProblem(await step(id, 'confirm', 'tanto'), 'approval_by_same_person');
    // Whoever confirms needs to see it, and the look is written down.
    const lines = await since(() => look(id, 'tanto2'));
    expect(lines).toMatchObject([{ actor: 'tanto2', operation: 'inquiries.show' }]);
    expect(viewOf(await look(id, 'tanto2')).answer).toBeDefined();
    const confirmed = await since(async () => {
      expect(viewOf(await step(id, 'confirm', 'tanto2'))).toMatchObject({
        takenOverBy: 'tanto',
        confirmedBy: 'tanto2',
      });
    });
    expect(confirmed).toMatchObject([{ actor: 'tanto2', operation: 'inquiries.confirm' }]);
    expect(await open('tanto2')).not.toContain(id);
    for (const name of ['taken-over', 'confirm']) {
      expectProblem(await step(id, name, 'jocho'), 'state_conflict');
    }
  });

  test('not before there is a result, nor after it was deleted', async () => {
    const { id } = await requested();
    expectProblem(await step(id, 'taken-over', 'tanto'), 'state_conflict');
    const other = await provided();
    net.clock.advance(7 * DAY + 1);
    await net.network.maintain();
    expectProblem(await step(other, 'taken-over', 'tanto'), 'state_conflict');
  });
});

describe('R-208: deletion', () => {
  const deleted = (exchange: string) =>
    net.recordsOf(MATSUE, exchange).filter(({ kind }) => kind === 'result_deleted');

  test('of what was provided, refused, denied, declined and broken off; on record once, and in the operation log', async () => {
    const ends = [
      viewOf(await net.inquire(net.somebody('ordinary'))),
      viewOf(await net.inquire(net.somebody('no-copy'))),
      viewOf(await look(await provided(), 'tanto')),
    ];
    await net.inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
    const denial = net.records(MATSUE).findLast(({ kind }) => kind === 'denied')?.exchange ?? '';
    const { id: declined } = await requested();
    await step(declined, 'decline', 'jocho', { reason: '不要' });
    const broken = viewOf(await net.inquire(await net.flagged({ autoResponseDisabled: true })));
    const store = net.network.agency(MATSUE).node.store.read;
    for (const { id } of ends) expect(store.inquiry(id)?.deleteAt).toBe(net.clock.now() + 7 * DAY);
    expect(store.inquiry(declined)?.deleteAt).toBe(net.clock.now() + 7 * DAY);
    expect(store.inquiry(broken.id)).toMatchObject({ state: 'pending', deleteAt: undefined });

    net.clock.advance(7 * DAY);
    await net.network.maintain();
    for (const { exchange = '' } of ends) expect(deleted(exchange)).toEqual([]);
    net.clock.advance(1);
    const lines = await since(() => net.network.maintain());
    expect(lines.filter(({ operation }) => operation === 'inquiries.delete')).toMatchObject([
      { actorKind: 'system', actor: 'node', outcome: 'done', count: expect.any(Number) },
    ]);
    await net.network.maintain();
    for (const exchange of [...ends.map((each) => each.exchange ?? ''), denial]) {
      expect(deleted(exchange), exchange).toMatchObject([{ inquirer: MATSUE, provider: KUMAGAYA }]);
    }
    for (const id of [...ends.map((each) => each.id), declined]) {
      const left = store.inquiry(id);
      expect([left?.result, left?.permit, left?.denial, left?.secret, left?.declineReason]).toEqual(
        new Array(5).fill(undefined),
      );
      expect(left?.deletedAt).toBe(net.clock.now());
    }

    // What was broken off lapses when the gateway has nothing left to deliver, and goes the same way.
    net.clock.advance(24 * DAY);
    await net.network.maintain();
    const lapsed = store.inquiry(broken.id);
    expect(lapsed).toMatchObject({
      state: 'lapsed',
      secret: undefined,
      deleteAt: net.clock.now() + 7 * DAY,
    });
    expect(deleted(broken.exchange ?? '')).toEqual([]);
    net.clock.advance(7 * DAY + 1);
    await net.network.maintain();
    expect(deleted(broken.exchange ?? '')).toHaveLength(1);
    expect(store.inquiry(broken.id)).toMatchObject({
      permit: undefined,
      deletedAt: net.clock.now(),
    });
  });

  test('many at once are deleted in turns, each on record once', async () => {
    const { store } = net.network.agency(MATSUE).node;
    const made = Array.from({ length: 1201 }, () => net.newId());
    await store.transact((tx) => {
      for (const id of made) {
        tx.addInquiry({
          id,
          integratedAddressNumber: net.people()[0]?.number ?? '',
          provider: KUMAGAYA,
          item: '25',
          information: informationCode(VACCINATION),
          state: 'provided',
          by: 'gyomu',
          byKind: 'business-system',
          createdAt: net.clock.now(),
          exchange: id,
          result: new Uint8Array([1]),
          deleteAt: net.clock.now() - 1,
        });
      }
    });
    const lines = await since(() => Promise.all([net.network.maintain(), net.network.maintain()]));
    const counts = lines.filter(({ operation }) => operation === 'inquiries.delete');
    expect(counts.map(({ count }) => count)).toEqual([500, 500, 201]);
    const own = new Set(made);
    const recorded = net
      .records(MATSUE)
      .filter(({ kind, exchange = '' }) => kind === 'result_deleted' && own.has(exchange));
    expect(recorded).toHaveLength(1201);
    expect(new Set(recorded.map(({ exchange }) => exchange))).toEqual(own);
  });
});
