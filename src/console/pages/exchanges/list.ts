import { html } from 'hono/html';
import type { z } from 'zod';
import type { Exchanges, ExchangeView } from '../../../protocol/control-api/exchanges.ts';
import type { Parties } from '../../../protocol/control-api/parties.ts';
import type { Html, Page } from '../../frame/page.ts';
import { stateClass, stateWords, timeWords } from './words.ts';

const FILTERS = ['agency', 'item', 'outcome', 'person', 'since', 'until'] as const;
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>;

/** The filters that a query string names and fills in. */
export function filtersOf(url: URL): Filters {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const value = url.searchParams.get(name)?.trim();
    if (value) filters[name] = value;
  }
  return filters;
}

/** The same filters as the control plane’s query: local times are Japan’s. */
export function queryOf(filters: Filters, before?: string | null): string {
  const query = new URLSearchParams();
  for (const name of FILTERS) {
    const value = filters[name];
    if (value === undefined) continue;
    const isTime = name === 'since' || name === 'until';
    query.set(name, isTime ? new Date(`${value}:00+09:00`).toISOString() : value);
  }
  if (before) query.set('before', before);
  return query.size === 0 ? '' : `?${query}`;
}

export function filterForm(
  { say }: Page,
  filters: Filters,
  { parties }: z.infer<typeof Parties>,
): Html {
  const agencies = parties.filter(({ roles }) => roles.length > 0);
  const outcomes = ['permitted', 'denied', 'provided', 'no_record', 'pending', 'refused'];
  const field = (name: keyof Filters, label: string, more: Html) => html`<p>
<label for="f-${name}">${label}</label>
<input id="f-${name}" name="${name}" value="${filters[name] ?? ''}" ${more}></p>`;
  return html`<form class="card filters" method="get" action="/exchanges">
<p><label for="f-agency">${say('機関', 'Agency')}</label>
<select id="f-agency" name="agency"><option value="">${say('すべて', 'All')}</option>
${agencies.map(({ code, name }) => html`<option value="${code}" ${code === filters.agency ? html`selected` : ''}>${name}</option>`)}
</select></p>
${field('item', say('項', 'Item'), html`size="6"`)}
<p><label for="f-outcome">${say('結果', 'Outcome')}</label>
<select id="f-outcome" name="outcome"><option value="">${say('すべて', 'All')}</option>
${outcomes.map((each) => html`<option value="${each}" ${each === filters.outcome ? html`selected` : ''}>${stateWords(say, each)}</option>`)}
</select></p>
${field('person', say('統合宛名番号（その機関の）', 'Address number (that agency’s)'), html`inputmode="numeric" size="16"`)}
${field('since', say('から（日本時間）', 'From (Japan)'), html`type="datetime-local"`)}
${field('until', say('まで', 'Until'), html`type="datetime-local"`)}
<p><button class="main">${say('絞り込む', 'Filter')}</button> <a href="/exchanges">${say('解除', 'Clear')}</a></p>
</form>`;
}

/** The rows, and the way to the next page. Swapped as a whole while the list is followed. */
export function exchangeRows(
  page: Page,
  { exchanges, next }: z.infer<typeof Exchanges>,
  filters: Filters,
): Html {
  const { say } = page;
  if (exchanges.length === 0) {
    return html`<p class="empty">${say('まだありません。', 'Nothing yet.')}
<a href="/try">${say('照会を試す', 'Try an inquiry')}</a></p>`;
  }
  const more = new URLSearchParams({ ...filters, before: String(next) });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('照会の一覧', 'List of exchanges')}">
<table class="cards">
<thead><tr><th scope="col">${say('時刻', 'Time')}</th><th scope="col">${say('情報照会者', 'Inquirer')}</th>
<th scope="col">${say('情報提供者', 'Provider')}</th><th scope="col">${say('項', 'Item')}</th>
<th scope="col">${say('特定個人情報', 'Information')}</th><th scope="col">${say('結果', 'Outcome')}</th></tr></thead>
<tbody>${exchanges.map((each) => exchangeRow(page, each))}</tbody></table></div>
${next === undefined ? '' : html`<p><a href="/exchanges?${more.toString()}">${say('前のもの', 'Older ones')}</a></p>`}`;
}

const exchangeRow = ({ say }: Page, each: ExchangeView): Html => html`<tr id="x-${each.id}">
<th scope="row"><a href="/exchanges/${each.id}"><time datetime="${each.at}">${timeWords(each.at)}</time></a></th>
<td data-label="${say('情報照会者', 'Inquirer')}">${each.inquirer.name}</td><td data-label="${say('情報提供者', 'Provider')}">${each.provider.name}</td>
<td data-label="${say('項', 'Item')}">${each.item ?? '–'}</td><td data-label="${say('特定個人情報', 'Information')}">${each.information.name}</td>
<td data-label="${say('結果', 'Outcome')}"><div><span class="state ${stateClass(each.state)}">${stateWords(say, each.state)}</span>
${each.code === undefined ? '' : html`<code>${each.code}</code>`}</div></td></tr>`;

/** The newest in short, for where there is little room. */
export function exchangesInShort({ say }: Page, { exchanges }: z.infer<typeof Exchanges>): Html {
  if (exchanges.length === 0) {
    return html`<p class="empty">${say('まだ照会はありません。', 'No inquiries yet.')} <a href="/try">${say('照会を試す', 'Try one')}</a></p>`;
  }
  return html`<ol class="recent">${exchanges.map(
    (
      each,
    ) => html`<li id="x-${each.id}"><a href="/exchanges/${each.id}">${each.inquirer.name} → ${each.provider.name}</a>
<span class="state ${stateClass(each.state)}">${stateWords(say, each.state)}</span>
<span class="path">${each.information.name}${each.item === undefined ? '' : say(`（${each.item}の項）`, ` (item ${each.item})`)}</span></li>`,
  )}</ol>`;
}
