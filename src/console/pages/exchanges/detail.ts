import { html } from 'hono/html';
import { type Html, type Page, shown } from '../../frame/page.ts';
import { sequence } from './sequence.ts';
import type { Detail, LawItem, Message } from './shapes.ts';
import { stateClass, stateWords, timeWords } from './words.ts';

/** One exchange: what was decided and why, the messages themselves, the three records. */
export function detailPage(page: Page, detail: Detail) {
  const { say } = page;
  const { exchange, item, messages, records } = detail;
  const body = [
    html`<dl class="facts">
<div><dt>${say('結果', 'Outcome')}</dt><dd><span class="state ${stateClass(exchange.state)}">${stateWords(say, exchange.state)}</span> ${exchange.code === undefined ? '' : html`<code>${exchange.code}</code>`}</dd></div>
<div><dt>${say('時刻（日本）', 'Time (Japan)')}</dt><dd><time datetime="${exchange.at}">${timeWords(exchange.at)}</time></dd></div>
<div><dt>${say('情報照会者', 'Inquirer')}</dt><dd>${exchange.inquirer.name} <code>${exchange.inquirer.code}</code></dd></div>
<div><dt>${say('情報提供者', 'Provider')}</dt><dd>${exchange.provider.name} <code>${exchange.provider.code}</code></dd></div>
<div><dt>${say('特定個人情報', 'Information')}</dt><dd>${exchange.information.name}</dd></div>
</dl>
<p><a href="/exchanges/${exchange.id}/scenario" download>${say('これをシナリオにする', 'Make this a scenario')}</a></p>`,
    exchange.decision === 'deny' ? denialPart(page, detail) : html``,
    item ? itemPart(page, item, exchange.information.code) : html``,
    html`<section><h2>${say('電文', 'Messages')}</h2>
${
  messages.length === 0
    ? html`<p class="empty">${say('この交換の電文は、もう保持されていません。', 'The messages of this exchange are not kept any more.')}</p>`
    : [
        sequence(page, detail),
        html`<ol class="messages">${messages.map((each) => messagePart(page, each))}</ol>`,
      ]
}</section>`,
    html`<section><h2>${say('三者の記録', 'The three records')}</h2><div class="columns">
${records.map(({ party, records: own }) => html`<div><h3>${party}</h3><ol>${own.map((record) => html`<li><details><summary>${String(record.kind)}</summary><pre>${JSON.stringify(record, null, 2)}</pre></details></li>`)}</ol></div>`)}
</div></section>`,
  ];
  return shown(page, `${say('照会', 'Exchange')} ${exchange.id}`, body);
}

function denialPart({ say }: Page, { exchange, nearest, ground }: Detail): Html {
  return html`<section class="denial"><h2>${say('不許可の理由', 'Why it was denied')}</h2>
<ul>${exchange.reasons.map((reason) => html`<li><code>${reason}</code></li>`)}</ul>
${ground === undefined ? '' : html`<p>${say('根拠', 'Ground')}: ${ground}</p>`}
${
  nearest.length === 0
    ? ''
    : html`<h3>${say('最も近い、許される照会', 'The nearest that would be allowed')}</h3>
<ol>${nearest.map((near) => html`<li>${say('項', 'item')} ${near.item}: ${near.affair?.name ?? ''} – ${near.information?.name ?? ''} <small>${near.changes.join(', ')}</small></li>`)}</ol>`
}
</section>`;
}

/** The law’s item in full beside the decision. */
function itemPart({ say }: Page, item: LawItem, asked: string): Html {
  return html`<section><h2>${item.list} ${say(`${item.item}の項`, `item ${item.item}`)}</h2>
<p>${item.lawNumber}</p><p>${say('事務', 'Affair')}: ${item.affair.name}</p>
<p>${say('情報照会者', 'Inquirers')}: ${item.inquirers.join('、')}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${say('提供', 'Provisions')}"><table>
<thead><tr><th scope="col">${say('情報提供者', 'Providers')}</th><th scope="col">${say('特定個人情報', 'Information')}</th></tr></thead>
<tbody>${item.provisions.map(
    ({ providers, information }) => html`<tr><td>${providers.join('、')}</td>
<td><ul>${information.map(({ code, name }) => html`<li>${code === asked ? html`<mark>${name}</mark>` : name}</li>`)}</ul></td></tr>`,
  )}</tbody></table></div></section>`;
}

function messagePart({ say }: Page, message: Message): Html {
  const { statement } = message;
  const words = {
    valid: say('署名は正しい', 'signature valid'),
    invalid: say('署名が正しくない', 'signature invalid'),
    key_unknown: say('鍵が知られていない', 'key unknown'),
  };
  return html`<li><details><summary><strong>${message.message}</strong> ${message.from} → ${message.to}
<small>+${message.afterMs.toFixed(1)} ms${message.bytes === undefined ? '' : `, ${message.bytes} B`}</small>
${statement ? html`<span class="state ${statement.signature === 'valid' ? 'good' : 'bad'}">${words[statement.signature]}</span>` : ''}</summary>
${message.sealedDigest === undefined ? '' : html`<p>${say('封印されたバイト列（SHA-256）', 'Sealed bytes (SHA-256)')}: <code>${message.sealedDigest}</code> (${String(message.sealedBytes ?? '')} B)</p>`}
${statement ? html`<pre>${JSON.stringify({ header: statement.header, claims: statement.claims }, null, 2)}</pre>` : ''}
</details></li>`;
}
