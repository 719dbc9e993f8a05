import { describe, expect, test } from 'vitest';
import { affairCode, informationCode } from '../../../src/protocol/permission/codes.ts';
import { compilePermission } from '../../../src/protocol/permission/compile.ts';
import { decide } from '../../../src/protocol/permission/decide.ts';
import { holderOf } from '../../../src/protocol/permission/roles.ts';
import type { PermissionItem, PermissionList } from '../../../src/protocol/permission/schema.ts';
import { BEPPYO_DAY, beppyo, ORDER_DAY, order, roleTable } from './lists.ts';

const VACCINATION = '予防接種法による予防接種の実施に関する情報';
const permission = compilePermission([beppyo, order], roleTable);
const as = (...roles: string[]) => holderOf(permission, roles);
const mayor = as('市町村長');
const ask = { inquirer: mayor, provider: mayor, item: '25', information: VACCINATION };

describe('a permit', () => {
  test('names the list, the item, the article, the roles and the law', () => {
    expect(decide(permission, ORDER_DAY, { ...ask, inquirer: as('広島市長') })).toEqual({
      decision: 'permit',
      list: 'order-r6-9',
      item: '25',
      article: '27',
      affair: { code: affairCode(AFFAIR), name: AFFAIR },
      information: { code: informationCode(VACCINATION), name: VACCINATION },
      inquirerRole: '市町村長',
      providerRole: '市町村長',
      lawNumber: '令和6年デジタル庁・総務省令第9号',
    });
  });

  test('takes affair and information by code or by name, in any normal form', () => {
    for (const affair of [AFFAIR, affairCode(AFFAIR), AFFAIR.normalize('NFD')]) {
      for (const information of [
        VACCINATION,
        informationCode(VACCINATION),
        VACCINATION.normalize('NFD'),
      ]) {
        const { item: _, ...parties } = ask;
        const decision = decide(permission, ORDER_DAY, { ...parties, affair, information });
        expect(decision).toMatchObject({ decision: 'permit', item: '25' });
      }
    }
  });

  test('comes from the list that was in force on the day', () => {
    const old = { ...ask, item: '16の2' };
    expect(decide(permission, '2024-05-26', old)).toMatchObject({
      decision: 'permit',
      list: 'beppyo-2',
    });
    expect(decide(permission, '2024-05-27', old)).toMatchObject({
      decision: 'deny',
      list: 'order-r6-9',
      code: 'affair_not_listed',
    });
    expect(decide(permission, '2024-05-27', ask)).toMatchObject({ decision: 'permit' });
    expect(decide(permission, '2024-05-26', ask)).toMatchObject({ decision: 'deny' });
  });
});

const AFFAIR = '予防接種法による予防接種の実施に関する事務';

describe('a denial', () => {
  test.each([
    ['information_not_listed', { information: '地方税関係情報' }, ['information_not_listed']],
    ['provider_not_listed', { provider: as('国税庁長官') }, ['provider_not_listed']],
    ['inquirer_not_listed', { inquirer: as('文部科学大臣') }, ['inquirer_not_listed']],
    ['affair_not_listed', { item: '999' }, ['affair_not_listed']],
    [
      'inquirer_not_listed',
      { inquirer: as(), provider: as(), item: '999', information: '' },
      ['inquirer_not_listed', 'affair_not_listed', 'provider_not_listed', 'information_not_listed'],
    ],
    [
      'inquirer_not_listed',
      { inquirer: as(), provider: as(), information: '' },
      ['inquirer_not_listed', 'provider_not_listed', 'information_not_listed'],
    ],
  ])('%s, by %j', (code, change, reasons) => {
    const decision = decide(permission, ORDER_DAY, { ...ask, ...change });
    expect(decision).toMatchObject({ decision: 'deny', list: 'order-r6-9', code, reasons });
  });

  test('item and affair must match each other', () => {
    const affair = order.items[0]?.affair.name ?? '';
    const decision = decide(permission, ORDER_DAY, { ...ask, affair });
    expect(decision).toMatchObject({ decision: 'deny', reasons: ['affair_not_listed'] });
    expect(decision).not.toHaveProperty('item');
  });

  test('without a list in force says just that', () => {
    const nothing = { decision: 'deny', code: 'list_not_in_force', reasons: ['list_not_in_force'] };
    expect(decide(permission, '2016-08-01', ask)).toEqual({ ...nothing, list: null, nearest: [] });
    expect(decide(permission, ORDER_DAY, { ...ask, list: 'unheard-of' })).toMatchObject({
      ...nothing,
      list: null,
    });
    expect(decide(permission, ORDER_DAY, { ...ask, list: 'beppyo-2' })).toEqual({
      ...nothing,
      list: 'beppyo-2',
      nearest: [],
      lawNumber: '平成25年法律第27号',
    });
  });

  test('an affair of several items is judged by the one that comes nearest', () => {
    const { item: _, ...parties } = ask;
    const decide16 = (inquirer: string, information = VACCINATION) =>
      decide(permission, BEPPYO_DAY, {
        ...parties,
        inquirer: as(inquirer),
        affair: AFFAIR,
        information,
      });
    // 16の2 names the mayor alone, 16の3 the governor as well.
    expect(decide16('都道府県知事')).toMatchObject({ decision: 'permit', item: '16の3' });
    expect(decide16('都道府県知事', 'x')).toMatchObject({ decision: 'deny', item: '16の3' });
    expect(decide16('市町村長', 'x')).toMatchObject({ decision: 'deny', item: '16の2' });
  });
});

describe('an item with dates of its own', () => {
  const dated = (item: string, inForce: PermissionItem['inForce']): PermissionList => ({
    ...order,
    items: order.items.map((one) => (one.item === item ? { ...one, inForce: inForce ?? {} } : one)),
  });

  test.each([
    ['2025-03-31', 'deny'],
    ['2025-04-01', 'permit'],
    ['2026-03-31', 'permit'],
    ['2026-04-01', 'deny'],
  ])('on %s: %s', (date, decision) => {
    const list = dated('25', { from: '2025-04-01', until: '2026-03-31' });
    const narrowed = compilePermission([list], roleTable);
    const holder = holderOf(narrowed, ['市町村長']);
    const answer = decide(narrowed, date, { ...ask, inquirer: holder, provider: holder });
    expect(answer.decision).toBe(decision);
    if (answer.decision === 'permit') return;
    expect(answer.reasons).toEqual(['affair_not_listed']);
    expect(answer.nearest.map(({ item }) => item)).not.toContain('25');
  });
});

test('what is no date is refused, and so is a holder made for another permission', () => {
  for (const date of ['2026-02-29', '2026-13-01', '2026-1-1', 'zzzz-zz-zz', '']) {
    expect(() => decide(permission, date, ask)).toThrow(RangeError);
  }
  const other = compilePermission([order], roleTable);
  expect(() => decide(other, ORDER_DAY, ask)).toThrow(TypeError);
});
