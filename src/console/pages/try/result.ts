import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import { stateClass, stateWords } from '../exchanges/words.ts';
import type { Inquiry } from './shapes.ts';

/** How the inquiry ended, with the answer as the business system gets it. */
export function resultPart({ say }: Page, inquiry: Inquiry): Html {
  const { answer } = inquiry;
  const heads = Object.keys(answer?.records[0] ?? {}).filter((head) =>
    answer?.records.some((record) => record[head] !== null),
  );
  return html`<section class="done" role="status"><h2>${say('結果', 'Result')}</h2>
<p><span class="state ${stateClass(inquiry.state)}">${stateWords(say, inquiry.state)}</span>
${inquiry.reason === undefined ? '' : html`<code>${inquiry.reason}</code>`}
${inquiry.exchange === undefined ? '' : html`<a href="/exchanges/${inquiry.exchange}">${say('電文と記録を見る', 'See its messages and records')}</a>`}</p>
${
  answer
    ? html`<div class="scroll" role="region" tabindex="0" aria-label="${say('回答', 'Answer')}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${answer.records.map((record) => html`<tr>${heads.map((head) => html`<td>${String(record[head] ?? '')}</td>`)}</tr>`)}</tbody></table></div>`
    : ''
}</section>`;
}
