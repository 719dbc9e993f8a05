import type { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import { type Control, ControlProblem } from '../../control.ts';
import { type Html, type Page, pageOf, shown } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { LawItem, Parties } from '../exchanges/shapes.ts';
import { type Choice, choiceOf, inquiryBody } from './choice.ts';
import { codeSamples } from './code-samples.ts';
import { tryForm } from './form.ts';
import { resultPart } from './result.ts';
import { Allowed, Examples, Inquiry } from './shapes.ts';

const Items = z.looseObject({ items: z.array(LawItem) });
/** Out of this list the options are filled in when none is in force. */
const ANY_LIST = 'order-r6-9';

/** GET and POST /try: an inquiry of one’s choice, what comes of it, and the code for the same call. */
export function tryPages(app: Hono, control: Control): void {
  app.get('/try', async (context) => {
    const page = pageOf(context, control);
    return await tryPage(page, choiceOf(new URL(context.req.url).searchParams), html``);
  });
  app.post('/try', async (context) => {
    const page = pageOf(context, control);
    const choice = choiceOf(await context.req.formData());
    const outcome = await inquire(page, choice).catch((error: unknown) => {
      if (!(error instanceof ControlProblem)) throw error;
      return refusedPart(page, error);
    });
    return await tryPage(page, choice, outcome, true);
  });
}

async function inquire(page: Page, choice: Choice): Promise<Html> {
  const path = `/v1/nodes/${encodeURIComponent(choice.inquirer)}/v1/inquiries`;
  const as = 'as=gyomu';
  return resultPart(page, await page.control.post(path, inquiryBody(choice), Inquiry, { as }));
}

/** A denial with the way to its exchange; any other refusal in words. */
function refusedPart(page: Page, error: ControlProblem): Html {
  const { exchange } = error.problem;
  return html`${refusal(page, error)}
${typeof exchange === 'string' ? html`<p><a href="/exchanges/${exchange}">${page.say('理由と、最も近い許される照会を見る', 'See why, and the nearest that would be allowed')}</a></p>` : ''}`;
}

async function tryPage(page: Page, wanted: Choice, outcome: Html, asked = false) {
  const { control, say } = page;
  const { parties } = await control.get('/v1/parties', Parties);
  const agencies = parties.filter(({ roles }) => roles.length > 0);
  const codes = agencies.map(({ code }) => code);
  const known = (code: string, otherwise: string) => (codes.includes(code) ? code : otherwise);
  const inquirer = known(wanted.inquirer, codes[1] ?? codes[0] ?? '');
  const provider = known(wanted.provider, codes[0] ?? '');
  const two = `inquirer=${inquirer}&provider=${provider}`;
  const [allowed, examples] = await Promise.all([
    control.get(`/v1/law/allowed?${two}`, Allowed),
    control.get(`/v1/examples?${two}`, Examples),
  ]);
  const list = allowed.list ?? ANY_LIST;
  const { items } = await control.get(`/v1/law/lists/${list}/items?limit=400`, Items);
  const [first] = allowed.allowed;
  const vaccination = allowed.allowed.find(({ item }) => item === '25') ?? first;
  const choice: Choice = {
    ...{ ...wanted, inquirer, provider },
    item: wanted.item || (vaccination?.item ?? items[0]?.item ?? ''),
    information: wanted.information || (vaccination?.information[0]?.name ?? ''),
    person: wanted.person || (examples.ordinary ?? ''),
  };
  const information = [
    ...new Set(
      items.flatMap(({ provisions }) =>
        provisions.flatMap((each) => each.information.map(({ name }) => name)),
      ),
    ),
  ];
  const url = agencies.find(({ code }) => code === inquirer)?.url ?? '';
  return shown(page, say('照会を試す', 'Try an inquiry'), [
    outcome,
    tryForm(page, choice, agencies, { allowed, examples, others: { items, information } }),
    asked || choice.person !== '' ? codeSamples(page, choice, url) : html``,
  ]);
}
