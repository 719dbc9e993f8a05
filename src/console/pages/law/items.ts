import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import type { LawItem } from '../exchanges/shapes.ts';
import type { Lists } from './shapes.ts';

export interface Search {
  readonly text: string;
  readonly inquirer: string;
  readonly provider: string;
}

export function searchForm({ say }: Page, list: string, search: Search, { roles }: Lists): Html {
  const role = (name: 'inquirer' | 'provider', label: string) => html`<p>
<label for="l-${name}">${label}</label><input id="l-${name}" name="${name}" list="roles" value="${search[name]}"></p>`;
  return html`<form class="filters" method="get" action="/law/${list}" role="search">
<p><label for="l-text">${say('項・事務・特定個人情報', 'Item, affair, information')}</label><input id="l-text" type="search" name="text" value="${search.text}"></p>
${role('inquirer', say('情報照会者になれる者', 'Who may ask'))}${role('provider', say('情報提供者になれる者', 'Who may be asked'))}
<datalist id="roles">${roles.map((each) => html`<option value="${each}"></option>`)}</datalist>
<p><button class="main">${say('探す', 'Search')}</button> <a href="/law/${list}">${say('解除', 'Clear')}</a></p></form>`;
}

export const itemsTable = ({ say }: Page, list: string, items: readonly LawItem[]): Html =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${say('項の一覧', 'Items')}"><table>
<thead><tr><th scope="col">${say('項', 'Item')}</th><th scope="col">${say('情報照会者', 'Inquirers')}</th><th scope="col">${say('事務', 'Affair')}</th><th scope="col">${say('提供', 'Provisions')}</th></tr></thead>
<tbody>${items.map(
    (
      item,
    ) => html`<tr><th scope="row"><a href="/law/${list}/items/${encodeURIComponent(item.item)}">${item.item}</a></th>
<td>${item.inquirers.join('、')}</td><td>${item.affair.name}</td><td>${String(item.provisions.length)}</td></tr>`,
  )}</tbody></table></div>`;

/** An item in full, as the table of the law has it. */
export const itemInFull = ({ say }: Page, item: LawItem): Html => html`<p>${item.lawNumber}</p>
<dl class="facts"><div><dt>${say('情報照会者', 'Inquirers')}</dt><dd>${item.inquirers.join('、')}</dd></div>
<div><dt>${say('事務', 'Affair')}</dt><dd>${item.affair.name} <code>${item.affair.code}</code></dd></div></dl>
<div class="scroll" role="region" tabindex="0" aria-label="${say('提供', 'Provisions')}"><table>
<thead><tr><th scope="col">${say('情報提供者', 'Providers')}</th><th scope="col">${say('特定個人情報', 'Information')}</th></tr></thead>
<tbody>${item.provisions.map(
  ({ providers, information }) => html`<tr><td>${providers.join('、')}</td>
<td><ul>${information.map(({ code, name }) => html`<li>${name} <code>${code}</code></li>`)}</ul></td></tr>`,
)}</tbody></table></div>`;
