import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Control } from '../../control.ts';
import { type KnownLayouts, layoutsOf } from '../../frame/layouts.ts';
import type { LogIns } from '../../frame/log-ins.ts';
import type { Html } from '../../frame/page.ts';
import { recordsTable, table } from '../../frame/table.ts';
import { Copies, CopyShown, type Version } from './shapes.ts';
import { forStaff, type StaffPage } from './staff-page.ts';

const AT_ONCE = 50;
/** The first day of what counted ever since. */
const ALWAYS = '0001-01-01';

/** The copies that a node holds: without content in the list; each look at one is in its operation log. */
export function copyPages(app: Hono, control: Control, logIns: LogIns): void {
  app.get('/node/:agency/copies', (context) =>
    forStaff(context, control, logIns, async (page) => {
      const { say, agency } = page;
      const { searchParams } = new URL(context.req.url);
      const query = new URLSearchParams({ limit: String(AT_ONCE) });
      for (const name of ['person', 'information', 'after']) {
        const value = searchParams.get(name)?.trim();
        if (value) query.set(name, value);
      }
      const [found, layouts] = await Promise.all([
        page.get(`/v1/copies?${query}`, Copies),
        layoutsOf(control),
      ]);
      const kinds = new Map(layouts.all.map(({ information, name }) => [information, name]));
      const kind = query.get('information') ?? '';
      const title = say('副本', 'Copies');
      const more = new URLSearchParams({ ...Object.fromEntries(query), after: found.next ?? '' });
      return {
        title,
        body: [
          html`<form class="card filters" method="get" action="/node/${agency}/copies">
<p><label for="c-person">${say('統合宛名番号', 'Address number')}</label><input id="c-person" name="person" value="${query.get('person') ?? ''}" inputmode="numeric" pattern="[0-9]{15}"></p>
<p><label for="c-information">${say('特定個人情報', 'Information')}</label><select id="c-information" name="information"><option value="">${say('すべて', 'All')}</option>
${[...kinds].map(([code, name]) => html`<option value="${code}" ${code === kind ? html`selected` : ''}>${name}</option>`)}</select></p>
<p><button class="main">${say('探す', 'Search')}</button></p></form>`,
          versionTable(page, found.copies, layouts),
          found.next === undefined
            ? html``
            : html`<p><a class="button" href="/node/${agency}/copies?${more.toString()}">${say('続き', 'More')}</a></p>`,
        ],
      };
    }),
  );

  app.get('/node/:agency/copies/:person/:information', (context) =>
    forStaff(context, control, logIns, async (page) => {
      const { say } = page;
      const { person, information } = context.req.param();
      const path = `/v1/copies/${encodeURIComponent(person)}/${encodeURIComponent(information)}`;
      const [{ copy, versions }, layouts] = await Promise.all([
        page.get(path, CopyShown),
        layoutsOf(control),
      ]);
      const order = layouts.itemsOf(information, copy?.layoutVersion ?? '');
      return {
        title: say('副本の内容', 'A copy'),
        body: [
          versionTable(page, versions, layouts),
          copy
            ? html`<section class="card"><h2>${say('内容', 'Content')}</h2>${recordsTable(say('内容', 'Content'), copy.records, order)}</section>`
            : html`<p class="empty">${say('今日、効力のある版はありません。', 'No version counts today.')}</p>`,
        ],
      };
    }),
  );
}

function versionTable(
  { say, agency }: StaffPage,
  versions: readonly Version[],
  layouts: KnownLayouts,
): Html {
  if (versions.length === 0) return html`<p class="empty">${say('ありません。', 'None.')}</p>`;
  const heads = [
    say('統合宛名番号', 'Address number'),
    say('特定個人情報', 'Information'),
    say('版', 'Layout'),
    say('公開', 'Published'),
    say('件数', 'Rows'),
    say('自動応答不可', 'Auto-response-disabled'),
    say('不開示', 'Non-disclosable'),
  ];
  const yes = (flag: boolean) => (flag ? say('はい', 'yes') : '–');
  const published = (day: string) => (day === ALWAYS ? say('はじめから', 'always') : day);
  return html`<section class="card">${table(
    say('副本の版', 'Versions of copies'),
    heads,
    versions.map((each) => [
      html`<a href="/node/${agency}/copies/${each.integratedAddressNumber}/${each.information}">${each.integratedAddressNumber}</a>`,
      layouts.nameOf(each.information),
      each.layoutVersion,
      html`${published(each.published)} – ${each.ended ?? ''} ${each.inForce ? html`<span class="state good">${say('有効', 'in force')}</span>` : ''}`,
      each.rows,
      yes(each.autoResponseDisabled),
      yes(each.nonDisclosable),
    ]),
  )}</section>`;
}
