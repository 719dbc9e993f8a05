import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importLaw } from '../../../src/compliance/lists/law/import-law.ts';
import { LAW_LIMITS } from '../../../src/compliance/lists/law/limits.ts';
import { readLawFile } from '../../../src/compliance/lists/law/read-law-file.ts';
import { LawRefused } from '../../../src/compliance/lists/law/refused.ts';
import { order } from '../../protocol/permission/lists.ts';
import { temporaryFolder } from '../../service/temporary-folder.ts';
import { renderLaw } from './render-law.ts';

const LAW = renderLaw({ ...order, items: order.items.slice(0, 2) });
const how = { id: 'x', from: '2030-01-01', table: 'auto' } as const;

/** The refusal of a file with this content. */
async function refusal(content: string | Uint8Array, limits = LAW_LIMITS): Promise<LawRefused> {
  const file = join(temporaryFolder(), 'law.xml');
  writeFileSync(file, content);
  const error = await readLawFile(file, limits)
    .then((law) => importLaw(law, how))
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof LawRefused)) throw new Error(`not refused: ${String(error)}`);
  expect(error.reason.ja).not.toBe('');
  expect(error.hint.en).not.toBe('');
  return error;
}

const BOMB = `<!DOCTYPE Law [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`;

describe('a law file is refused', () => {
  test.each<[code: string, what: string, content: string | Uint8Array]>([
    [
      'law_has_doctype',
      'that nests entities',
      LAW.replace('<Law ', `${BOMB}<Law `).replace('試験法', '&c;'),
    ],
    [
      'law_has_doctype',
      'that names a DTD',
      LAW.replace('<Law ', '<!DOCTYPE Law SYSTEM "file:///etc/passwd"><Law '),
    ],
    ['law_not_xml', 'with an entity that XML doesn’t know', LAW.replace('試験法', '&lol;')],
    ['law_not_xml', 'that was cut off', LAW.slice(0, -40)],
    ['law_not_xml', 'that is JSON', '{"id":"x"}'],
    ['law_not_xml', 'that is empty', ''],
    ['law_not_law', 'that is a page', '<html><body/></html>'],
    ['law_not_law', 'that wraps no law', '<DataRoot><Result/></DataRoot>'],
    ['law_too_deep', 'that nests without end', `<Law>${'<a>'.repeat(200)}`],
    ['law_not_utf8', 'in another encoding', Buffer.from([0x3c, 0x4c, 0x83, 0x65])],
    [
      'law_not_utf8',
      'that ends in the middle of a character',
      Buffer.from(LAW).subarray(0, Buffer.from(LAW).indexOf('試') + 1),
    ],
    ['law_no_table', 'without any table', LAW.replaceAll(/<TableStruct>.*<\/TableStruct>/gs, '')],
    ['law_no_table', 'whose table is another', LAW.replace('情報提供者', '都道府県')],
    [
      'law_no_table',
      'whose table is only in its supplementary provisions',
      LAW.replaceAll('MainProvision', 'SupplProvision'),
    ],
    [
      'law_no_table',
      'whose table is for another law',
      LAW.replace('<TableStruct>', '<AmendProvision><NewProvision><TableStruct>').replace(
        '</TableStruct>',
        '</TableStruct></NewProvision></AmendProvision>',
      ),
    ],
    [
      'law_several_tables',
      'with two such tables',
      LAW.replace(/<TableStruct>.*<\/TableStruct>/s, '$&$&'),
    ],
    [
      'law_table_unreadable',
      'whose spans are no numbers',
      LAW.replace('rowspan="4"', 'rowspan="many"'),
    ],
    ['law_table_unreadable', 'whose spans collide', LAW.replace('rowspan="4"', 'rowspan="6"')],
    [
      'law_table_unreadable',
      'whose table is endlessly wide',
      LAW.replace('rowspan="4"', 'colspan="51"'),
    ],
  ])('(%s) %s', async (code, _, content) => {
    expect((await refusal(content)).code).toBe(code);
  });

  test('that is too large, before it is read', async () => {
    expect((await refusal(LAW, { ...LAW_LIMITS, bytes: 1000 })).code).toBe('law_too_large');
    expect((await refusal(LAW, { ...LAW_LIMITS, cells: 20 })).code).toBe('law_too_large');
    expect((await refusal(LAW, { ...LAW_LIMITS, text: 30 })).code).toBe('law_too_large');
  });

  test('that isn’t there or is a folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'law.xml'));
    for (const path of [join(folder, 'none.xml'), join(folder, 'law.xml')]) {
      await expect(readLawFile(path)).rejects.toMatchObject({ code: 'law_unreadable' });
    }
  });

  test.each<[what: string, content: string, item: string | undefined]>([
    ['a row has no number', LAW.replace('>一<', '>甲<'), undefined],
    ['an item has two affairs', LAW.replace('>二<', '>一<'), '1'],
    ['a cell is empty', LAW.replace('>法務大臣<', '><'), '1'],
  ])('when %s, with the item', async (_, content, item) => {
    const { code, item: named } = await refusal(content);
    expect({ code, item: named }).toEqual({ code: 'law_table_unreadable', item });
  });
});

describe('a law file is read', () => {
  const read = async (content: string) => {
    const file = join(temporaryFolder(), 'law.xml');
    writeFileSync(file, content);
    return importLaw(await readLawFile(file), how);
  };
  const items = order.items.slice(0, 2);

  test.each([
    [
      'as both versions of e-Gov’s interface wrap it',
      LAW.replace('<Law ', '<DataRoot><ApplData><LawFullText><Law ').replace(
        '</Law>',
        '</Law></LawFullText></ApplData></DataRoot>',
      ),
    ],
    ['broken into lines', LAW.replace('>厚生労働大臣<', '>\n   厚生\n   労働大臣\n  <')],
    ['with a byte order mark', `\ufeff${LAW}`],
    [
      'with CDATA and comments',
      LAW.replace('厚生労働大臣', '<!-- 大臣 --><![CDATA[厚生労働大臣]]>'),
    ],
  ])('%s', async (_, content) => {
    expect((await read(content)).list.items).toEqual(items);
  });

  test('named as it names itself', async () => {
    expect((await read(LAW)).list).toMatchObject({
      title: '試験法 第2条の表',
      lawNumber: '令和6年法律第9号',
      inForce: { from: '2030-01-01' },
    });
  });

  test('with an empty cell that nothing continues: carried down, reported', async () => {
    const { list, doubts } = await read(
      LAW.replace('>後期高齢者医療広域連合<', '><').replace(
        /<Sentence Num="1">市町村\s+長<\/Sentence>/,
        '<Sentence/>',
      ),
    );
    expect(list.items[0]?.provisions[1]?.providers).toEqual(['法務大臣']);
    expect(doubts).toContainEqual(
      expect.objectContaining({ item: '1', column: 'provider', code: 'carried_down' }),
    );
  });

  test('with items in a cell: read as text, reported', async () => {
    const { doubts } = await read(
      LAW.replace(
        '<Sentence Num="1">法務大臣</Sentence>',
        '<Item Num="1"><ItemSentence><Sentence>法務大臣</Sentence></ItemSentence></Item>',
      ),
    );
    expect(doubts).toContainEqual(
      expect.objectContaining({
        item: '1',
        column: 'provider',
        code: 'structure',
        text: '法務大臣',
      }),
    );
  });

  test('with information of another article than the affair: reported', async () => {
    const { list, doubts } = await read(
      LAW.replace('情報であって第三条で定めるもの', '情報であって第九条で定めるもの'),
    );
    expect(list.items[0]?.article).toBe('3');
    expect(doubts).toContainEqual(expect.objectContaining({ item: '1', code: 'another_article' }));
  });
});
