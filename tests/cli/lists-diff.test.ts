import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/cli/output/style.ts';
import { run } from './lists-command.ts';

const diff = (...args: string[]) => run(['diff', 'beppyo-2', 'order-r6-9', ...args]);

describe('renkei lists diff', () => {
  test('sums up, and names the items that moved', async () => {
    const { status, out } = await diff();
    expect(status).toBe(0);
    for (const part of [
      /beppyo-2 \(2024-05-26, 594 組 tuples\) → order-r6-9 \(2026-11-22, 873 組 tuples\)/,
      /newly permitted │ 566 /,
      /newly denied +│ 287 /,
      /16の2 +│ 25 +│ 事務 affair/,
      /16の3 +│ 26 \(25\) +│/,
      /115の2 +│ 153 +│/,
      /by inquirer \(\d+\)/,
      /社会福祉協議会 +│ +│ −19 /,
    ]) {
      expect(out).toMatch(part);
    }
    expect(out).not.toContain('newly denied (287)');
  });

  test('fits its tables into the terminal', async () => {
    const { out } = await diff();
    const table = out.split('\n').filter((line) => /^[│┌├└]/.test(line));
    expect(table.length).toBeGreaterThan(200);
    expect(Math.max(...table.map(widthOf))).toBeLessThanOrEqual(120);
  });

  test('lists every tuple on demand', async () => {
    const { out } = await diff('--tuples');
    expect(out).toContain('新たに許可 newly permitted (566)\n');
    expect(out.match(/^ {4}\+ /gm)).toHaveLength(566);
    expect(out.match(/^ {4}− /gm)).toHaveLength(287);
    expect(out).toContain(
      '  25の項 市町村長: 予防接種法による予防接種の実施に関する事務\n    + 都道府県知事 → ',
    );
    expect(out).toContain('（事務の名称だけ変更 affair reworded）');
  });

  test('is JSON with every tuple', async () => {
    const { out } = await diff('--json');
    const json = JSON.parse(out);
    expect([json.permitted, json.denied, json.unchanged].map((all) => all.length)).toEqual([
      566, 287, 307,
    ]);
    expect(json).toMatchObject({
      expanded: false,
      a: { id: 'beppyo-2' },
      summary: { total: { permitted: 566 } },
    });
    const expanded = JSON.parse((await diff('--json', '--expand', '--role', '広島市長')).out);
    expect(expanded.expanded).toBe(true);
    expect(expanded.permitted.length).toBeGreaterThan(100);
  });

  test('is Markdown', async () => {
    const { out } = await diff('--markdown', '--information', '身体障害者手帳に');
    expect(out).toContain('# beppyo-2 → order-r6-9');
    expect(out).toContain('| 16の2 | 25 | 事務 affair |');
    expect(out).toContain('## 新たに許可 newly permitted (1)');
    expect(out).not.toContain('│');
  });

  test('looks at the days that it is told', async () => {
    const { out } = await diff('--at-a', '2016-08-02', '--at-b', '2024-05-27');
    expect(out).toContain('beppyo-2 (2016-08-02, 594 組 tuples) → order-r6-9 (2024-05-27,');
    const { status, err } = await diff('--at-b', '2024-05-26');
    expect(status).toBe(1);
    expect(err).toContain('order-r6-9 is not in force on 2024-05-26');
  });

  test('of one item takes the number as the law writes it', async () => {
    const { out } = await diff('--item', '第十六の二');
    expect(out).toContain('newly permitted (5)');
  });

  test.each([
    [['--role', '魔法使い'], 'neither list has the role'],
    [['--item', '999'], 'neither list has the item'],
    [['--json', '--markdown'], 'either --json or --markdown'],
  ])('says why it can’t: %s', async (args, why) => {
    const { status, out, err } = await diff(...args);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain(why);
  });
});
