import { html } from 'hono/html';
import type { LawItem } from '../../../protocol/control-api/law-item.ts';
import type { Html, Page } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import type { Lists } from './shapes.ts';

export interface Search {
  readonly text: string;
  readonly inquirer: string;
  readonly provider: string;
}

export function searchForm({ say }: Page, list: string, search: Search, { roles }: Lists): Html {
  const role = (name: 'inquirer' | 'provider', label: string) => html`<p>
<label for="l-${name}">${label}</label><input id="l-${name}" name="${name}" list="roles" value="${search[name]}"></p>`;
  return html`<form class="card filters" method="get" action="/law/${list}" role="search">
<p><label for="l-text">${say('項・事務・特定個人情報', 'Item, affair, information')}</label><input id="l-text" type="search" name="text" value="${search.text}"></p>
${role('inquirer', say('情報照会者になれる者', 'Who may ask'))}${role('provider', say('情報提供者になれる者', 'Who may be asked'))}
<datalist id="roles">${roles.map((each) => html`<option value="${each}"></option>`)}</datalist>
<p><button class="main">${say('探す', 'Search')}</button> <a href="/law/${list}">${say('解除', 'Clear')}</a></p></form>`;
}

export const itemsTable = ({ say }: Page, list: string, items: readonly LawItem[]): Html =>
  table(
    say('項の一覧', 'Items'),
    [
      say('項', 'Item'),
      say('情報照会者', 'Inquirers'),
      say('事務', 'Affair'),
      say('提供', 'Provisions'),
    ],
    items.map((item) => [
      html`<a href="/law/${list}/items/${encodeURIComponent(item.item)}">${item.item}</a>`,
      item.inquirers.join('、'),
      item.affair.name,
      item.provisions.length,
    ]),
  );

/** An item in full, as the table of the law has it. */
export const itemInFull = (
  { say }: Page,
  item: LawItem,
): Html => html`<section class="card"><p class="soft">${item.lawNumber}</p>
<dl class="facts"><div><dt>${say('情報照会者', 'Inquirers')}</dt><dd>${item.inquirers.join('、')}</dd></div>
<div><dt>${say('事務', 'Affair')}</dt><dd>${item.affair.name} <code>${item.affair.code}</code></dd></div></dl>
${table(
  say('提供', 'Provisions'),
  [say('情報提供者', 'Providers'), say('特定個人情報', 'Information')],
  item.provisions.map(({ providers, information }) => [
    providers.join('、'),
    html`<ul>${information.map(({ code, name }) => html`<li>${name} <code>${code}</code></li>`)}</ul>`,
  ]),
)}</section>`;
