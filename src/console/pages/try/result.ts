import { html } from 'hono/html';
import { itemsInOrder, type KnownLayouts } from '../../frame/layouts.ts';
import type { Html, Page } from '../../frame/page.ts';
import { stateClass, stateWords } from '../exchanges/words.ts';
import type { Inquiry } from './shapes.ts';

/**
 * How the inquiry ended. The console is the operator’s, who sees of an answer how much it is and which items it has, in their
 * layout’s order; what it says is for the business system that asks (R-402).
 */
export function resultPart(
  { say }: Page,
  inquiry: Inquiry,
  information: string,
  layouts: KnownLayouts,
): Html {
  const { answer } = inquiry;
  return html`<section class="card done" role="status"><h2>${say('結果', 'Result')}</h2>
<p><span class="state ${stateClass(inquiry.state)}">${stateWords(say, inquiry.state)}</span>
${inquiry.reason === undefined ? '' : html`<code>${inquiry.reason}</code>`}
${inquiry.exchange === undefined ? '' : html`<a href="/exchanges/${inquiry.exchange}">${say('電文と記録を見る', 'See its messages and records')}</a>`}</p>
${
  answer
    ? html`<p>${say(`${answer.records.length} 件の記録（版 ${answer.layoutVersion}）が届きました。内容は、照会した業務システムだけが受け取ります。下のコードで受け取れます。`, `${answer.records.length} records (layout ${answer.layoutVersion}) arrived. What they say is for the business system that asks: the code below gets it.`)}</p>
<p><small>${say('項目', 'Items')}: ${itemsInOrder(answer.records, layouts.itemsOf(information, answer.layoutVersion)).join('、')}</small></p>`
    : ''
}</section>`;
}
