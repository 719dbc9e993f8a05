import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export interface Part {
  readonly href: string;
  readonly ja: string;
  readonly en: string;
}

/** The navigation among the pages of one section, with what stands at its end. The longest path that fits is here. */
export function partsNavigation(
  { say, context }: Page,
  label: string,
  parts: readonly Part[],
  end: Html = html``,
): Html {
  const { path } = context.req;
  const [here] = parts
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((one, other) => other.href.length - one.href.length);
  return html`<nav class="parts" aria-label="${label}">
<ul>${parts.map((part) => html`<li><a href="${part.href}" ${part === here ? html`aria-current="page"` : ''}>${say(part.ja, part.en)}</a></li>`)}</ul>${end}</nav>`;
}
