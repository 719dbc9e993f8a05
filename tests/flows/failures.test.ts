import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { ALL, expectAgreement, kindsOf } from '../support/agreement.ts';
import { temporaryFolder } from '../support/folder.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { type Fault, tapWire, type Wire } from '../support/wire.ts';

let net: TestNetwork;
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork({
    storage: { kind: 'folder', path: temporaryFolder() },
    config: (config) => ({ ...config, provider: { timeoutSeconds: 1 } }),
  });
});
beforeEach(() => {
  wire.fault = undefined;
  wire.passages.length = 0;
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

const at = (path: string, fault: Fault) => {
  wire.fault = (url) => (url.pathname === path ? fault : undefined);
};
const asked = (path: string) => wire.passages.filter((passage) => passage.path === path).length;

describe('a provider that is down', () => {
  test('is an error and never a denial; the exchange stays open, and asking again with the same id succeeds', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    await net.network.stopAgency(KUMAGAYA);
    const down = await net.inquire(somebody, { id });
    expectProblem(down, 'provider_unavailable');
    expect(down.json).toMatchObject({ inquiry: id, hint: { en: expect.stringMatching(/again/) } });
    const open = await net.inquiry(id);
    expect(open).toMatchObject({ state: 'open', code: 'provider_unavailable' });
    const { exchange = '' } = open;
    const [attempt] = expectAgreement(net, exchange, 'unanswered', [GATEWAY, MATSUE]);
    expect(attempt).toMatchObject({ inquirer: MATSUE, provider: KUMAGAYA, item: '25' });
    await net.network.startAgency(KUMAGAYA);
    const view = viewOf(await net.inquire(somebody, { id }));
    expect(view).toMatchObject({ state: 'provided', exchange });
    expect(view.code).toBeUndefined();
    expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
    expect(net.records(GATEWAY).some(({ kind }) => kind === 'denied')).toBe(false);
  });

  test('costs the inquirer a new permit when it asks again after the first has expired', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    at('/v1/provide-requests', 'refused');
    expectProblem(await net.inquire(somebody, { id }), 'provider_unavailable');
    const { exchange: first } = await net.inquiry(id);
    wire.fault = undefined;
    net.clock.advance(61_000);
    const view = viewOf(await net.inquire(somebody, { id }));
    expect(view.state).toBe('provided');
    expect(view.exchange).not.toBe(first);
    expectAgreement(net, view.exchange ?? '', 'answered', ALL(MATSUE, KUMAGAYA));
  });

  test('that takes the request and never answers is provider_timeout, and can be asked again', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    at('/v1/provide-requests', 'hangs');
    expectProblem(await net.inquire(somebody, { id }), 'provider_timeout');
    wire.fault = undefined;
    expect(viewOf(await net.inquire(somebody, { id })).state).toBe('provided');
  });

  test('whose answer is lost on the way gives the same answer when asked again', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    at('/v1/provide-requests', 'reply-lost');
    expectProblem(await net.inquire(somebody, { id }), 'provider_unavailable');
    wire.fault = undefined;
    const { exchange = '' } = viewOf(await net.inquire(somebody, { id }));
    const [answered, ...more] = expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
    expect(answered?.outcome).toBe('provided');
    expect(more).toEqual([]);
  });
});

describe('a gateway that is down', () => {
  test('before the permit is gateway_unavailable; the same id succeeds when it is back', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    at('/v1/permits', 'refused');
    const down = await net.inquire(somebody, { id });
    expectProblem(down, 'gateway_unavailable');
    expect(down.json).toMatchObject({ inquiry: id });
    expect((await net.inquiry(id)).state).toBe('open');
    wire.fault = undefined;
    expect(viewOf(await net.inquire(somebody, { id })).state).toBe('provided');
  });

  test('at the query keeps the permit for the next attempt', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    at('/v1/query', 'refused');
    expectProblem(await net.inquire(somebody, { id }), 'gateway_unavailable');
    const { exchange } = await net.inquiry(id);
    wire.fault = undefined;
    expect(viewOf(await net.inquire(somebody, { id }))).toMatchObject({
      state: 'provided',
      exchange,
    });
    expect(asked('/v1/permits')).toBe(1);
  });

  test('whose permit is lost on its way costs another permit, and the lost one is never used', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    at('/v1/permits', 'reply-lost');
    expectProblem(await net.inquire(somebody, { id }), 'gateway_unavailable');
    wire.fault = undefined;
    expect(viewOf(await net.inquire(somebody, { id })).state).toBe('provided');
    expect(asked('/v1/provide-requests')).toBe(1);
  });

  for (const [when, later] of [
    ['at once', 0],
    ['after the permit has expired', 120_000],
  ] as const) {
    test(`whose answer is lost on its way hands it over again ${when}: the provider is asked once`, async () => {
      const somebody = net.somebody('ordinary');
      const id = net.newId();
      at('/v1/query', 'reply-lost');
      expectProblem(await net.inquire(somebody, { id }), 'gateway_unavailable');
      const { exchange = '' } = await net.inquiry(id);
      wire.fault = undefined;
      net.clock.advance(later);
      expect(viewOf(await net.inquire(somebody, { id }))).toMatchObject({
        state: 'provided',
        exchange,
      });
      expect(asked('/v1/provide-requests')).toBe(1);
      const [, ...more] = expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
      expect(more).toEqual([]);
    });
  }

  for (const [when, later] of [
    ['at once', 0],
    ['after the permit has expired', 120_000],
  ] as const) {
    test(`whose \`pending\` is lost on its way: asking again ${when} does not ask the provider twice, and the result arrives`, async () => {
      const somebody = await net.flagged({ autoResponseDisabled: true });
      const id = net.newId();
      at('/v1/query', 'reply-lost');
      expectProblem(await net.inquire(somebody, { id }), 'gateway_unavailable');
      const { exchange = '' } = await net.inquiry(id);
      wire.fault = undefined;
      net.clock.advance(later);
      await net.inquire(somebody, { id });
      expect(asked('/v1/provide-requests')).toBe(1);
      await net.step('review', exchange, 'tanto');
      expect((await net.step('approve', exchange, 'jocho')).status).toBe(200);
      await net.settled();
      expect(await net.inquiry(id)).toMatchObject({ state: 'provided', exchange });
    });
  }
});

describe('restarts', () => {
  test('R-201: an inquirer that ends before the answer arrives finds it when it starts again', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    at('/v1/query', 'reply-lost');
    expectProblem(await net.inquire(somebody, { id }), 'gateway_unavailable');
    await net.network.stopAgency(MATSUE);
    wire.fault = undefined;
    await net.network.startAgency(MATSUE);
    const { exchange = '', ...view } = await net.inquiry(id);
    expect(view).toMatchObject({ state: 'provided', answer: { records: somebody.copy?.records } });
    expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
    expect(kindsOf(net.recordsOf(GATEWAY, exchange))).toEqual([
      'permitted',
      'answered',
      'delivered',
    ]);
  });

  test('an inquirer that is down when a late answer comes collects it when it starts again', async () => {
    const somebody = await net.flagged({ autoResponseDisabled: true });
    const { id, exchange = '' } = viewOf(await net.inquire(somebody));
    await net.network.stopAgency(MATSUE);
    await net.step('review', exchange, 'tanto');
    expect((await net.step('approve', exchange, 'jocho')).status).toBe(200);
    await net.settled();
    expect(kindsOf(net.recordsOf(GATEWAY, exchange))).not.toContain('delivered');
    await net.network.startAgency(MATSUE);
    expect(await net.inquiry(id)).toMatchObject({
      state: 'provided',
      answer: { layoutVersion: 'K-1' },
    });
    expect(kindsOf(net.recordsOf(GATEWAY, exchange)).at(-1)).toBe('delivered');
    expect(net.network.gateway.gateway.store.read.kept(MATSUE, 10)).toEqual([]);
    expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
  });

  test('a provider that cannot reach the gateway sends its approved answer when it starts again', async () => {
    const somebody = await net.flagged({ autoResponseDisabled: true });
    const { id, exchange = '' } = viewOf(await net.inquire(somebody));
    at('/v1/provide', 'refused');
    await net.step('review', exchange, 'tanto');
    expect((await net.step('approve', exchange, 'jocho')).status).toBe(200);
    await net.settled();
    expect((await net.inquiry(id)).state).toBe('pending');
    expect((await net.get(KUMAGAYA, '/v1/status')).json.outgoing).toBe(1);
    wire.fault = undefined;
    await net.network.stopAgency(KUMAGAYA);
    await net.network.startAgency(KUMAGAYA);
    await net.settled();
    expect((await net.inquiry(id)).state).toBe('provided');
    expect((await net.get(KUMAGAYA, '/v1/status')).json.outgoing).toBe(0);
  });

  for (const path of ['/v1/provide', '/v1/deliveries']) {
    test(`a late answer whose receipt is lost (${path}) is sent again and has one effect`, async () => {
      const somebody = await net.flagged({ autoResponseDisabled: true });
      const { id, exchange = '' } = viewOf(await net.inquire(somebody));
      at(path, 'reply-lost');
      await net.step('review', exchange, 'tanto');
      await net.step('approve', exchange, 'jocho');
      await net.settled();
      wire.fault = undefined;
      // Something is open, so that the inquirer collects.
      await net.inquire(await net.flagged({ autoResponseDisabled: true }));
      for (const agency of [KUMAGAYA, MATSUE]) {
        await net.network.stopAgency(agency);
        await net.network.startAgency(agency);
      }
      await net.settled();
      expect(await net.inquiry(id)).toMatchObject({ state: 'provided', exchange });
      expect(kindsOf(net.recordsOf(GATEWAY, exchange))).toEqual([
        'permitted',
        'answered',
        'answered',
        'delivered',
      ]);
      const [first, last, ...more] = expectAgreement(
        net,
        exchange,
        'answered',
        ALL(MATSUE, KUMAGAYA),
      );
      expect([first?.outcome, last?.outcome, more]).toEqual(['pending', 'provided', []]);
    });
  }
});

test('a whole network that ends in the middle goes on where it was when it starts again', async () => {
  const storage = { kind: 'folder', path: temporaryFolder() } as const;
  const before = await testNetwork({ storage, chance: 'system' });
  const [done, waiting] = [before.somebody('ordinary'), before.somebody('disabled')];
  const answered = viewOf(await before.inquire(done));
  const pending = viewOf(await before.inquire(waiting));
  const records = before.records(GATEWAY);
  await before.network.close();

  const after = await testNetwork({ storage, chance: 'system' });
  try {
    expect(after.records(GATEWAY).slice(0, records.length)).toEqual(records);
    expect(await after.inquiry(answered.id)).toEqual(answered);
    expect(await after.inquiry(pending.id)).toEqual(pending);
    const { exchange = '' } = pending;
    await after.step('review', exchange, 'tanto2');
    await after.step('approve', exchange, 'jocho');
    await after.settled();
    expect((await after.inquiry(pending.id)).state).toBe('provided');
    expect(viewOf(await after.inquire(after.somebody('ordinary'))).state).toBe('provided');
  } finally {
    await after.network.close();
  }
});

test('a seeded network that starts again and again does not repeat its identifiers', async () => {
  const storage = { kind: 'folder', path: temporaryFolder() } as const;
  for (const start of [1, 2, 3]) {
    const seeded = await testNetwork({ storage });
    try {
      const view = viewOf(await seeded.inquire(seeded.somebody('ordinary')));
      expect(view.state, `start ${start}`).toBe('provided');
    } finally {
      await seeded.network.close();
    }
  }
});
