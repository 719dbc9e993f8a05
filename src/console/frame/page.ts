import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Control } from '../control.ts';
import { type Language, languageOf, type Say, sayIn } from './language.ts';
import { SECTIONS } from './sections.ts';

/** A piece of HTML whose values are escaped. */
export type Html = ReturnType<typeof html>;

/** What a page is made with. */
export interface Page {
  readonly context: Context;
  readonly control: Control;
  readonly language: Language;
  readonly say: Say;
}

export const pageOf = (context: Context, control: Control): Page => {
  const language = languageOf(context);
  return { context, control, language, say: sayIn(language) };
};

const HTMX = '{"includeIndicatorCSS": false, "extensions": "sse", "history": false}';

/** What a page is for, in a sentence below its title. */
export const lead = (words: string): Html => html`<p class="lead">${words}</p>`;

/** A whole page: the one frame that all share. */
export function shown(page: Page, title: string, body: Html | readonly Html[], status = 200) {
  const { context, language, say } = page;
  const { path } = context.req;
  const at = path + new URL(context.req.url).search;
  const links = SECTIONS.map(({ href, ja, en }) => {
    const here = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
    const current = here ? html`aria-current="page"` : html``;
    return html`<li><a href="${href}" ${current}>${say(ja, en)}</a></li>`;
  });
  const other = language === 'ja' ? 'en' : 'ja';
  const document = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content="${HTMX}">
<title>${title} – renkei</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/htmx.js" defer></script>
</head>
<body>
<a class="skip" href="#main">${say('本文へ', 'Skip to content')}</a>
<header class="top">
<a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="24" height="24"> <span>連携 <span lang="en">renkei</span></span></a>
<nav aria-label="${say('主なページ', 'Main pages')}"><ul>${links}</ul></nav>
<form method="post" action="/language" class="language">
<input type="hidden" name="to" value="${other}">
<input type="hidden" name="at" value="${at}">
<button lang="${other}">${language === 'ja' ? 'English' : '日本語'}</button>
</form>
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
</body>
</html>`;
  return context.html(document, status as 200);
}
