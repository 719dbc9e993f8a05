import { readFileSync } from 'node:fs';
import type { PermissionList, RoleTable } from '../../../src/protocol/permission/schema.ts';

/** The text of a file of permission-lists/. */
export const fileText = (name: string): string =>
  readFileSync(new URL(`../../../permission-lists/${name}`, import.meta.url), 'utf8');

/** The law's own lists and role table, straight from the files. */
export const order: PermissionList = JSON.parse(fileText('order-r6-9.json'));
export const beppyo: PermissionList = JSON.parse(fileText('beppyo-2.json'));
export const roleTable: RoleTable = JSON.parse(fileText('roles.json'));

export const ORDER_DAY = '2026-11-22';
export const BEPPYO_DAY = '2020-04-01';

/** Every role that the lists and the role table name. */
export const allRoles: readonly string[] = [
  ...new Set([
    ...Object.entries(roleTable.members).flat(2),
    ...[order, beppyo].flatMap(({ items }) =>
      items.flatMap(({ inquirers, provisions }) => [
        ...inquirers,
        ...provisions.flatMap(({ providers }) => providers),
      ]),
    ),
  ]),
];
