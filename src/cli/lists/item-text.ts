import type { ItemFilter } from '../../compliance/lists/find-items.ts';
import type { PermissionItem, PermissionList } from '../../protocol/permission/schema.ts';
import type { Paint } from '../output/style.ts';
import type { Section } from './section.ts';

/** One item with everything that the list says of it. */
export function itemText(
  item: PermissionItem,
  list: PermissionList,
  date: string,
  paint: Paint,
): string {
  const period = { ...list.inForce, ...item.inForce };
  const facts: readonly (readonly [ja: string, en: string, value: string | undefined])[] = [
    ['照合リスト', 'list', `${list.id}  ${list.title}`],
    ['法令番号', 'law number', list.lawNumber],
    [
      '条',
      'article',
      item.article &&
        `第${item.article.replace('の', '条の')}${item.article.includes('の') ? '' : '条'}`,
    ],
    ['施行', 'in force', `${period.from} – ${period.until ?? ''}`],
    ['基準日', 'as of', date],
    ['情報照会者', 'inquirers', item.inquirers.join('、')],
    ['事務', 'affair', `${item.affair.name}  ${paint('dim', item.affair.code)}`],
  ];
  const lines = [
    paint('bold', `${item.item}の項 item ${item.item}`),
    ...facts
      .filter(([, , value]) => value !== undefined)
      .map(([ja, en, value]) => `  ${paint('dim', `${ja} ${en}:`)} ${value}`),
    `  ${paint('dim', '提供 provisions:')}`,
  ];
  for (const [at, { providers, information }] of item.provisions.entries()) {
    lines.push(`    ${at + 1}. ${providers.join('、')}`);
    for (const { code, name } of information) lines.push(`       ${paint('dim', code)}  ${name}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Items as a table; what they provide is written out when that was asked for. */
export function itemsSection(
  items: readonly PermissionItem[],
  list: PermissionList,
  date: string,
  filter: ItemFilter,
): Section {
  const inFull = filter.provider !== undefined || filter.information !== undefined;
  return {
    title: `${list.id}  ${list.lawNumber}  ${date}`,
    head: [
      '項 item',
      '情報照会者 inquirers',
      '事務 affair',
      inFull ? '情報提供者 → 特定個人情報 provisions' : '提供 kinds',
    ],
    rows: items.map(({ item, inquirers, affair, provisions }) => [
      item,
      inquirers.join('、'),
      affair.name,
      inFull
        ? provisions
            .map(
              ({ providers, information }) =>
                `${providers.join('、')} → ${information.map(({ name }) => name).join('、')}`,
            )
            .join('\n')
        : String(
            new Set(provisions.flatMap(({ information }) => information.map(({ code }) => code)))
              .size,
          ),
    ]),
    note: '一つの項のすべては --item で / one item in full: --item NUMBER',
  };
}
