import { html } from 'hono/html';
import type { KnownLayouts } from '../../frame/layouts.ts';
import type { Html } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import { timeWords } from '../exchanges/words.ts';
import type { Differences, Reconciliation } from './shapes.ts';
import type { StaffPage } from './staff-page.ts';
import { differenceKind } from './words.ts';

const KINDS = ['missing', 'surplus', 'different', 'unreadable'] as const;

/** What one reconciliation found: counts, items that differ, and each difference without values. */
export function reconciliationPart(
  { say }: StaffPage,
  found: Reconciliation,
  { differences, next }: Differences,
  layouts: KnownLayouts,
): Html {
  const fact = (name: string, value: string | number) =>
    html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const counts = [
    [say('特定個人情報', 'Information'), layouts.nameOf(found.information)],
    [say('版', 'Layout'), found.layoutVersion],
    [say('時刻', 'Time'), timeWords(found.finishedAt)],
    [say('誰が', 'By'), found.by],
    [say('原本', 'Originals'), found.originals],
    [say('副本', 'Copies'), found.copies],
    [say('人', 'Persons'), found.persons],
    [say('一致', 'Alike'), found.alike],
    ...KINDS.map((kind) => [differenceKind(say, kind), found[kind]] as const),
  ] as const;
  const verdict =
    found.differences === 0
      ? say('すべて一致しました', 'All alike')
      : say(`差が ${found.differences} 件あります`, `${found.differences} differences`);
  const title = say('差の一覧', 'The differences');
  const heads = [
    say('差', 'Difference'),
    say('統合宛名番号', 'Address number'),
    say('原本の行', 'Line'),
    say('項目', 'Items'),
  ];
  const rows = differences.map((each) => [
    differenceKind(say, each.kind),
    html`<code>${each.person ?? '–'}</code>`,
    each.line ?? '–',
    html`${each.items.join('、')} ${each.problem === undefined ? '' : html`<code>${each.problem}</code>`}`,
  ]);
  return html`<section class="card ${found.differences === 0 ? 'done' : 'refusal'}" role="status"><h2>${verdict}</h2>
<dl class="facts">${counts.map(([name, value]) => fact(name, value))}</dl></section>
${itemsPart(say, found)}
${
  rows.length === 0
    ? ''
    : html`<section class="card"><h2>${title}</h2><p class="soft">${say('値は示しません。最後の突合の差だけが残ります。', 'No values are shown. Only those of the last reconciliation are kept.')}</p>${table(title, heads, rows)}
${next === undefined ? '' : html`<p class="soft">${say(`ほか ${found.listed - rows.length} 件`, `and ${found.listed - rows.length} more`)}</p>`}</section>`
}`;
}

/** In how many rows each item differs: a whole column that differs points at a transfer that went wrong. */
function itemsPart(say: StaffPage['say'], { items }: Reconciliation): Html {
  const all = Object.entries(items).sort(([, a], [, b]) => b - a);
  if (all.length === 0) return html``;
  const title = say('項目ごと', 'By item');
  const heads = [say('項目', 'Item'), say('相違のある行', 'Rows that differ')];
  return html`<section class="card"><h2>${title}</h2>${table(title, heads, all)}</section>`;
}
