import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compilePermission } from '../../src/protocol/permission/compile.ts';
import { decide } from '../../src/protocol/permission/decide.ts';
import { printPermissionList } from '../../src/protocol/permission/print.ts';
import { readPermissionList } from '../../src/protocol/permission/read.ts';
import { holderOf } from '../../src/protocol/permission/roles.ts';
import { readPermissionLists } from '../../src/service/permission-lists/read-folder.ts';
import { temporaryFolder } from '../service/temporary-folder.ts';
import { listsFolder, run } from './lists-command.ts';

const ROWS = fileURLToPath(new URL('../fixtures/law/order-rows.xml', import.meta.url));
const OLD = ['--from', '2015-01-01', '--until', '2016-08-01'];
const bring = (folder: string, ...args: string[]) =>
  run(['import', ROWS, '--id', 'older', ...args], folder);

describe('renkei lists import', () => {
  test('writes a list that every command uses at once', async () => {
    const folder = listsFolder();
    const { status, out } = await bring(folder, ...OLD);
    expect(status).toBe(0);
    expect(out).toContain('older.json に書きました / written');
    expect(out).toContain('分けずに一つの語としました / left as one');

    const { lists, roles } = await readPermissionLists(folder);
    const permission = compilePermission(lists, roles);
    const mayor = holderOf(permission, ['広島市長']);
    const inquiry = {
      inquirer: mayor,
      provider: mayor,
      item: '25',
      information: '予防接種法による予防接種の実施に関する情報',
    };
    expect(decide(permission, '2015-06-01', inquiry)).toMatchObject({
      decision: 'permit',
      list: 'older',
      article: '27',
      lawNumber: '令和6年デジタル庁・総務省令第9号',
    });
    expect((await run(['show', 'older', '--item', '53'], folder)).out).toContain('第55条');
    expect((await run(['verify'], folder)).status).toBe(0);
    expect((await run(['diff', 'older', 'beppyo-2', '--item', '25'], folder)).status).toBe(0);
  });

  test('writes what the house prints, and nothing else', async () => {
    const folder = listsFolder();
    await bring(
      folder,
      ...OLD,
      '--title',
      '試験',
      '--law-number',
      '令和7年法律第1号',
      '--text-as-of',
      '2025-08',
    );
    const text = readFileSync(join(folder, 'older.json'), 'utf8');
    const list = readPermissionList(text, 'older');
    expect(printPermissionList(list)).toBe(text);
    expect(list).toMatchObject({
      title: '試験',
      lawNumber: '令和7年法律第1号',
      inForce: { from: '2015-01-01', until: '2016-08-01' },
      source: { textAsOf: '2025-08' },
    });
    expect(readdirSync(folder).sort()).toEqual([
      'beppyo-2.json',
      'older.json',
      'order-r6-9.json',
      'roles.json',
    ]);
  });

  test('reports as JSON: doubts, deleted items, names that are new', async () => {
    const folder = listsFolder();
    const law = join(temporaryFolder(), 'law.xml');
    writeFileSync(
      law,
      readFileSync(ROWS, 'utf8')
        .replace('>都道府県知事<', '>宇宙大臣<')
        .replace('手帳に関する情報', '魔法に関する情報'),
    );
    const { out } = await run(['import', law, '--id', 'older', ...OLD, '--json'], folder);
    expect(JSON.parse(out)).toMatchObject({
      written: true,
      measure: { items: 4, tuples: expect.any(Number) },
      strangers: {
        roles: ['宇宙大臣'],
        information: ['身体障害者福祉法による身体障害者魔法に関する情報'],
      },
      doubts: [
        {
          item: '53',
          column: 'inquirer',
          code: 'kept_whole',
          text: expect.stringContaining('公営住宅法'),
          done: { ja: '分けずに一つの語としました' },
        },
      ],
    });
  });

  test('checks everything and writes nothing with --dry-run', async () => {
    const folder = listsFolder();
    const { status, out } = await bring(folder, ...OLD, '--dry-run');
    expect(status).toBe(0);
    expect(out).toContain('nothing was written');
    expect(existsSync(join(folder, 'older.json'))).toBe(false);
    expect((await bring(folder, '--from', '2024-01-01', '--dry-run')).status).toBe(1);
  });

  test('replaces a list only with --force', async () => {
    const folder = listsFolder();
    await bring(folder, ...OLD);
    const again = await bring(folder, ...OLD, '--title', '新');
    expect(again.status).toBe(1);
    expect(again.err).toContain('list_exists');
    expect(again.err).toContain('--force');
    expect(readFileSync(join(folder, 'older.json'), 'utf8')).not.toContain('"title": "新"');
    expect((await bring(folder, ...OLD, '--title', '新', '--force')).status).toBe(0);
    expect(readFileSync(join(folder, 'older.json'), 'utf8')).toContain('"title": "新"');
    expect(readdirSync(folder)).toHaveLength(4);
  });

  test('refuses a second list for the same days and says how to make room', async () => {
    const folder = listsFolder();
    const open = await bring(folder, '--from', '2027-04-01');
    expect(open.status).toBe(1);
    expect(open.err).toContain('list_overlaps');
    expect(open.err).toContain('give order-r6-9.json an "until" in its inForce: "2027-03-31"');
    const inside = await bring(folder, '--from', '2020-01-01', '--until', '2020-12-31');
    expect(inside.err).toContain('look at --from and --until');
    expect(existsSync(join(folder, 'older.json'))).toBe(false);
  });

  test('makes a new folder, which still needs roles', async () => {
    const folder = join(temporaryFolder(), 'new');
    const { status, out } = await run(['import', ROWS, '--id', 'older', ...OLD, '--out', folder]);
    expect(status).toBe(0);
    expect(out).toContain('the folder has no roles.json yet');
    // The project's own lists know every name, wherever the new list is written.
    expect(out).not.toContain('names that no other list has');
    expect(readdirSync(folder)).toEqual(['older.json']);
  });

  test('refuses what would not be a sound list', async () => {
    const law = join(temporaryFolder(), 'law.xml');
    // The number of the first item again, further down.
    writeFileSync(law, readFileSync(ROWS, 'utf8').replace('>百五十三<', '>一<'));
    const { status, err } = await run(['import', law, '--id', 'older', ...OLD], listsFolder());
    expect(status).toBe(1);
    expect(err).toContain('1の項 (item 1)\n  同じ項が二度あります');
    const backwards = await bring(listsFolder(), '--from', '2015-01-01', '--until', '2014-01-01');
    expect(backwards.err).toContain('permission_list_invalid');
  });

  test.each([
    [['--id', 'Order', '--from', '2015-01-01'], '--id must be'],
    [['--id', 'roles', '--from', '2015-01-01'], '--id must be'],
    [['--id', 'x', '--from', '2015-13-01'], 'a date must be YYYY-MM-DD'],
    [['--id', 'x'], '--from'],
    [['--id', 'x', '--from', '2015-01-01', '--table', 'other'], 'article-2'],
    [['--id', 'x', '--from', '2015-01-01', '--table', 'appdx-2'], 'law_no_table'],
  ])('says why it can’t: %s', async (args, why) => {
    const { status, out, err } = await run(['import', ROWS, ...args], listsFolder());
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain(why);
  });

  test('refuses other files with code, reason and hint', async () => {
    const law = join(temporaryFolder(), 'law.xml');
    writeFileSync(law, '<!DOCTYPE Law [<!ENTITY a "b">]><Law>&a;</Law>');
    const { status, err } = await run(['import', law, '--id', 'x', ...OLD], listsFolder());
    expect(status).toBe(1);
    expect(err).toContain('law_has_doctype\n  文書型宣言');
    expect(err).toContain('対処 hint:');
  });
});
