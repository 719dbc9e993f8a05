import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importLaw } from '../../../src/compliance/lists/law/import-law.ts';
import { readLawFile } from '../../../src/compliance/lists/law/read-law-file.ts';
import { beppyo, order } from '../../protocol/permission/lists.ts';

const fixture = (name: string) =>
  readLawFile(fileURLToPath(new URL(`../../fixtures/law/${name}`, import.meta.url)));
const among = (list: typeof order, ...numbers: string[]) =>
  list.items.filter(({ item }) => numbers.includes(item));

describe('rows in the words of the order', () => {
  test.each(['auto', 'article-2'] as const)('become its items (%s)', async (table) => {
    const law = await fixture('order-rows.xml');
    const { list, doubts, deleted } = importLaw(law, { id: 'x', from: '2024-05-27', table });
    expect(list.items).toEqual(among(order, '1', '25', '53', '153'));
    expect(list.lawNumber).toBe(order.lawNumber);
    expect(deleted).toEqual([]);
    expect(doubts).toEqual([
      expect.objectContaining({ item: '53', column: 'inquirer', code: 'kept_whole' }),
    ]);
  });

  test('have no 別表第二', async () => {
    const law = await fixture('order-rows.xml');
    expect(() => importLaw(law, { id: 'x', from: '2024-05-27', table: 'appdx-2' })).toThrow(
      expect.objectContaining({ code: 'law_no_table' }),
    );
  });
});

test.each(['auto', 'appdx-2'] as const)(
  'rows in the words of 別表第二 become its items (%s)',
  async (table) => {
    const law = await fixture('beppyo-rows.xml');
    const { list, doubts, deleted } = importLaw(law, { id: 'x', from: '2016-08-02', table });
    expect(list.items.map(({ item }) => item)).toEqual(['1', '16の3', '17']);
    expect(list.items.slice(0, 2)).toEqual(among(beppyo, '1', '16の3'));
    expect(list.items[2]).toEqual(among(beppyo, '17')[0]);
    expect({ title: list.title, deleted, doubts }).toEqual({
      title: '番号の利用等に関する法律（抜粋） 別表第二',
      deleted: ['三十六　削除'],
      doubts: [],
    });
  },
);
