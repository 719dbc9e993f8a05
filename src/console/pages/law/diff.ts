import type { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { Control } from '../../control.ts';
import { type Html, type Page, pageOf, shown } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import { Lists } from './shapes.ts';

const Named = z.looseObject({ name: z.string() });
const Different = z.looseObject({
  inquirer: z.string(),
  affair: Named,
  provider: z.string(),
  information: Named,
  items: z.array(z.string()),
  reworded: Named.optional(),
});
type Different = z.infer<typeof Different>;
const Side = z.looseObject({
  id: z.string(),
  title: z.string(),
  date: z.string(),
  tuples: z.int(),
});
const Diff = z.looseObject({
  ...{
    from: Side,
    to: Side,
    moved: z.int(),
    unchanged: z.int(),
    newly: z.int(),
    nolonger: z.int(),
  },
  permitted: z.array(Different),
  denied: z.array(Different),
});

/** GET /law/diff: the difference of two lists. */
export function lawDiffPage(app: Hono, control: Control): void {
  app.get('/law/diff', async (context) => {
    const page = pageOf(context, control);
    const { say } = page;
    const { searchParams } = new URL(context.req.url);
    const of = (name: string) => searchParams.get(name)?.trim() ?? '';
    const { lists, roles } = await control.get('/v1/law/lists', Lists);
    const ids = lists.map(({ id }) => id);
    const [from, to] = [of('from') || (ids[0] ?? ''), of('to') || (ids.at(-1) ?? '')];
    const query = new URLSearchParams({ from, to });
    for (const name of ['role', 'information']) if (of(name) !== '') query.set(name, of(name));
    const diff = await control.get(`/v1/law/diff?${query}`, Diff);
    const select = (
      name: string,
      label: string,
      chosen: string,
    ) => html`<p><label for="d-${name}">${label}</label>
<select id="d-${name}" name="${name}">${ids.map((id) => html`<option ${id === chosen ? html`selected` : ''}>${id}</option>`)}</select></p>`;
    return shown(page, say('照合リストの差', 'Difference of two lists'), [
      html`<form class="card filters" method="get" action="/law/diff">${select('from', say('もとのリスト', 'From'), from)}${select('to', say('あとのリスト', 'To'), to)}
<p><label for="d-role">${say('役割', 'Role')}</label><input id="d-role" name="role" list="roles" value="${of('role')}"><datalist id="roles">${roles.map((each) => html`<option value="${each}"></option>`)}</datalist></p>
<p><label for="d-information">${say('特定個人情報', 'Information')}</label><input id="d-information" name="information" value="${of('information')}"></p>
<p><button class="main">${say('比べる', 'Compare')}</button></p></form>`,
      html`<p class="lead" role="status">${say(
        `${diff.from.date} と ${diff.to.date} の比較: 新たに許される ${diff.newly}、許されなくなる ${diff.nolonger}、変わらない ${diff.unchanged}、移った項 ${diff.moved}`,
        `${diff.from.date} against ${diff.to.date}: ${diff.newly} newly allowed, ${diff.nolonger} no longer, ${diff.unchanged} unchanged, ${diff.moved} items moved`,
      )}</p>`,
      differences(page, say('新たに許される照会', 'Newly allowed'), diff.permitted),
      differences(page, say('許されなくなる照会', 'No longer allowed'), diff.denied),
    ]);
  });
}

const differences = (
  { say }: Page,
  title: string,
  rows: readonly Different[],
): Html => html`<section class="card"><h2>${title} <small class="soft">${rows.length}</small></h2>
${table(
  title,
  [
    say('特定個人情報', 'Information'),
    say('情報照会者', 'Inquirer'),
    say('事務', 'Affair'),
    say('情報提供者', 'Provider'),
    say('項', 'Item'),
  ],
  rows.map((row) => [
    row.information.name,
    row.inquirer,
    html`${row.affair.name} ${row.reworded ? html`<small>${say('（文言の変更）', '(reworded)')}</small>` : ''}`,
    row.provider,
    row.items.join(', '),
  ]),
)}</section>`;
