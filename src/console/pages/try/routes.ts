import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Control, ControlProblem } from '../../control.ts';
import { layoutsOf } from '../../frame/layouts.ts';
import { type Html, lead, type Page, pageOf, shown } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { type Choice, choiceOf, inquiryBody, personOf } from './choice.ts';
import { codeSamples } from './code-samples.ts';
import { tryForm } from './form.ts';
import { offered } from './offered.ts';
import { resultPart } from './result.ts';
import { Inquiry } from './shapes.ts';

/** GET and POST /try: an inquiry of one’s choice, what comes of it, and the code for the same call. */
export function tryPages(app: Hono, control: Control): void {
  app.get('/try', async (context) => {
    const page = pageOf(context, control);
    return await tryPage(page, choiceOf(new URL(context.req.url).searchParams));
  });
  app.post('/try', async (context) => {
    const page = pageOf(context, control);
    return await tryPage(page, choiceOf(await context.req.formData()), inquire);
  });
}

async function inquire(page: Page, choice: Choice, person: string): Promise<Html> {
  const path = `/v1/nodes/${encodeURIComponent(choice.inquirer)}/v1/inquiries`;
  const body = inquiryBody(choice, person);
  try {
    const [inquiry, layouts] = await Promise.all([
      page.control.post(path, body, Inquiry, { as: 'as=gyomu' }),
      layoutsOf(page.control),
    ]);
    return resultPart(page, inquiry, choice.information, layouts);
  } catch (error) {
    if (!(error instanceof ControlProblem)) throw error;
    return refusedPart(page, error);
  }
}

/** A denial with the way to its exchange; any other refusal in words. */
function refusedPart(page: Page, error: ControlProblem): Html {
  const { exchange } = error.problem;
  return html`${refusal(page, error)}
${typeof exchange === 'string' ? html`<p><a class="button" href="/exchanges/${exchange}">${page.say('理由と、最も近い許される照会を見る', 'See why, and the nearest that would be allowed')}</a></p>` : ''}`;
}

async function tryPage(page: Page, wanted: Choice, act?: typeof inquire) {
  const { say } = page;
  const { choice, agencies, law } = await offered(page, wanted);
  const person = personOf(choice, law.examples);
  const outcome = act ? await act(page, { ...choice, ...asAsked(wanted, choice) }, person) : html``;
  const url = agencies.find(({ code }) => code === choice.inquirer)?.url ?? '';
  return shown(page, say('照会を試す', 'Try an inquiry'), [
    lead(
      say(
        '照会者の業務システムとして照会します。照合リストが許すものが先に並び、許されないものも選べます。',
        'Asks as the inquirer’s business system. What the list allows comes first; the rest can be chosen too.',
      ),
    ),
    outcome,
    html`<div id="asking">${tryForm(page, choice, agencies, law)}
${codeSamples(page, inquiryBody(choice, person), url)}</div>`,
  ]);
}

/** What is asked is what was sent, also what is missing: nothing is filled in behind the asker’s back. */
const asAsked = ({ item, information }: Choice, choice: Choice): Partial<Choice> => ({
  item: item === '' ? choice.item : item,
  information,
});
