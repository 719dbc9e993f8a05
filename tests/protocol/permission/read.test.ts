import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkTogether } from '../../../src/protocol/permission/check.ts';
import { compilePermission } from '../../../src/protocol/permission/compile.ts';
import { PermissionListInvalid } from '../../../src/protocol/permission/invalid.ts';
import { printPermissionList, printRoleTable } from '../../../src/protocol/permission/print.ts';
import { readPermissionList, readRoleTable } from '../../../src/protocol/permission/read.ts';
import { readPermissionLists } from '../../../src/service/permission-lists/read-folder.ts';
import { fc } from '../../support/property.ts';
import { beppyo, fileText, order, roleTable } from './lists.ts';

/** What `work` refuses with; fails if it doesn't. */
function refusal(work: () => unknown): PermissionListInvalid {
  try {
    work();
  } catch (error) {
    if (error instanceof PermissionListInvalid) return error;
    throw error;
  }
  return expect.fail('nothing was refused');
}

/** The order's list with a change made to its third item. */
// biome-ignore lint/suspicious/noExplicitAny: the change makes it something that no type allows.
function spoilt(change: (item: any, list: any) => void): string {
  const list = structuredClone(order);
  change(list.items[2], list);
  return JSON.stringify(list);
}

describe('a list is refused with file, item and reason', () => {
  test.each([
    ['an item that stands twice', spoilt((item) => (item.item = '1')), '1', '二度', 'twice'],
    ['no inquirer', spoilt((item) => (item.inquirers = [])), '3', '空です', 'inquirers: is empty'],
    ['no provision', spoilt((item) => (item.provisions = [])), '3', '空です', 'is empty'],
    [
      'a code that is not its name’s',
      spoilt((item) => (item.affair.code = 'JM00000000000000')),
      '3',
      '一致しません',
      'the code JM00000000000000 is not the one of its name',
    ],
    [
      'a kind of information under another’s code',
      spoilt((item) => (item.provisions[0].information[0].name = '戸籍関係情報')),
      '3',
      '一致しません',
      'is not the one of its name',
    ],
    [
      'an item that ends before it begins',
      spoilt((item) => (item.inForce = { from: '2025-01-02', until: '2025-01-01' })),
      '3',
      '始まりより前',
      'ends before it begins',
    ],
    [
      'an inquirer named twice',
      spoilt((item) => item.inquirers.push(item.inquirers[0])),
      '3',
      '二度',
      'names one twice',
    ],
    [
      'an unknown field',
      spoilt((item) => (item.note = 'x')),
      '3',
      '知らない',
      'unknown field: note',
    ],
    ['an untidy name', spoilt((item) => (item.inquirers = ['市長 '])), '3', '空白', 'trimmed'],
    ['an item without number', spoilt((item) => delete item.item), '#3', '形式', 'item: '],
    ['a wrong number', spoilt((item) => (item.item = '３')), '３', '形式', 'item: '],
  ])('%s', (_, text, item, ja, en) => {
    const error = refusal(() => readPermissionList(text, 'lists/x.json'));
    expect(error).toMatchObject({ file: 'lists/x.json', item });
    expect(error.reason.ja).toContain(ja);
    expect(error.reason.en).toContain(en);
    expect(error.message).toContain(`lists/x.json: ${item}の項`);
  });

  test.each([
    ['no JSON', '{', 'not JSON'],
    ['nothing like a list', '[]', 'expected object'],
    [
      'a list that ends before it begins',
      spoilt((_, list) => (list.inForce.until = '2024-05-26')),
      'ends before it begins',
    ],
    [
      'a day that the calendar lacks',
      spoilt((_, list) => (list.inForce.from = '2025-02-29')),
      'from',
    ],
    ['no items', spoilt((_, list) => (list.items = [])), 'items: is empty'],
  ])('%s', (_, text, en) => {
    const error = refusal(() => readPermissionList(text, 'x.json'));
    expect(error).toMatchObject({ file: 'x.json', item: undefined });
    expect(error.reason.en).toContain(en);
  });

  test('whatever JSON it is, it is read or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(refusal(() => readPermissionList(text, 'x')).file).toBe('x');
        expect(refusal(() => readRoleTable(text, 'x')).file).toBe('x');
      }),
    );
  });
});

describe('lists are refused together', () => {
  const pair = (change: Partial<typeof order>) => [
    { file: 'a.json', list: order },
    { file: 'b.json', list: { ...beppyo, ...change } },
  ];

  test('when they are in force on the same day', () => {
    for (const inForce of [{ from: '2016-08-02', until: '2024-05-27' }, { from: '2030-01-01' }]) {
      const error = refusal(() => checkTogether(pair({ inForce })));
      expect(error).toMatchObject({ file: 'b.json' });
      expect(error.reason.ja).toContain('a.json');
      expect(error.reason.en).toContain('overlaps');
    }
    expect(() => checkTogether(pair({}))).not.toThrow();
    expect(() => compilePermission([order, { ...order, id: 'again' }], roleTable)).toThrow(
      'overlaps',
    );
  });

  test('when they have the same id', () => {
    const error = refusal(() => checkTogether(pair({ id: 'order-r6-9' })));
    expect(error.reason.en).toBe('the list order-r6-9 is also in a.json');
  });

  test('when one code stands for two names', () => {
    const code = order.items[0]?.affair.code ?? '';
    const [first, ...rest] = beppyo.items;
    if (first === undefined) expect.fail();
    const items = [{ ...first, affair: { code, name: '別の事務' } }, ...rest];
    const error = refusal(() => checkTogether(pair({ items })));
    expect(error).toMatchObject({ file: 'b.json', item: '1' });
    expect(error.reason.en).toBe(`two names share the code ${code}`);
  });
});

test('a role table is refused when roles go in a circle', () => {
  const text = JSON.stringify({ ...roleTable, members: { 甲: ['乙'], 乙: ['甲'] } });
  const error = refusal(() => readRoleTable(text, 'roles.json'));
  expect(error.file).toBe('roles.json');
  expect(error.reason.ja).toBe('役割が循環しています: 甲 ⊃ 乙 ⊃ 甲');
  const empty = JSON.stringify({ ...roleTable, members: { 甲: [] } });
  expect(refusal(() => readRoleTable(empty, 'roles.json')).reason.en).toBe('members.甲: is empty');
});

describe('a folder', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });
  async function folderOf(files: Record<string, string>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'renkei-lists-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return folder;
  }
  const orderText = fileText('order-r6-9.json');
  const rolesText = fileText('roles.json');

  test('is read whole: lists from the oldest on, schemas and the rest left alone', async () => {
    const { lists, roles } = await readPermissionLists(
      await folderOf({
        'a.json': orderText,
        'b.json': fileText('beppyo-2.json'),
        'roles.json': rolesText,
        'x.schema.json': '{}',
        'README.md': '',
      }),
    );
    expect(lists).toEqual([beppyo, order]);
    expect(roles).toEqual(roleTable);
  });

  test.each([
    ['no list', { 'roles.json': rolesText }, '', 'holds no permission list'],
    ['no role table', { 'a.json': orderText }, 'roles.json', 'cannot be read'],
    [
      'the same list twice',
      { 'a.json': orderText, 'b.json': orderText, 'roles.json': rolesText },
      'b.json',
      'is also in',
    ],
    ['what is no list', { 'a.json': '{}', 'roles.json': rolesText }, 'a.json', 'expected'],
  ])('with %s is refused', async (_, files, file, en) => {
    const folder = await folderOf(files);
    const error = await readPermissionLists(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermissionListInvalid);
    expect(error).toMatchObject({ file: join(folder, file) });
    expect(String(error)).toContain(en);
  });

  test('that is not there is refused', async () => {
    await expect(readPermissionLists('/nowhere/at/all')).rejects.toThrow(PermissionListInvalid);
  });
});

test('what is printed reads the same', () => {
  expect(JSON.parse(printPermissionList(beppyo))).toEqual(beppyo);
  expect(JSON.parse(printRoleTable(roleTable))).toEqual(roleTable);
});
