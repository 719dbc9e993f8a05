import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeDetail } from '../../src/protocol/control-api/exchange-detail.ts';
import type { ExchangeView } from '../../src/protocol/control-api/exchanges.ts';
import { expectProblem } from '../support/call.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

let net: TestNetwork;
let person: string;
beforeAll(async () => {
  net = await testNetwork({ chance: 'system' });
  const somebody = net.somebody('ordinary');
  person = somebody.number;
  await net.inquire(somebody);
  await net.inquire(somebody, { information: '地方税関係情報' });
  await net.inquire(net.somebody('disabled'));
  await net.settled();
});
afterAll(() => net?.[Symbol.asyncDispose]());

const control = async (path: string) => {
  const reply = await net.get('control', path, { token: net.token('control', 'operator') });
  return reply;
};
const list = async (query = '') =>
  (await control(`/v1/exchanges${query}`)).json as unknown as {
    exchanges: readonly ExchangeView[];
    next?: number;
  };
const states = async (query: string) => (await list(query)).exchanges.map(({ state }) => state);

describe('the exchanges', () => {
  test('are told newest first, refusals included, each with what became of it', async () => {
    const { exchanges, next } = await list();
    expect(exchanges.map(({ state }) => state)).toEqual(['pending', 'denied', 'provided']);
    expect(next).toBeUndefined();
    const [, denied, provided] = exchanges;
    expect(denied).toMatchObject({
      decision: 'deny',
      code: 'information_not_listed',
      reasons: ['information_not_listed'],
      inquirer: { code: MATSUE, name: '松江市長' },
    });
    expect(provided).toMatchObject({
      decision: 'permit',
      item: '25',
      information: { name: VACCINATION },
    });
  });

  test('are found by agency, item, outcome, person and time, and page by page', async () => {
    expect(await states('?outcome=denied')).toEqual(['denied']);
    expect(await states('?outcome=information_not_listed')).toEqual(['denied']);
    expect(await states('?outcome=provided')).toEqual(['provided']);
    expect(await states('?outcome=pending')).toEqual(['pending']);
    expect(await states(`?agency=${KUMAGAYA}&outcome=permitted`)).toEqual(['pending', 'provided']);
    expect(await states('?agency=99999')).toEqual([]);
    expect(await states('?item=24')).toEqual([]);
    expect(await states(`?agency=${MATSUE}&person=${person}`)).toEqual(['provided']);
    expect(await states(`?agency=${MATSUE}&person=000000000000000`)).toEqual([]);
    const now = new Date(net.clock.now()).toISOString();
    expect(await states(`?until=${now}`)).toEqual([]);
    expect((await states(`?since=${now}`)).length).toBe(3);
    const first = await list('?limit=2');
    expect(first.exchanges.length).toBe(2);
    expect(await states(`?before=${first.next}`)).toEqual(['provided']);
  });

  test('say whose number a person’s is, or are refused', async () => {
    expectProblem(await control(`/v1/exchanges?person=${person}`), 'message_malformed');
    expectProblem(await control('/v1/exchanges?colour=red'), 'message_malformed');
    const reply = await net.get('control', '/v1/exchanges', {});
    expectProblem(reply, 'not_authenticated');
  });

  test('show one whole: real messages with valid signatures, sealed bytes as a digest, three records', async () => {
    const [exchange] = (await list('?outcome=provided')).exchanges;
    const detail = (await control(`/v1/exchanges/${exchange?.id}`))
      .json as unknown as ExchangeDetail;
    expect(detail.messages.map(({ message }) => message)).toEqual([
      'permit-request',
      'permit',
      'query',
      'provide-request',
      'answer',
      'answer',
    ]);
    expect(detail.messages.every(({ statement }) => statement?.signature === 'valid')).toBe(true);
    expect(detail.messages.at(-1)?.sealedDigest).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(detail)).not.toContain('"sealed":"');
    expect(detail.item).toMatchObject({ item: '25', list: 'order-r6-9' });
    expect(detail.records.map(({ party }) => party)).toEqual(['gateway', MATSUE, KUMAGAYA]);
    for (const { party, records } of detail.records) {
      expect(records.at(-1), party).toMatchObject({ kind: 'answered', outcome: 'provided' });
    }
  });

  test('show for a denial its ground and the nearest that would pass', async () => {
    const [exchange] = (await list('?outcome=denied')).exchanges;
    const detail = (await control(`/v1/exchanges/${exchange?.id}`))
      .json as unknown as ExchangeDetail;
    expect(detail.ground).toContain('番号法第19条第8号');
    expect(detail.reasons).toMatchObject([
      { code: 'information_not_listed', ja: '特定個人情報が照合リストにありません' },
    ]);
    expect(detail.nearest.length).toBeGreaterThan(0);
    expectProblem(await control('/v1/exchanges/none'), 'not_found');
    expectProblem(await control(`/v1/exchanges/${'A'.repeat(22)}`), 'not_found');
  });
});

describe('the law', () => {
  test('is searched, shown in full, and told as who may ask whom', async () => {
    const { lists } = (await control('/v1/law/lists')).json as {
      lists: readonly { id: string; inForce: boolean }[];
    };
    expect(lists.filter(({ inForce }) => inForce).map(({ id }) => id)).toEqual(['order-r6-9']);
    const found = (await control(`/v1/law/lists/order-r6-9/items?text=予防接種&inquirer=市町村長`))
      .json as { total: number; items: readonly { item: string }[] };
    expect(found.items.map(({ item }) => item)).toContain('25');
    expect(found.total).toBeLessThan(173);
    const one = (await control('/v1/law/lists/order-r6-9/items/25')).json;
    expect(one).toMatchObject({ item: '25', lawNumber: expect.any(String) });
    expectProblem(await control('/v1/law/lists/order-r6-9/items/9999'), 'not_found');
    expectProblem(await control('/v1/law/lists/none/items'), 'not_found');
    const { rows } = (await control('/v1/law/lists/order-r6-9/matrix')).json as {
      rows: readonly { inquirer: string; providers: Record<string, number> }[];
    };
    expect(
      rows.find(({ inquirer }) => inquirer === '市町村長')?.providers.市町村長,
    ).toBeGreaterThan(10);
  });

  test('says what one agency may ask another', async () => {
    const { allowed } = (await control(`/v1/law/allowed?inquirer=${MATSUE}&provider=${KUMAGAYA}`))
      .json as { allowed: readonly { item: string; information: readonly { name: string }[] }[] };
    const item = allowed.find((each) => each.item === '25');
    expect(item?.information.map(({ name }) => name)).toContain(VACCINATION);
    expect(JSON.stringify(item)).not.toContain('地方税関係情報');
  });
});

test('the layouts tell which items a record has, in their order', async () => {
  const { layouts } = (await control('/v1/layouts')).json as {
    layouts: readonly { name: string; version: string; items: readonly string[] }[];
  };
  const found = layouts.find(({ name, version }) => name === VACCINATION && version === 'K-1');
  expect(found?.items.slice(0, 3)).toEqual(['接種種別', '接種区分', '宛名番号']);
});

describe('a node through the operator’s port', () => {
  const open = (path: string, headers: Record<string, string> = {}) =>
    net.get('control', `/v1/nodes/${KUMAGAYA}${path}`, {
      token: net.token('control', 'operator'),
      headers,
    });

  test('wants its own credential: the operator’s token is nothing to it', async () => {
    expect((await open('/v1/status')).json).toMatchObject({ agency: KUMAGAYA });
    expectProblem(await open('/v1/reviews'), 'not_authenticated');
    const staff = { 'x-node-authorization': `Bearer ${net.token(KUMAGAYA, 'tanto')}` };
    const { reviews } = (await open('/v1/reviews', staff)).json as { reviews: readonly unknown[] };
    expect(reviews.length).toBe(1);
    const other = { 'x-node-authorization': `Bearer ${net.token(MATSUE, 'tanto')}` };
    expectProblem(await open('/v1/reviews', other), 'not_authenticated');
  });

  test('is nothing without the operator’s token, and nobody else’s node', async () => {
    expectProblem(
      await net.get('control', `/v1/nodes/${KUMAGAYA}/v1/status`, {}),
      'not_authenticated',
    );
    expectProblem(await control('/v1/nodes/99999/v1/status'), 'not_found');
  });
});
