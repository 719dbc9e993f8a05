import { describe, expect, test } from 'vitest';
import { jsonSchemas } from '../../permission-lists/tools/json-schema.ts';
import { checkTogether } from '../../src/protocol/permission/check.ts';
import { printPermissionList, printRoleTable } from '../../src/protocol/permission/print.ts';
import { readPermissionList, readRoleTable } from '../../src/protocol/permission/read.ts';
import type { PermissionList } from '../../src/protocol/permission/schema.ts';
import { fileText } from '../protocol/permission/lists.ts';

const read = (file: string) => readPermissionList(fileText(file), file);
const order = read('order-r6-9.json');
const beppyo = read('beppyo-2.json');
const provisions = (list: PermissionList) => list.items.flatMap((item) => item.provisions);
/** Distinct (inquirer, item, provider, information). */
const tuples = (list: PermissionList) =>
  new Set(
    list.items.flatMap(({ item, inquirers, provisions: all }) =>
      inquirers.flatMap((inquirer) =>
        all.flatMap(({ providers, information }) =>
          providers.flatMap((provider) =>
            information.map(({ code }) => [inquirer, item, provider, code].join()),
          ),
        ),
      ),
    ),
  );
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

describe('the order of 2024', () => {
  test('has 173 items in order, 443 provisions and an article for each item', () => {
    expect(order.items.map(({ item }) => item)).toEqual(numbers(1, 173));
    expect(provisions(order)).toHaveLength(443);
    expect(order.items.every(({ article }) => article !== undefined)).toBe(true);
    expect(order.inForce).toEqual({ from: '2024-05-27' });
  });
});

describe('別表第二', () => {
  test('has 119 items and the three added later, each in its place, and no deleted item 36', () => {
    expect(beppyo.items.map(({ item }) => item)).toEqual([
      ...numbers(1, 16),
      '16の2',
      '16の3',
      ...numbers(17, 35),
      ...numbers(37, 56),
      '56の2',
      ...numbers(57, 115),
      '115の2',
      ...numbers(116, 119),
    ]);
    expect(beppyo.items).toHaveLength(119 + 3);
    expect(provisions(beppyo)).toHaveLength(259 + 3);
    expect(beppyo.inForce).toEqual({ from: '2016-08-02', until: '2024-05-26' });
  });
});

test('counts of what may be asked, and of kinds of information', () => {
  const kinds = (list: PermissionList) =>
    new Set(provisions(list).flatMap(({ information }) => information.map(({ code }) => code)))
      .size;
  expect([kinds(order), kinds(beppyo)]).toEqual([78, 83]);
  expect([tuples(order).size, tuples(beppyo).size]).toEqual([873, 595]);
});

test('the lists can be used together', () => {
  const files = [
    { file: 'beppyo-2.json', list: beppyo },
    { file: 'order-r6-9.json', list: order },
  ];
  expect(() => checkTogether(files)).not.toThrow();
});

test('the files are as the printer prints them, so that a change shows as what it is', () => {
  for (const list of [order, beppyo]) {
    expect(printPermissionList(list)).toBe(fileText(`${list.id}.json`));
  }
  expect(printRoleTable(readRoleTable(fileText('roles.json'), 'roles.json'))).toBe(
    fileText('roles.json'),
  );
});

test.each([...jsonSchemas()])('%s is what the code checks by', (name, text) => {
  expect(fileText(name)).toBe(text);
});

describe('the README', () => {
  const readme = fileText('README.md');

  test('shows an item as it stands in the list', () => {
    const sample = JSON.parse(/```json\n(.*?)```/s.exec(readme)?.[1] ?? 'null');
    expect(beppyo.items).toContainEqual(sample);
  });

  test('says when each list is in force', () => {
    for (const { id, inForce } of [order, beppyo]) {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${id}.json\``));
      const period = row?.split('|').at(-2)?.trim();
      expect(period).toBe(`${inForce.from} – ${inForce.until ?? ''}`.trim());
    }
  });
});
