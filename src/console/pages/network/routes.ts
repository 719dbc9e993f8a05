import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Control } from '../../control.ts';
import { type Html, type Page, pageOf, shown } from '../../frame/page.ts';
import { timeWords } from '../exchanges/words.ts';
import { picture } from './picture.ts';
import { type AgencyStatus, Statuses } from './shapes.ts';

/** GET /: the parties and their state; /network/live: what moves between them. */
export function networkPages(app: Hono, control: Control): void {
  app.get('/', async (context) => {
    const page = pageOf(context, control);
    const { agencies } = await control.get('/v1/parties/status', Statuses);
    return shown(page, page.say('ネットワーク', 'Network'), [
      picture(page, agencies),
      html`<div hx-get="/network/table" hx-trigger="every 5s" hx-swap="innerMorph">${table(page, agencies)}</div>
<script src="/assets/network.js" defer></script>`,
    ]);
  });
  app.get('/network/table', async (context) => {
    const page = pageOf(context, control);
    const { agencies } = await control.get('/v1/parties/status', Statuses);
    return context.html(table(page, agencies));
  });
  app.get('/network/live', async (context) => {
    const live = await control.raw('/v1/traffic/live', { signal: context.req.raw.signal });
    return new Response(live.body, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    });
  });
}

function table({ say }: Page, agencies: readonly AgencyStatus[]): Html {
  const heads = [
    say('機関', 'Agency'),
    say('状態', 'Health'),
    say('照合リストの写し', 'List copy'),
    say('確認待ち', 'Reviews'),
    say('未了の照会', 'Open inquiries'),
    say('最後の突合', 'Last reconciliation'),
  ];
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('機関の状態', 'State of the agencies')}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${agencies.map((agency) => row(say, agency))}</tbody></table></div>`;
}

function row(say: Page['say'], { code, name, health, status }: AgencyStatus): Html {
  const healths = {
    up: html`<span class="state good">${say('稼働', 'Up')}</span>`,
    down: html`<span class="state bad">${say('停止', 'Down')}</span>`,
    silent: html`<span class="state bad">${say('応答なし', 'Silent')}</span>`,
  };
  const lists = status?.permissionLists;
  const late = status?.reviews?.overdue ?? 0;
  return html`<tr><th scope="row"><a href="/node/${code}">${name}</a> <code>${code}</code></th>
<td>${healths[health]}</td>
<td>${lists ? html`v${String(lists.version)}, ${timeWords(lists.expiresAt)} ${say('まで', 'at the latest')}` : '–'}
${lists?.stale ? html`<span class="state bad">${say('期限切れ', 'Stale')}</span>` : ''}</td>
<td>${String(status?.reviews?.pending ?? '–')}${late > 0 ? html` <span class="state bad">${say(`期限超過 ${late}`, `${late} overdue`)}</span>` : ''}</td>
<td>${String(status?.openInquiries ?? '–')}</td>
<td>${reconciled(say, status)}</td></tr>`;
}

/** The age of the oldest last reconciliation, when the node tells. */
function reconciled(say: Page['say'], status: AgencyStatus['status']): Html | string {
  const told = status?.reconciliations;
  if (!Array.isArray(told) || told.length === 0) return say('記録なし', 'None on record');
  const times = told.flatMap((each: unknown) => {
    const at = typeof each === 'object' && each !== null && 'at' in each ? each.at : undefined;
    return typeof at === 'string' ? [at] : [];
  });
  const oldest = times.sort()[0];
  return oldest === undefined ? say('記録なし', 'None on record') : timeWords(oldest);
}
