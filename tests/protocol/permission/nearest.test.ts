import { expect, test } from 'vitest';
import { affairCode, informationCode } from '../../../src/protocol/permission/codes.ts';
import { compilePermission } from '../../../src/protocol/permission/compile.ts';
import { decide } from '../../../src/protocol/permission/decide.ts';
import { holderOf } from '../../../src/protocol/permission/roles.ts';
import { fc } from '../../support/property.ts';
import { allRoles, BEPPYO_DAY, beppyo, ORDER_DAY, order, roleTable } from './lists.ts';

const permission = compilePermission([beppyo, order], roleTable);
const both = [...order.items, ...beppyo.items];
const pick = <One>(...from: One[]) => fc.constantFrom(...from);
const roles = fc.array(fc.oneof(pick(...allRoles), fc.string()), { maxLength: 3 });
const kinds = both.flatMap(({ provisions }) =>
  provisions.flatMap(({ information }) => information),
);

const inquiry = fc.record({
  inquirer: roles,
  provider: roles,
  item: fc.option(fc.oneof(pick(...both.map(({ item }) => item)), fc.string()), { nil: undefined }),
  affair: fc.option(pick(...both.map(({ affair }) => affair.code)), { nil: undefined }),
  information: fc.oneof(pick(...kinds.map(({ name }) => name)), fc.string()),
});

test('each alternative, asked, is permitted; none changes the inquirer; smaller changes come first', () => {
  let alternatives = 0;
  fc.assert(
    fc.property(inquiry, pick(ORDER_DAY, BEPPYO_DAY), ({ item, affair, ...asked }, date) => {
      const inquirer = holderOf(permission, asked.inquirer);
      const provider = holderOf(permission, asked.provider);
      const decision = decide(permission, date, {
        inquirer,
        provider,
        information: asked.information,
        ...(item !== undefined && { item }),
        ...(affair !== undefined && { affair }),
      });
      if (decision.decision === 'permit') return;
      expect(decision.nearest.length).toBeLessThanOrEqual(3);
      const sizes = decision.nearest.map(({ changes }) => changes.length);
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      for (const one of decision.nearest) {
        alternatives++;
        const other = one.changes.includes('provider');
        // Whichever of the roles is asked instead; the same provider when it need not change.
        for (const role of one.providerRoles) {
          const again = decide(permission, date, {
            inquirer,
            provider: other ? holderOf(permission, [role]) : provider,
            item: one.item,
            affair: one.affair.name,
            information: one.information.code,
            list: one.list,
          });
          expect(again).toMatchObject({ decision: 'permit', item: one.item });
        }
        if (!one.changes.includes('information')) {
          expect([one.information.name, one.information.code]).toContain(asked.information);
        }
        if (!one.changes.includes('item')) expect(one.item).toBe(decision.item);
      }
    }),
    { numRuns: 3000 },
  );
  expect(alternatives).toBeGreaterThan(1000);
});

test('an inquirer that no item names is offered nothing', () => {
  const nobody = holderOf(permission, ['国税庁']);
  const provider = holderOf(permission, ['市町村長']);
  const asked = { inquirer: nobody, provider, item: '25', information: '地方税関係情報' };
  expect(decide(permission, ORDER_DAY, asked)).toMatchObject({ decision: 'deny', nearest: [] });
});

test('other information of the same provider under the same item comes first', () => {
  const mayor = holderOf(permission, ['市町村長']);
  const asked = { inquirer: mayor, provider: mayor, item: '25', information: '地方税関係情報' };
  const decision = decide(permission, ORDER_DAY, asked);
  if (decision.decision === 'permit') expect.fail();
  expect(decision.nearest.map(({ item, changes }) => ({ item, changes }))).toEqual([
    { item: '25', changes: ['information'] },
    { item: '25', changes: ['information'] },
    { item: '15', changes: ['item'] },
  ]);
});

test('what one provider may give as two of its roles is offered once', () => {
  const kind = (name: string) => ({ code: informationCode(name), name });
  const list = {
    ...order,
    items: [
      {
        item: '1',
        inquirers: ['甲'],
        affair: { code: affairCode('事務'), name: '事務' },
        provisions: [
          { providers: ['乙'], information: [kind('一')] },
          { providers: ['丙'], information: [kind('一'), kind('二')] },
        ],
      },
    ],
  };
  const small = compilePermission([list], roleTable);
  const inquirer = holderOf(small, ['甲']);
  const offered = (...provider: string[]) => {
    const asked = { inquirer, provider: holderOf(small, provider), item: '1', information: '三' };
    const decision = decide(small, ORDER_DAY, asked);
    if (decision.decision === 'permit') return expect.fail();
    return decision.nearest.map((one) => one.providerRoles.join() + one.information.name);
  };
  expect(offered('乙', '丙')).toEqual(['乙一', '丙二']);
  // Of two other providers each is worth naming.
  expect(offered()).toEqual(['乙一', '丙一', '丙二']);
});
