import type { Difference, ListDiff } from '../../compliance/lists/diff.ts';
import { type Counts, summaryOf } from '../../compliance/lists/diff-summary.ts';
import type { PermissionList } from '../../protocol/permission/schema.ts';
import type { Section } from './section.ts';

/** The two lists that were compared, for what the differences don't repeat. */
export interface Compared {
  readonly a: PermissionList;
  readonly b: PermissionList;
}

/** What differs, a table for each way of looking at it. `tuples`: every single one as well. */
export function diffSections(
  diff: ListDiff,
  compared: Compared,
  tuples: boolean,
): readonly Section[] {
  const { byInquirer, byProvider, byInformation } = summaryOf(diff);
  const all = [
    totals(diff),
    moved(diff, compared),
    items('なくなった項 items that ended', diff.ended, compared.a),
    items('新しい項 new items', diff.added, compared.b),
    counted('情報照会者別 by inquirer', '情報照会者 inquirer', byInquirer),
    counted('情報提供者別 by provider', '情報提供者 provider', byProvider),
    counted('特定個人情報別 by information', '特定個人情報 information', byInformation),
  ];
  if (tuples) {
    all.push(each('新たに許可 newly permitted', diff.permitted, diff.b.id));
    all.push(each('新たに拒否 newly denied', diff.denied, diff.a.id));
  }
  const [total, ...others] = all;
  return total === undefined ? [] : [total, ...others.filter(({ rows }) => rows.length > 0)];
}

function totals(diff: ListDiff): Section {
  const { total } = summaryOf(diff);
  const row = (ja: string, en: string, count: number, reworded?: number) => [
    `${ja} ${en}`,
    String(count),
    reworded === undefined ? '' : String(reworded),
  ];
  return {
    title: [diff.a, diff.b]
      .map(({ id, date, tuples }) => `${id} (${date}, ${tuples} 組 tuples)`)
      .join(' → '),
    uncounted: true,
    head: ['組 tuples', '数 number', 'うち事務の名称だけ変更 only the affair reworded'],
    rows: [
      row('新たに許可', 'newly permitted', total.permitted, total.permittedReworded),
      row('新たに拒否', 'newly denied', total.denied, total.deniedReworded),
      row('変わらず許可', 'unchanged', total.unchanged),
    ],
    note: diff.expanded
      ? '組は (情報照会者, 事務, 情報提供者, 特定個人情報)。集合的な役割は含まれる役割に展開 / collective roles expanded to all that they take in'
      : '組は (情報照会者, 事務, 情報提供者, 特定個人情報)。役割は法令の文言 / roles as the law words them; --expand for collective roles',
  };
}

function moved({ moves, a, b }: ListDiff, compared: Compared): Section {
  const affairOf = new Map(compared.b.items.map(({ item, affair }) => [item, affair.name]));
  const changed = moves.filter(({ from, to, by, also }) => {
    return from !== to || by === 'wording' || also.length > 0;
  });
  return {
    title: '移った項 moved items',
    head: [a.id, b.id, '一致 matched by', '事務 affair'],
    rows: changed.map(({ from, to, by, likeness, also }) => [
      from,
      also.length === 0 ? to : `${to} (${also.join('、')})`,
      by === 'affair' ? '事務 affair' : `文言 wording ${likeness.toFixed(2)}`,
      affairOf.get(to) ?? '',
    ]),
    note: '括弧内は同じ事務で同じ組を許す他の項 / in brackets: other items that allow some of the same for the same affair',
  };
}

function items(title: string, numbers: readonly string[], list: PermissionList): Section {
  const known = new Map(list.items.map((item) => [item.item, item]));
  return {
    title,
    head: ['項 item', '情報照会者 inquirers', '事務 affair'],
    rows: numbers.map((number) => {
      const item = known.get(number);
      return [number, item?.inquirers.join('、') ?? '', item?.affair.name ?? ''];
    }),
  };
}

function counted(title: string, name: string, counts: readonly Counts[]): Section {
  const changed = counts.filter(({ permitted, denied }) => permitted + denied > 0);
  const some = (sign: string, count: number, reworded: number) =>
    count === 0 ? '' : `${sign}${count}${reworded === 0 ? '' : ` (${reworded})`}`;
  return {
    title,
    head: [name, '新たに許可 permitted', '新たに拒否 denied', '変わらず unchanged'],
    rows: changed.map((one) => [
      one.name,
      some('+', one.permitted, one.permittedReworded),
      some('−', one.denied, one.deniedReworded),
      String(one.unchanged),
    ]),
    ...(changed.some(({ permittedReworded: p, deniedReworded: d }) => p + d > 0) && {
      note: '括弧内は事務の名称だけが変わった組 / in brackets: only the affair was reworded',
    }),
  };
}

const each = (title: string, differences: readonly Difference[], id: string): Section => ({
  title,
  head: [
    `項 item (${id})`,
    '情報照会者 inquirer',
    '事務 affair',
    '情報提供者 provider',
    '特定個人情報 information',
  ],
  rows: differences.map((one) => [
    `${[...one.itemsA, ...one.itemsB].join('、')}${one.reworded === undefined ? '' : ' *'}`,
    one.inquirer,
    one.affair.name,
    one.provider,
    one.information.name,
  ]),
  ...(differences.some(({ reworded }) => reworded !== undefined) && {
    note: '「*」は事務の名称だけが変わった組 / marked *: only the affair was reworded',
  }),
});
