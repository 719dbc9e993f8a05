import { html } from 'hono/html';
import { itemsInOrder } from './layouts.ts';
import type { Html } from './page.ts';

export type Cell = Html | string | number;

/**
 * A table that can be scrolled sideways, with the keyboard too; where there is no room for that, each row is a card
 * whose cells bear the names of their columns. The first cell of a row names the row.
 */
export const table = (
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): Html => html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table class="cards">
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
  ([first = '', ...rest]) =>
    html`<tr><th scope="row">${first}</th>${rest.map((cell, at) => html`<td data-label="${heads[at + 1] ?? ''}"><div>${cell}</div></td>`)}</tr>`,
)}</tbody></table></div>`;

/**
 * Records of an answer or a copy: the items that any of them has a value for.
 * @param order the items in the order of their layout; records do not keep it
 */
export function recordsTable(
  label: string,
  records: readonly Readonly<Record<string, unknown>>[],
  order: readonly string[] = [],
): Html {
  const heads = itemsInOrder(records, order).filter((head) =>
    records.some((record) => record[head] !== null && record[head] !== undefined),
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table class="records">
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${records.map((record) => html`<tr>${heads.map((head) => html`<td>${String(record[head] ?? '')}</td>`)}</tr>`)}</tbody></table></div>`;
}
