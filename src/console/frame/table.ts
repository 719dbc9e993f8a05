import { html } from 'hono/html';
import type { Html } from './page.ts';

type Cell = Html | string | number;

/** A table that can be scrolled sideways, with the keyboard too. The first cell of a row names the row. */
export const table = (
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): Html => html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
  ([first = '', ...rest]) =>
    html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
)}</tbody></table></div>`;

/** Records of an answer or a copy: the items that any of them has a value for, in their order. */
export function recordsTable(
  label: string,
  records: readonly Readonly<Record<string, unknown>>[],
): Html {
  const heads = [...new Set(records.flatMap((record) => Object.keys(record)))].filter((head) =>
    records.some((record) => record[head] !== null && record[head] !== undefined),
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table class="records">
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${records.map((record) => html`<tr>${heads.map((head) => html`<td>${String(record[head] ?? '')}</td>`)}</tr>`)}</tbody></table></div>`;
}
