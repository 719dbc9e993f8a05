import { html } from 'hono/html';
import { ControlProblem } from '../control.ts';
import type { Html, Page } from './page.ts';
import { refusal } from './refusal.ts';

/** What an action came to: words when it was done, the refusal when it was refused. */
export async function told(page: Page, words: string, act: () => Promise<unknown>): Promise<Html> {
  try {
    await act();
    return html`<div class="card done" role="status"><p>${words}</p></div>`;
  } catch (error) {
    if (!(error instanceof ControlProblem)) throw error;
    return refusal(page, error);
  }
}
