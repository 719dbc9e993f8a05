import { html } from 'hono/html';
import type { ExchangeDetail } from '../../../protocol/control-api/exchange-detail.ts';
import type { ExchangeProofs } from '../../../protocol/control-api/exchange-proofs.ts';
import type { LawItem } from '../../../protocol/control-api/law-item.ts';
import { type Html, type Page, shown } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import { recordsPart } from './records.ts';
import { sequence } from './sequence.ts';
import { changeWords, stateClass, stateWords, timeWords } from './words.ts';

/** One exchange: the messages themselves beside what was decided and why, then the three records. */
export function detailPage(page: Page, detail: ExchangeDetail, proofs: ExchangeProofs) {
  const { say } = page;
  const { exchange, item, messages } = detail;
  // Of a denial there are few messages, and room below them.
  const isDenied = exchange.decision === 'deny';
  const records = recordsPart(page, exchange, proofs);
  const title = `${exchange.inquirer.name} → ${exchange.provider.name}`;
  return shown(page, title, [
    html`<dl class="facts">
<div><dt>${say('結果', 'Outcome')}</dt><dd><span class="state ${stateClass(exchange.state)}">${stateWords(say, exchange.state)}</span> ${exchange.code === undefined ? '' : html`<code>${exchange.code}</code>`}</dd></div>
<div><dt>${say('特定個人情報', 'Information')}</dt><dd>${exchange.information.name}</dd></div>
<div><dt>${say('時刻（日本）', 'Time (Japan)')}</dt><dd><time datetime="${exchange.at}">${timeWords(exchange.at)}</time></dd></div>
<div><dt>${say('照会の番号', 'Exchange')}</dt><dd><code>${exchange.id}</code></dd></div>
<div><dt>${say('再現', 'Reproduce')}</dt><dd><a href="/exchanges/${exchange.id}/scenario" download>${say('これをシナリオにする', 'Make this a scenario')}</a></dd></div>
</dl>`,
    html`<div class="split"><div><section class="card"><h2>${say('電文', 'Messages')}</h2>
${
  messages.length === 0
    ? html`<p class="empty">${say('この照会の電文は、もう保持されていません。', 'The messages of this exchange are not kept any more.')}</p>`
    : html`<p class="soft">${say('矢印を選ぶと、署名された内容が開きます。', 'Choose an arrow to open what was signed.')}</p>${sequence(page, detail)}`
}</section>${isDenied ? records : ''}</div>
<div>${isDenied ? denialPart(page, detail) : failurePart(page, detail)}
${item ? itemPart(page, item, exchange.information.code) : ''}</div></div>${isDenied ? '' : records}`,
  ]);
}

function denialPart({ say }: Page, { reasons, nearest, ground }: ExchangeDetail): Html {
  return html`<section class="card denial"><h2>${say('不許可の理由', 'Why it was denied')}</h2>
<ul class="checks">${reasons.map((reason) => html`<li class="bad">✗ <strong>${say(reason.ja, reason.en)}</strong> <code>${reason.code}</code></li>`)}</ul>
${ground === undefined ? '' : html`<p>${say('根拠', 'Ground')}: ${ground}</p>`}
${
  nearest.length === 0
    ? ''
    : html`<h3>${say('最も近い、許される照会', 'The nearest that would be allowed')}</h3>
<ol>${nearest.map((near) => html`<li>${near.information?.name ?? ''} <span class="path">${say(`${near.item}の項`, `item ${near.item}`)}: ${near.affair?.name ?? ''}${near.changes === undefined || near.changes.length === 0 ? '' : ` – ${near.changes.map((change) => changeWords(say, change)).join(', ')}`}</span></li>`)}</ol>`
}
</section>`;
}

/** Permitted, but it came to no answer. */
const failurePart = ({ say }: Page, { reasons }: ExchangeDetail): Html =>
  reasons.length === 0
    ? html``
    : html`<section class="card refusal"><h2>${say('回答に至らなかった理由', 'Why there is no answer')}</h2>
<ul>${reasons.map((reason) => html`<li>${say(reason.ja, reason.en)} <code>${reason.code}</code></li>`)}</ul></section>`;

/** The law’s item in full beside the decision. */
function itemPart({ say }: Page, item: LawItem, asked: string): Html {
  const heads = [say('情報提供者', 'Providers'), say('特定個人情報', 'Information')];
  const rows = item.provisions.map(({ providers, information }) => [
    providers.join('、'),
    html`<ul>${information.map(({ code, name }) => html`<li>${code === asked ? html`<mark>${name}</mark>` : name}</li>`)}</ul>`,
  ]);
  return html`<section class="card"><h2>${say(`照合リスト ${item.item}の項`, `Item ${item.item} of the list`)}</h2>
<p class="soft"><a href="/law/${item.list}/items/${encodeURIComponent(item.item)}">${item.lawNumber}</a></p>
<dl class="facts"><div><dt>${say('情報照会者', 'Inquirers')}</dt><dd>${item.inquirers.join('、')}</dd></div>
<div><dt>${say('事務', 'Affair')}</dt><dd>${item.affair.name}</dd></div></dl>
${table(say('提供', 'Provisions'), heads, rows)}</section>`;
}
