import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/network/faults/fault.ts';
import type { JournalEntry } from '../../src/network/journal.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { ALL, expectAgreement } from '../support/agreement.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork();
});
beforeEach(() => net.network.faults.clear());
afterAll(() => net.network.close());

/** What was journalled since, by kind. */
function journalled(since: number, kind: string): JournalEntry[] {
  return net.network.journal.after(since).filter((entry) => entry.kind === kind);
}
const names = (entries: readonly JournalEntry[]) =>
  entries.map(({ facts, outcome }) => [facts?.message, facts?.leg, outcome]);

async function inquireUnder(fault: Fault) {
  const since = net.network.journal.last;
  const id = net.newId();
  const somebody = net.somebody('ordinary');
  const faultId = net.network.faults.add(fault);
  const reply = await net.inquire(somebody, { id });
  return {
    ...{ reply, id, somebody, faultId },
    faults: journalled(since, 'fault'),
    messages: journalled(since, 'message'),
    again: async () => {
      net.network.faults.clear();
      return viewOf(await net.inquire(somebody, { id }));
    },
  };
}

describe('a request', () => {
  const about = { from: GATEWAY, to: KUMAGAYA, message: 'provide-request' } as const;

  test('that is dropped never arrives; the sender sees a timeout, and asking again succeeds', async () => {
    const { reply, faults, messages, faultId, again } = await inquireUnder({
      ...about,
      action: 'drop',
    });
    expectProblem(reply, 'provider_timeout');
    expect(faults).toMatchObject([
      {
        from: GATEWAY,
        to: KUMAGAYA,
        outcome: 'drop',
        facts: { fault: faultId, message: 'provide-request', leg: 'request' },
      },
    ]);
    expect(messages.filter(({ from }) => from === KUMAGAYA)).toEqual([]);
    expect((await again()).state).toBe('provided');
  });

  test('that is refused finds nobody, which is not a timeout', async () => {
    const { reply, again } = await inquireUnder({ ...about, action: 'refuse' });
    expectProblem(reply, 'provider_unavailable');
    expect((await again()).state).toBe('provided');
  });

  test('that is corrupted is refused by its signature, and nobody is denied', async () => {
    const { reply, messages, again } = await inquireUnder({ message: 'query', action: 'corrupt' });
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(['signature_invalid', 'message_malformed', 'agency_unknown']).toContain(reply.json.code);
    expect(names(messages)).toContainEqual(['answer', 'reply', reply.json.code]);
    expect(net.records(GATEWAY).some(({ kind }) => kind === 'denied')).toBe(false);
    expect((await again()).state).toBe('provided');
  });

  test('that is duplicated has one effect', async () => {
    const { reply, messages } = await inquireUnder({ message: 'query', action: 'duplicate' });
    const view = viewOf(reply);
    expect(view.state).toBe('provided');
    expect(names(messages).filter(([name]) => name === 'answer')).toEqual([
      ['answer', 'reply', undefined],
      ['answer', 'reply', undefined],
      ['answer', 'reply', expect.stringMatching(/^(message_replayed|permit_already_used)$/)],
    ]);
    const { exchange = '' } = view;
    expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
    const answers = net.recordsOf(KUMAGAYA, exchange).filter(({ kind }) => kind === 'answered');
    expect(answers).toHaveLength(1);
  });
});

describe('a reply', () => {
  test('that is dropped comes after the provider has acted; the next attempt gets that answer', async () => {
    const { reply, id, again } = await inquireUnder({
      ...{ from: KUMAGAYA, to: GATEWAY, message: 'answer', action: 'drop' },
    });
    expectProblem(reply, 'provider_timeout');
    const { exchange = '' } = await net.inquiry(id);
    const acted = net.recordsOf(KUMAGAYA, exchange).map(({ kind }) => kind);
    expect(acted).toEqual(['answered']);
    expect(await again()).toMatchObject({ state: 'provided', exchange });
    expect(net.recordsOf(KUMAGAYA, exchange).map(({ kind }) => kind)).toEqual(acted);
  });

  test('by the name of its request, with leg, is the same reply', async () => {
    const { faults } = await inquireUnder({
      ...{ from: GATEWAY, to: KUMAGAYA, message: 'provide-request', leg: 'reply', action: 'drop' },
    });
    expect(faults).toMatchObject([{ from: KUMAGAYA, to: GATEWAY, facts: { message: 'answer' } }]);
  });

  test('with one other character of seal or signature is not accepted, wherever that is', async () => {
    net.network.faults.add({ from: KUMAGAYA, message: 'answer', action: 'corrupt' });
    for (let times = 0; times < 8; times += 1) {
      const reply = await net.inquire(net.somebody('ordinary'));
      expect(reply.status, reply.text).toBeGreaterThanOrEqual(400);
    }
    expect(net.network.faults.list()).toMatchObject([{ applied: 8 }]);
  });

  test('to which nothing can be done is let pass and not counted', async () => {
    net.network.faults.add({ message: 'accepted', action: 'corrupt' });
    const agency = net.network.addressNumbers.get(MATSUE);
    const [without] =
      net.network.world.agencies.get(MATSUE)?.persons.filter(({ hasCode }) => !hasCode) ?? [];
    expect(await agency?.acquireCodes([without?.integratedAddressNumber ?? ''])).toBe(1);
    expect(net.network.faults.list()).toMatchObject([{ applied: 0 }]);
  });
});

describe('by a clock that is told to move', () => {
  test('a delayed message arrives when its time has come, not when the clock is moved', async () => {
    const { network } = net;
    network.faults.add({ message: 'provide-request', action: 'delay', delaySeconds: 5 });
    const before = network.clock.now();
    const inquiry = net.inquire(net.somebody('ordinary'));
    await network.faults.whenHeld();
    await network.advance(4999);
    expect(network.faults.list()).toMatchObject([{ applied: 1 }]);
    await network.advance(600_000);
    const { state, exchange = '' } = viewOf(await inquiry);
    expect(state).toBe('provided');
    expect(network.clock.now()).toBe(before + 604_999);
    const [answered] = net.recordsOf(KUMAGAYA, exchange);
    expect(answered?.at).toBe(before + 5000);
  });

  test('the clock is moved only after what was just sent has got as far as it gets', async () => {
    net.network.faults.add({ message: 'permit-request', action: 'delay', delaySeconds: 2 });
    const inquiry = net.inquire(net.somebody('ordinary'));
    await net.network.advance(2000);
    expect(viewOf(await inquiry).state).toBe('provided');
  });

  test('a sender stops waiting at its time, and the message arrives all the same', async () => {
    const { network } = net;
    network.faults.add({ message: 'provide-request', action: 'delay', delaySeconds: 20, times: 1 });
    const id = net.newId();
    const somebody = net.somebody('ordinary');
    const since = network.journal.last;
    const inquiry = net.inquire(somebody, { id });
    await network.faults.whenHeld();
    const { timeoutSeconds } = network.config.provider;
    await network.advance(timeoutSeconds * 1000);
    // All that comes of it has come when time has moved.
    expect(network.agency(MATSUE).node.store.read.inquiry(id)?.state).toBe('open');
    expectProblem(await inquiry, 'provider_timeout');
    const { exchange = '' } = await net.inquiry(id);
    expect(net.recordsOf(KUMAGAYA, exchange)).toEqual([]);
    await network.advance(10_000);
    expect(net.recordsOf(KUMAGAYA, exchange).map(({ kind }) => kind)).toEqual(['answered']);
    expect(names(journalled(since, 'message'))).toContainEqual(['answer', 'reply', undefined]);
    expect(viewOf(await net.inquire(somebody, { id }))).toMatchObject({
      state: 'provided',
      exchange,
    });
  });

  test('a delayed reply is waited for', async () => {
    net.network.faults.add({ message: 'permit', action: 'delay', delaySeconds: 3, times: 1 });
    const inquiry = net.inquire(net.somebody('ordinary'));
    await net.network.faults.whenHeld();
    await net.network.advance(3000);
    expect(viewOf(await inquiry).state).toBe('provided');
  });

  test('what a fault holds in the background keeps neither maintenance nor time from going on', async () => {
    const { network } = net;
    const somebody = await net.flagged({ autoResponseDisabled: true });
    const { id, exchange = '' } = viewOf(await net.inquire(somebody));
    network.faults.add({ message: 'delivery', action: 'delay', delaySeconds: 8 });
    await net.step('review', exchange, 'tanto');
    await net.step('approve', exchange, 'jocho');
    await network.faults.whenHeld();
    await network.maintain();
    await network.settled();
    expect((await net.inquiry(id)).state).toBe('pending');
    await network.advance(8000);
    expect((await net.inquiry(id)).state).toBe('provided');
  });
});

test('a reordered message follows the next one between the same two', async () => {
  net.network.faults.add({ message: 'provide-request', action: 'reorder' });
  const since = net.network.journal.last;
  const first = net.inquire(net.somebody('ordinary'));
  await net.network.faults.whenHeld();
  const second = viewOf(await net.inquire(net.somebody('ordinary')));
  const { exchange } = viewOf(await first);
  const arrived = journalled(since, 'opened').length;
  expect(arrived).toBe(2);
  const answered = net
    .records(KUMAGAYA)
    .filter(({ kind }) => kind === 'answered')
    .map((record) => record.exchange);
  expect(answered.slice(-2)).toEqual([second.exchange, exchange]);
});

test('ending a fault lets go what it held', async () => {
  const id = net.network.faults.add({ message: 'query', action: 'reorder' });
  const inquiry = net.inquire(net.somebody('ordinary'));
  await net.network.faults.whenHeld();
  expect(net.network.faults.remove(id)).toBe(true);
  expect(net.network.faults.remove(id)).toBe(false);
  expect(viewOf(await inquiry).state).toBe('provided');
});

test('a fault applies as often as it may', async () => {
  net.network.faults.add({ to: KUMAGAYA, action: 'refuse', times: 2 });
  const states: number[] = [];
  for (let times = 0; times < 3; times += 1) {
    states.push((await net.inquire(net.somebody('ordinary'))).status);
  }
  expect(states).toEqual([502, 502, 200]);
  expect(net.network.faults.list()).toMatchObject([{ times: 2, applied: 2 }]);
});

test('every message between the parties is journalled, sealed bytes as the digest that the provider signs', async () => {
  const since = net.network.journal.last;
  const { exchange = '' } = viewOf(await net.inquire(net.somebody('ordinary')));
  const messages = journalled(since, 'message');
  expect(messages.map(({ from, to, facts }) => `${from} ${to} ${facts?.message}`)).toEqual([
    `${MATSUE} gateway permit-request`,
    `gateway ${MATSUE} permit`,
    `${MATSUE} gateway query`,
    `gateway ${KUMAGAYA} provide-request`,
    `${KUMAGAYA} gateway answer`,
    `gateway ${MATSUE} answer`,
  ]);
  const answers = messages.filter(({ facts }) => facts?.message === 'answer');
  for (const { ids, facts } of answers) {
    expect(ids).toContain(exchange);
    expect(facts).toMatchObject({ status: 200, bytes: expect.any(Number) });
    expect(facts?.sealedDigest).toMatch(/^[A-Za-z0-9_-]{43}$/);
  }
  const [opened] = journalled(since, 'answer').filter(({ facts }) => facts?.sealedDigest);
  expect(answers[0]?.facts?.sealedDigest).toBe(opened?.facts?.sealedDigest);
  for (const entry of messages) {
    for (const value of Object.values(entry.facts ?? {}))
      expect(String(value).length).toBeLessThan(64);
  }
});
