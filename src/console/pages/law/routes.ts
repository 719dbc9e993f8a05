import type { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import { LawItem } from '../../../protocol/control-api/law-item.ts';
import type { Control } from '../../control.ts';
import { lead, pageOf, shown } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import { lawDiffPage } from './diff.ts';
import { itemInFull, itemsTable, searchForm } from './items.ts';
import { matrixPicture } from './matrix.ts';
import { Lists, Matrix } from './shapes.ts';

const Found = z.looseObject({ total: z.int(), items: z.array(LawItem) });
const AT_ONCE = 50;

/** GET /law, /law/{list}, /law/{list}/items/{item}, /law/{list}/matrix. */
export function lawPages(app: Hono, control: Control): void {
  app.get('/law', async (context) => {
    const page = pageOf(context, control);
    const { say } = page;
    const { lists } = await control.get('/v1/law/lists', Lists);
    return shown(page, say('照合リスト', 'Permission lists'), [
      lead(
        say(
          '誰が、どの事務のために、誰に、どの特定個人情報を照会できるか。番号法19条8号に基づく表そのものです。',
          'Who may ask whom, for which affair, for which information: the law’s own tables (番号法19条8号).',
        ),
      ),
      html`<section class="card">${table(
        say('照合リスト', 'Permission lists'),
        [say('リスト', 'List'), say('施行', 'In force'), say('項', 'Items'), say('図', 'Picture')],
        lists.map((list) => [
          html`<a href="/law/${list.id}">${list.title}</a> <span class="path">${list.lawNumber} <code>${list.id}</code></span>`,
          html`${list.from ?? ''} – ${list.until ?? ''} ${list.inForce ? html`<span class="state good">${say('施行中', 'in force')}</span>` : ''}`,
          list.items,
          html`<a href="/law/${list.id}/matrix">${say('誰が誰に照会できるか', 'Who may ask whom')}</a>`,
        ]),
      )}<p><a class="button" href="/law/diff">${say('二つのリストの差を見る', 'Compare two lists')}</a></p></section>`,
    ]);
  });

  // Before the lists: no list is called diff.
  lawDiffPage(app, control);

  app.get('/law/:list', async (context) => {
    const page = pageOf(context, control);
    const { say } = page;
    const list = encodeURIComponent(context.req.param('list'));
    const { searchParams } = new URL(context.req.url);
    const of = (name: string) => searchParams.get(name)?.trim() ?? '';
    const search = { text: of('text'), inquirer: of('inquirer'), provider: of('provider') };
    const offset = Math.max(0, Number.parseInt(of('offset'), 10) || 0);
    const query = new URLSearchParams({ offset: String(offset), limit: String(AT_ONCE) });
    for (const [name, value] of Object.entries(search)) if (value !== '') query.set(name, value);
    const [lists, found] = await Promise.all([
      control.get('/v1/law/lists', Lists),
      control.get(`/v1/law/lists/${list}/items?${query}`, Found),
    ]);
    const about = lists.lists.find(({ id }) => id === decodeURIComponent(list));
    const more = new URLSearchParams({ ...search, offset: String(offset + AT_ONCE) });
    return shown(page, about?.title ?? list, [
      searchForm(page, list, search, lists),
      html`<section class="card"><p role="status">${say(`${found.total} 項`, `${found.total} items`)}</p>
${itemsTable(page, list, found.items)}
${found.total > offset + AT_ONCE ? html`<p><a class="button" href="/law/${list}?${more.toString()}">${say('続き', 'More')}</a></p>` : ''}</section>`,
    ]);
  });

  app.get('/law/:list/items/:item', async (context) => {
    const page = pageOf(context, control);
    const [list, item] = [context.req.param('list'), context.req.param('item')];
    const path = `/v1/law/lists/${encodeURIComponent(list)}/items/${encodeURIComponent(item)}`;
    const found = await control.get(path, LawItem);
    const title = `${list} ${page.say(`${item}の項`, `item ${item}`)}`;
    return shown(page, title, itemInFull(page, found));
  });

  app.get('/law/:list/matrix', async (context) => {
    const page = pageOf(context, control);
    const list = context.req.param('list');
    const found = await control.get(`/v1/law/lists/${encodeURIComponent(list)}/matrix`, Matrix);
    const title = page.say('誰が誰に照会できるか', 'Who may ask whom');
    return shown(page, `${title}: ${list}`, matrixPicture(page, found));
  });
}
