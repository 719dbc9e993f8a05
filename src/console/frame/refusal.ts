import { html } from 'hono/html';
import { ControlProblem } from '../control.ts';
import { type Html, type Page, shown } from './page.ts';

/** A refusal in words: what, why, what to do; with its frozen code. */
export function refusal({ say }: Page, { problem }: ControlProblem): Html {
  const hint = problem.hint ? say(problem.hint.ja, problem.hint.en) : '';
  return html`<div class="card refusal" role="alert">
<p><strong>${say(problem.ja, problem.en)}</strong> <code>${problem.code}</code></p>
${hint === '' ? '' : html`<p>${hint}</p>`}
</div>`;
}

/** What went wrong on the way to a page. @throws whatever is no refusal */
export function refusedPage(page: Page, error: unknown) {
  if (!(error instanceof ControlProblem)) throw error;
  const { say } = page;
  const status = error.problem.status === 404 ? 404 : 502;
  const title =
    status === 404 ? say('見つかりません', 'Not found') : say('表示できません', 'Cannot be shown');
  return shown(page, title, refusal(page, error), status);
}
