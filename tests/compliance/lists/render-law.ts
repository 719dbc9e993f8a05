import type { PermissionItem, PermissionList } from '../../../src/protocol/permission/schema.ts';

/** The ways in which tables of e-Gov are written. */
export interface Layout {
  /** Cells that reach over rows: by rowspan, or as empty cells without a line above. */
  readonly spans: 'rowspan' | 'borders';
  /** Item numbers in a column of their own, or before the inquirer (一　厚生労働大臣). */
  readonly numbers: 'column' | 'inline';
  readonly digits: 'kanji' | 'arabic' | 'full-width';
  readonly place: 'article-2' | 'appdx-2';
  readonly heads: 'TableHeaderRow' | 'TableRow';
  /** Adds what an import takes out again: readings, definitions and explanations. */
  readonly asides: boolean;
}

export const PLAIN: Layout = {
  spans: 'rowspan',
  numbers: 'column',
  digits: 'kanji',
  place: 'article-2',
  heads: 'TableRow',
  asides: false,
};

/** A permission list as 法令標準XML, such that importing it gives the list again. */
export function renderLaw(list: PermissionList, layout: Partial<Layout> = {}): string {
  const how = { ...PLAIN, ...layout };
  const names = ['情報照会者', '特定個人番号利用事務', '情報提供者', '利用特定個人情報'];
  const heads = (how.numbers === 'column' ? ['項', ...names] : names).map((name) =>
    how.heads === 'TableRow' ? column(name) : `<TableHeaderColumn>${name}</TableHeaderColumn>`,
  );
  const table = `<TableStruct><Table WritingMode="vertical">
    <${how.heads}>${heads.join('')}</${how.heads}>
    ${list.items.map((item) => rowsOf(item, how)).join('\n    ')}
  </Table></TableStruct>`;
  const article = `<Article Num="2"><ArticleTitle>第二条</ArticleTitle><Paragraph Num="1"><ParagraphNum/>
    <ParagraphSentence><Sentence Num="1">次の表のとおりとする。</Sentence></ParagraphSentence>
    ${how.place === 'article-2' ? table : ''}</Paragraph></Article>`;
  const appendix = `<AppdxTable><AppdxTableTitle>別表第二</AppdxTableTitle><RelatedArticleNum>（第十九条関係）</RelatedArticleNum>
    ${table}</AppdxTable>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Law Era="Reiwa" Lang="ja" LawType="Act" Num="9" Year="6"><LawNum>令和六年法律第九号</LawNum>
<LawBody><LawTitle Kana="ためし">試験法</LawTitle>
<MainProvision>${article}</MainProvision>
${how.place === 'appdx-2' ? appendix : ''}
</LawBody></Law>
`;
}

function rowsOf(item: PermissionItem, how: Layout): string {
  const number = how.digits === 'kanji' ? kanji(item.item) : arabic(item.item, how.digits);
  const closing =
    `であって${item.article === undefined ? '主務省令' : `第${articleOf(item.article)}条`}で定めるもの`
      // 十六の二 branches after 条: 第十六条の二.
      .replace(/第([^の]+)の(.+)条/, '第$1条の$2');
  const inquirers = list(item.inquirers, '又は');
  const heads = [
    ...(how.numbers === 'column' ? [number] : []),
    how.numbers === 'column' ? inquirers : `${number}　${inquirers}`,
    `${item.affair.name}${closing}`,
  ];
  return item.provisions
    .map(({ providers, information }, at) => {
      const first = at === 0;
      const tall = item.provisions.length;
      const shared = heads.map((text) => {
        if (how.spans === 'borders') return first ? column(text) : column('', 'BorderTop="none"');
        if (!first) return '';
        return column(text, tall > 1 ? `rowspan="${tall}"` : '');
      });
      const kinds = information.map(({ name }, place) =>
        how.asides && name.endsWith('関係情報')
          ? `何とかに関する事項に関する情報（以下「${name}」という。）`
          : `${name}${how.asides && place === 0 ? closing : ''}`,
      );
      const given = list(
        providers.map((role) =>
          how.asides ? `${role}（何法（平成十二年法律第九号）にいう者をいう。以下同じ。）` : role,
        ),
        '若しくは',
      );
      return `<TableRow>${shared.join('')}${column(given)}${column(`${list(kinds, '又は')}${closing}`)}</TableRow>`;
    })
    .join('\n');
}

const column = (text: string, attributes = ''): string =>
  `<TableColumn BorderLeft="solid" ${attributes}><Sentence Num="1">${text
    .replace('医療', '<Ruby>医療<Rt>いりょう</Rt></Ruby>')
    .replace('市町村', '市町村\n        ')}</Sentence></TableColumn>`;

/** 「一、二又は三」. */
const list = (names: readonly string[], or: string): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join('、')}${or}${names.at(-1)}`;

const articleOf = (text: string): string => kanji(text);

const kanji = (text: string): string => text.split('の').map(kanjiOf).join('の');

function kanjiOf(digits: string): string {
  const number = Number(digits);
  const units = ['', '十', '百', '千'];
  return [...String(number)]
    .map((digit, at, all) => {
      const unit = units[all.length - at - 1] ?? '';
      if (digit === '0') return '';
      return `${digit === '1' && unit !== '' ? '' : '〇一二三四五六七八九'[Number(digit)]}${unit}`;
    })
    .join('');
}

const arabic = (text: string, digits: 'arabic' | 'full-width'): string =>
  digits === 'arabic'
    ? text
    : text.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
