import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/network/config/read.ts';
import { layoutJsonSchema } from '../../src/network/layouts/json-schema.ts';
import { LayoutInvalid, readLayout } from '../../src/network/layouts/read.ts';
import { OWN_LAYOUTS, readLayouts } from '../../src/network/layouts/read-folder.ts';
import { KINDS, LAYOUTS } from '../../src/network/world/layouts.ts';
import { makeWorld } from '../../src/network/world/world.ts';
import { checkRecords } from '../../src/protocol/layouts/check-records.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { readPermissionLists } from '../../src/service/permission-lists/read-folder.ts';
import { temporaryFolder } from '../support/folder.ts';

const root = new URL('../../', import.meta.url);
const shipped = await readLayouts(OWN_LAYOUTS);

const SMALL = `information: [住民票関係情報]
version: T-1
datedBy: 異動年月日
key: [異動年月日]
items:
  - { name: 氏名, type: text, max: 100, required: true }
  - { name: 性別, type: code, codes: [男, 女] }
  - { name: 異動年月日, type: date }
  - { name: 人数, type: integer, least: 1, most: 9 }
`;

describe('the layouts that come with renkei', () => {
  test('are those of the invented world: the same items in the same order, dated by the same', () => {
    const used = Object.entries(LAYOUTS).flatMap(([key, { version, items, datedBy }]) => {
      const kinds =
        key in KINDS
          ? [KINDS[key as keyof typeof KINDS]]
          : [KINDS.vaccination, KINDS.pandemicVaccination];
      return kinds.map((name) => ({ name, version, items: [...items], datedBy }));
    });
    const files = shipped.all.map(({ name, version, items, datedBy }) => ({
      ...{ name, version, datedBy },
      items: items.map(({ item }) => item.name),
    }));
    const byName = (one: { name: string; version: string }, other: typeof one) =>
      `${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1;
    expect(files.sort(byName)).toEqual(used.sort(byName));
  });

  test('every copy of the default network passes its own form check', () => {
    const config = readConfig(readFileSync(new URL('renkei.yaml', root), 'utf8'), 'renkei.yaml');
    const kinds = new Set<string>();
    for (const { copies } of makeWorld(config).agencies.values()) {
      for (const { information, layoutVersion, records } of copies) {
        const form = shipped.find(informationCode(information), layoutVersion);
        if (!form) throw new Error(`no layout ${information} ${layoutVersion}`);
        expect(checkRecords(form, records)).toEqual([]);
        kinds.add(`${information} ${layoutVersion}`);
      }
    }
    expect(kinds.size).toBe(shipped.all.length);
  });

  test('are of kinds that a permission list names', async () => {
    const { lists } = await readPermissionLists(new URL('permission-lists', root).pathname);
    const named = new Set(
      lists.flatMap(({ items }) =>
        items.flatMap(({ provisions }) =>
          provisions.flatMap((each) => each.information.map(({ name }) => name)),
        ),
      ),
    );
    expect(shipped.all.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
  });

  test('have the JSON schema that is shipped beside them', () => {
    const text = readFileSync(join(OWN_LAYOUTS, 'layout.schema.json'), 'utf8');
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(layoutJsonSchema())));
  });
});

describe('a layout file with a mistake is refused with its place', () => {
  test('the small one is right before it is spoilt', () => {
    expect(readLayout(SMALL, 't.yaml').items).toHaveLength(4);
  });

  test.each([
    ['a misspelt key', 'datedBy', 'dateBy', '3:1', 'dateBy', 'there is no key dateBy here'],
    [
      'a misspelt key of an item',
      'max: 100',
      'maxx: 100',
      '6:29',
      'items[0].maxx',
      'there is no key maxx here',
    ],
    [
      'an unknown type',
      'type: date',
      'type: day',
      '8:26',
      'items[2].type',
      'one of text, integer, decimal, code, date, month, year, individual_number',
    ],
    ['a length that is none', 'max: 100', 'max: 0', '6:34', 'items[0].max', 'must be 1 or more'],
    ['an item twice', '人数', '氏名', '9:13', 'items[3].name', 'written twice'],
    ['a code twice', '[男, 女]', '[男, 男]', '7:40', 'items[1].codes[1]', 'written twice'],
    [
      'a key item that is not there',
      'key: [異動年月日]',
      'key: [異動月日]',
      '4:7',
      'key[0]',
      'there is no item of this name',
    ],
    [
      'dated by what is no date',
      'datedBy: 異動年月日',
      'datedBy: 氏名',
      '3:10',
      'datedBy',
      'must be an item of type date, month or year',
    ],
    ['bounds turned round', 'most: 9', 'most: 0', '9:48', 'items[3].most', 'is less than `least`'],
    [
      'a heading of every file of copies',
      '人数',
      '統合宛名番号',
      '9:13',
      'items[3].name',
      /none of the headings/,
    ],
    ['no YAML at all', 'items:', 'items: ]', '5:8', undefined, /./],
  ] as const)('%s', (_, from, to, at, path, en) => {
    expect(SMALL).toContain(from);
    let refused: unknown;
    try {
      readLayout(SMALL.replace(from, to), 't.yaml');
    } catch (error) {
      refused = error;
    }
    if (!(refused instanceof LayoutInvalid)) throw new Error('it was accepted');
    const { file, line, column, reason } = refused;
    expect({ file, at: `${line}:${column}`, path: refused.path }).toEqual({
      file: 't.yaml',
      at,
      path,
    });
    expect(reason.en).toMatch(typeof en === 'string' ? new RegExp(`^${RegExp.escape(en)}`) : en);
    expect(reason.ja).toMatch(/[ぁ-ん]|YAML|type/);
  });
});

describe('an agency’s own folder', () => {
  const folderWith = (files: Readonly<Record<string, string>>): string => {
    const folder = join(temporaryFolder(), 'own');
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  };
  const residents = informationCode('住民票関係情報');

  test('joins the shipped ones, and takes the place of the same kind and version', async () => {
    const folder = folderWith({
      'a.yaml': SMALL,
      'b.json': JSON.stringify({
        information: ['住民票関係情報'],
        version: 'X-1',
        items: [{ name: '氏名', type: 'text', max: 9 }],
      }),
      'x.schema.json': '{}',
      'README.md': '#',
    });
    const layouts = await readLayouts(folder);
    expect(layouts.find(residents, 'T-1')?.items).toHaveLength(4);
    expect(layouts.find(residents, 'X-1')?.items).toHaveLength(1);
    expect(layouts.all).toHaveLength(shipped.all.length + 1);
  });

  test('two files for one kind and version are refused', async () => {
    const refused = readLayouts(folderWith({ 'a.yaml': SMALL, 'b.yaml': SMALL }));
    await expect(refused).rejects.toMatchObject({
      name: 'LayoutInvalid',
      reason: { en: /same kind and version/ },
    });
  });

  test('a folder that is not there is refused, unless it is the default', async () => {
    const nowhere = join(temporaryFolder(), 'nowhere');
    await expect(readLayouts(nowhere)).rejects.toMatchObject({
      name: 'LayoutInvalid',
      file: nowhere,
    });
    expect((await readLayouts(join(nowhere, 'layouts'))).all).toHaveLength(shipped.all.length);
  });
});
