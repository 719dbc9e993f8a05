import { expect, test } from 'vitest';
import type { StaffMember } from '../../src/agency/core/principal.ts';
import {
  checkAffair,
  checkOperation,
  mayDo,
  operationsOf,
} from '../../src/agency/core/staff/authority.ts';
import { OPERATIONS, type OperationName } from '../../src/agency/core/staff/operations.ts';
import { bothAffairs, type Role } from '../../src/agency/core/staff/roles.ts';
import { ROLES } from '../../src/protocol/node-api/staff.ts';
import { fc } from '../support/property.ts';

const NAMES = Object.keys(OPERATIONS) as OperationName[];
const A = 'JM00000000000001';
const B = 'JM00000000000002';
const authority = (roles: readonly Role[], affairs: 'all' | readonly string[] = 'all') => ({
  roles,
  department: 'soumu',
  affairs,
});
const somebody = (roles: readonly Role[], affairs?: readonly string[]): StaffMember => ({
  kind: 'staff',
  id: 'dareka',
  authority: authority(roles, affairs),
});

test('R-204: an authority is the roles’ operations, and nothing without a role', () => {
  for (const name of NAMES) {
    expect(mayDo(authority([]), name)).toBe(false);
    for (const role of ROLES) {
      const may: readonly Role[] = OPERATIONS[name];
      expect(mayDo(authority([role]), name)).toBe(may.includes(role));
    }
  }
  expect(operationsOf(authority(['officer']))).not.toContain('copies.approve');
  expect(operationsOf(authority(['officer', 'supervisor']))).toContain('copies.approve');
});

test('who changes staff does nothing with people’s information, and who audits changes nothing', () => {
  for (const name of operationsOf(authority(['administrator']))) {
    // Records go by their age and stay by a hold: nobody looks at them for that.
    expect(name).toMatch(/^(staff|business-systems|keys|media|holds)\.|^records\.prune$/);
  }
  for (const name of operationsOf(authority(['auditor'])))
    expect(name).toMatch(/\.show$|^holds\.change$/);
});

test('R-204: limited to affairs, nobody reaches others, nor what belongs to none', () => {
  const by = somebody(['officer'], [A]);
  expect(mayDo(by.authority, 'reviews.review', A)).toBe(true);
  expect(mayDo(by.authority, 'reviews.review', B)).toBe(false);
  checkAffair(by, A);
  for (const affair of [B, '', undefined]) {
    expect(() => checkAffair(by, affair)).toThrow(/not_authorised/);
  }
  expect(() => checkOperation(by, 'inquiries.ask', B)).toThrow(/not_authorised/);
  expect(() => checkOperation(by, 'inquiries.approve', A)).toThrow(/not_authorised/);
  checkAffair(somebody(['officer']), undefined);
});

test('the limits of a person and a department hold both at once (property)', () => {
  const affairs = fc.oneof(
    fc.constant('all' as const),
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')),
  );
  fc.assert(
    fc.property(affairs, affairs, fc.constantFrom('a', 'b', 'c', 'd', 'e'), (one, other, asked) => {
      const within = (limit: 'all' | readonly string[]) =>
        mayDo(authority(['officer'], limit), 'inquiries.ask', asked);
      expect(within(bothAffairs(one, other))).toBe(within(one) && within(other));
    }),
  );
});
