import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listsFolder, run } from './lists-command.ts';

/** Changes a file of a folder. */
function change(folder: string, name: string, from: string | RegExp, to: string): void {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
}

const faults = async (folder: string, ...paths: string[]) => {
  const { status, out, err } = await run(['verify', ...paths, '--json'], folder);
  const { ok, faults: found, lists } = JSON.parse(out);
  expect({ status, ok }).toEqual(
    found.length === 0 ? { status: 0, ok: true } : { status: 1, ok: false },
  );
  for (const one of found) expect(err).toContain(`  ${one.reason.ja}\n`);
  const short = found.map(
    (one: { file: string; item?: string; reason: { en: string; ja: string } }) => {
      expect(one.reason.ja).not.toBe('');
      return [one.file.split('/').at(-1), one.item, one.reason.en];
    },
  );
  return { found: short, lists };
};

describe('renkei lists verify', () => {
  test('finds the project’s lists sound and measures them', async () => {
    const { status, out } = await run(['verify']);
    expect(status).toBe(0);
    expect(out).toContain('nothing is wrong');
    const { lists } = await faults(listsFolder());
    expect(lists).toMatchObject([
      { id: 'beppyo-2', items: 122, provisions: 262, tuples: 595, kinds: 83 },
      { id: 'order-r6-9', from: '2024-05-27', items: 173, provisions: 443, tuples: 873, kinds: 78 },
    ]);
  });

  test('names every wrong item of every file, and goes on', async () => {
    const folder = listsFolder();
    change(folder, 'order-r6-9.json', '"JM73234166857364"', '"JM00000000000000"');
    change(folder, 'order-r6-9.json', '"item": "30"', '"item": "29"');
    change(folder, 'order-r6-9.json', '"item": "40",', '"itme": "40",');
    change(folder, 'order-r6-9.json', '"lawNumber": "令和6年', '"law": "x", "lawNumber": "令和6年');
    change(folder, 'beppyo-2.json', '"厚生労働大臣"', '" 厚生労働大臣"');
    change(folder, 'roles.json', '"市長", "町村長"', '"市町村長", "町村長"');
    const { found, lists } = await faults(folder);
    expect(lists).toEqual([]);
    expect(found.map(([file, item]: string[]) => [file, item])).toEqual([
      ['beppyo-2.json', '1'],
      ['order-r6-9.json', undefined],
      ['order-r6-9.json', '25'],
      ['order-r6-9.json', '29'],
      ['order-r6-9.json', '#40'],
      ['roles.json', undefined],
    ]);
  });

  test('finds lists that can’t stand together', async () => {
    const folder = listsFolder();
    change(folder, 'beppyo-2.json', ', "until": "2024-05-26"', '');
    expect((await faults(folder)).found).toEqual([
      ['order-r6-9.json', undefined, expect.stringContaining('overlaps')],
    ]);
    // A file by itself has nothing to overlap with.
    expect((await faults(folder, join(folder, 'beppyo-2.json'))).found).toEqual([]);
  });

  test.each([
    ['beppyo-2.json', '{"id":', 'it is not JSON'],
    ['beppyo-2.json', '[]', 'expected object'],
  ])('says what is no list: %s %s', async (name, content, why) => {
    const folder = listsFolder();
    writeFileSync(join(folder, name), content);
    const { found, lists } = await faults(folder);
    expect(found).toEqual([[name, undefined, expect.stringContaining(why)]]);
    expect(lists).toHaveLength(1);
  });

  test('misses the role table', async () => {
    const folder = listsFolder();
    rmSync(join(folder, 'roles.json'));
    expect((await faults(folder)).found).toEqual([['roles.json', undefined, 'it is not JSON']]);
  });

  test('says what it can’t read', async () => {
    const { status, err } = await run(['verify', '/nowhere']);
    expect(status).toBe(1);
    expect(err).toContain('/nowhere cannot be read');
  });
});
