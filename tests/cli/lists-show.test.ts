import { describe, expect, test } from 'vitest';
import { run } from './lists-command.ts';

const items = async (...args: string[]) => {
  const { status, out } = await run(['show', ...args, '--json']);
  expect(status).toBe(0);
  const { items: found }: { items: { item: string; provisions: unknown[] }[] } = JSON.parse(out);
  return found;
};
const numbers = async (...args: string[]) => (await items(...args)).map(({ item }) => item);

describe('renkei lists show', () => {
  test('gives the list in force on the day', async () => {
    expect(await numbers()).toHaveLength(173);
    expect(await numbers('--at', '2020-04-01')).toHaveLength(122);
    const { out } = await run(['show']);
    expect(out).toContain('order-r6-9  令和6年デジタル庁・総務省令第9号  2026-11-22 (173)');
  });

  test.each(['25', '２５', '第二十五', '25の項'])(
    'gives one item in full (--item %s)',
    async (item) => {
      const { out } = await run(['show', '--item', item]);
      for (const part of [
        '25の項 item 25',
        '令和6年デジタル庁・総務省令第9号',
        '第27条',
        '2024-05-27 –',
        'JM73234166857364',
        '1. 都道府県知事、市町村長',
        'TM23147426109013  予防接種法による予防接種の実施に関する情報',
        '3. 厚生労働大臣、都道府県知事、市町村長',
      ]) {
        expect(out).toContain(part);
      }
      expect(out).not.toContain('\u001b[');
    },
  );

  test('finds items by who may ask, collective roles included', async () => {
    const hiroshima = await numbers('beppyo-2', '--inquirer', '広島市長');
    expect(hiroshima).toEqual(expect.arrayContaining(['16の2', '89', '26']));
    expect(hiroshima).not.toContain('1');
  });

  test('finds provisions by who may be asked and for what', async () => {
    const found = await items('--item', '25', '--provider', '厚生労働大臣');
    expect(found).toMatchObject([
      {
        item: '25',
        provisions: [
          {
            information: [
              { name: '新型インフルエンザ等対策特別措置法による予防接種の実施に関する情報' },
            ],
          },
        ],
      },
    ]);
    expect(await numbers('--information', 'TM53572910033631')).toEqual(['25']);
    expect(await numbers('--information', '身体障害者手帳に')).toEqual(['25']);
    expect(await numbers('--affair', '予防接種の実施')).toEqual(['25', '26', '153', '154']);
    const { out } = await run(['show', '--affair', '予防接種の実施', '--provider', '厚生労働大臣']);
    expect(out).toContain('order-r6-9  令和6年デジタル庁・総務省令第9号  2026-11-22 (3)');
    expect(out).toContain('情報提供者 → 特定個人情報');
  });

  test.each([
    [['no-list'], 'there is no list "no-list"', 'beppyo-2, order-r6-9'],
    [['--item', '999'], 'no item of order-r6-9 matches', '対処 hint:'],
    [['--inquirer', '魔法使い'], 'no item of order-r6-9 matches', '対処 hint:'],
    [['--at', '2015-01-01'], 'no list is in force on 2015-01-01', 'beppyo-2 2016-08-02'],
    [['beppyo-2', '--at', '2025-01-01'], 'beppyo-2 is not in force on 2025-01-01', '2024-05-26'],
    [['--at', 'tomorrow'], 'a date must be YYYY-MM-DD', 'tomorrow'],
    [['--lists', '/nowhere'], 'the folder of lists cannot be read', 'renkei lists verify'],
  ])('says why it can’t: %s', async (args, why, hint) => {
    const { status, out, err } = await run(['show', ...args]);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain(why);
    expect(err).toContain(hint);
  });
});

describe('renkei lists', () => {
  test('says what there is', async () => {
    const { status, out } = await run([]);
    expect(status).toBe(0);
    for (const name of ['show', 'verify', 'diff', 'import']) expect(out).toContain(name);
  });

  test.each([
    [['shwo'], 'lists has no command shwo'],
    [['show', '--no-such'], 'unknown option'],
    [['diff', 'beppyo-2'], 'missing required argument'],
  ])('leaves mistakes to be told by the caller: %s', async (args, why) => {
    const { status, err } = await run(args);
    expect(status).toBe(1);
    expect(err).toContain(why);
  });
});
