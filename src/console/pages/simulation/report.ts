import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import type { Report } from './shapes.ts';

/** What a scenario came to: each test, and for one that is not as expected each difference. */
export function reportPart({ say }: Page, report: Report): Html {
  return html`<div class="card ${report.ok ? 'done' : 'refusal'}" role="status"><h2>${report.ok ? say('すべて期待どおり', 'All as expected') : say('期待と異なる', 'Not as expected')}</h2>
${report.files.map(
  ({ name, tests }) =>
    html`<h3>${name} <small>${report.durationMs} ms</small></h3><ul>${tests.map(
      ({
        id,
        verdict,
        because,
        steps = [],
        matrix,
      }) => html`<li><span class="state ${verdict === 'passed' ? 'good' : 'bad'}">${verdict}</span> ${id} ${because === undefined ? '' : html`<span class="soft">${because}</span>`}
${matrix ? html`<small>${matrix.cases} ${say('件', 'cases')}, ${matrix.failed} ${say('件不一致', 'failed')}</small>` : ''}
${
  steps.length === 0
    ? ''
    : html`<ol>${steps.map(
        (step) => html`<li>${step.title} <small>${step.verdict}</small> ${step.error ?? ''}
${step.mismatches.map((each) => html`<br><code>${each.what}</code>: ${JSON.stringify(each.expected)} ≠ ${JSON.stringify(each.actual)}`)}</li>`,
      )}</ol>`
}</li>`,
    )}</ul>`,
)}</div>`;
}
