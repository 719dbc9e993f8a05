import { describe, expect, test } from 'vitest';
import { compilePermission } from '../../../src/protocol/permission/compile.ts';
import { cycleOf, rolesUpward } from '../../../src/protocol/permission/role-table.ts';
import { holderOf } from '../../../src/protocol/permission/roles.ts';
import { fc } from '../../support/property.ts';
import { allRoles, order, roleTable } from './lists.ts';
import { holds } from './naive.ts';

const permission = compilePermission([order], roleTable);
const table = (members: Record<string, string[]>) => ({ title: 't', source: 's', members });

describe('the roles that a holder holds', () => {
  test('go upwards, through collective roles of collective roles, and never downwards', () => {
    const upward = rolesUpward(roleTable);
    expect(new Set(upward('広島市長'))).toEqual(
      new Set(['広島市長', '市長', '市町村長', '都道府県知事等', '医療保険者']),
    );
    expect(upward('福祉事務所を管理する町村長')).toContain('医療保険者');
    expect(upward('福祉事務所を管理する町村長')).toContain('都道府県知事等');
    expect(upward('町村長')).not.toContain('都道府県知事等');
    expect(upward('国家公務員共済組合')).not.toContain('共済組合等');
    expect(upward('市町村長')).not.toContain('市長');
  });

  test('are those that lead to it by membership, for every role', () => {
    const upward = rolesUpward(roleTable);
    for (const held of allRoles) {
      const expected = allRoles.filter((role) => holds(roleTable, held, role));
      expect(new Set(upward(held))).toEqual(new Set(expected));
    }
  });

  test('are the union over the roles given, whatever their order, and made once', () => {
    fc.assert(
      fc.property(fc.subarray([...allRoles], { maxLength: 4 }), (given) => {
        const holder = holderOf(permission, given);
        const each = given.flatMap((role) => [...holderOf(permission, [role]).roles]);
        expect(holder.roles).toEqual(new Set(each));
        expect(holderOf(permission, given.toReversed())).toBe(holder);
      }),
      { numRuns: 200 },
    );
  });

  test('leave out what no list knows, and keep no trace of it', () => {
    const nobody = holderOf(permission, []);
    expect(holderOf(permission, ['市長\n町村長'])).toBe(nobody);
    expect(holderOf(permission, ['__proto__', 'constructor'])).toBe(nobody);
    expect(holderOf(permission, ['市長', 'x'])).toBe(holderOf(permission, ['市長']));
  });
});

test('a circle of roles is found wherever it begins', () => {
  expect(cycleOf(roleTable)).toBeUndefined();
  expect(cycleOf(table({ 甲: ['乙'], 乙: ['丙'], 丙: ['乙'] }))).toEqual(['乙', '丙', '乙']);
  expect(cycleOf(table({ 甲: ['甲'] }))).toEqual(['甲', '甲']);
  // Two ways to the same role are no circle.
  expect(cycleOf(table({ 甲: ['乙', '丙'], 乙: ['丁'], 丙: ['丁'] }))).toBeUndefined();
});
