import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Control, ControlProblem } from '../../control.ts';
import { told } from '../../frame/done.ts';
import { type Html, lead, type Page, pageOf, shown } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { entryPart } from './entry.ts';
import { cardForm, choicesOf, firstWho, whoForm } from './form.ts';
import { Anything, History, Session } from './shapes.ts';
import { hiddenOf, type Who, whoIn } from './who.ts';

/** /person: what was asked about somebody, as they see it themselves with their card, and corrections. */
export function personPages(app: Hono, control: Control): void {
  app.get('/person', async (context) => await personPage(pageOf(context, control)));
  app.post('/person', async (context) => {
    const page = pageOf(context, control);
    const fields = await context.req.formData();
    const after = fields.get('after');
    return await personPage(page, whoIn(fields), [], typeof after === 'string' ? after : undefined);
  });
  app.post('/person/correct', async (context) => {
    const page = pageOf(context, control);
    const fields = await context.req.formData();
    const who = whoIn(fields);
    const facts = { item: fields.get('item') };
    const body = { exchange: fields.get('exchange'), to: fields.get('to'), facts };
    const words = page.say(
      '訂正を求めました。その機関の職員が決定します。',
      'Asked for. The agency’s staff decide.',
    );
    const done = await told(page, words, async () => {
      const person = await logIn(page, who);
      await control.post('/v1/persons/corrections', body, Anything, { person });
    });
    return await personPage(page, who, [done]);
  });
  app.post('/person/card', async (context) => {
    const page = pageOf(context, control);
    const fields = await context.req.formData();
    const who = whoIn(fields);
    const body = { resident: who.resident, agency: who.agency, change: fields.get('change') };
    const words =
      body.change === 'issue'
        ? page.say('新しいカードを交付しました。', 'A new card was issued.')
        : page.say('カードを失効させました。', 'The card was revoked.');
    const done = await told(page, words, () => control.post('/v1/persons/cards', body, Anything));
    return await personPage(page, who, [done]);
  });
}

/** The gateway’s token, kept no longer than this request. */
async function logIn({ control }: Page, { resident, agency }: Who): Promise<string> {
  const { token } = await control.post('/v1/persons/sessions', { resident, agency }, Session);
  return `Bearer ${token}`;
}

async function personPage(page: Page, who?: Who, done: readonly Html[] = [], after?: string) {
  const { say } = page;
  const choices = await choicesOf(page);
  return shown(page, say('本人', 'Person'), [
    lead(
      say(
        '本人としてカードでログインし、自分についてのやりとり履歴を見ます。開示できないものは、痕跡も現れません。',
        'Log in as somebody with their simulated card, and see what was asked about them. What must not be told leaves no trace.',
      ),
    ),
    whoForm(page, who ?? firstWho(choices), choices),
    ...done,
    ...(who ? [await historyPart(page, who, after), cardForm(page, who)] : []),
  ]);
}

async function historyPart(page: Page, who: Who, after: string | undefined): Promise<Html> {
  const { control, say } = page;
  try {
    const person = await logIn(page, who);
    const { from, until } = who;
    const wanted = Object.entries({ from, until, after }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
    );
    const path = `/v1/persons/history?${new URLSearchParams(wanted)}`;
    const { entries, next } = await control.get(path, History, { person });
    if (entries.length === 0) {
      return html`<section class="card"><p>${say('やりとりの記録はありません', 'No exchanges to show')}</p></section>`;
    }
    const more = html`<form method="post" action="/person">${hiddenOf(who)}<input type="hidden" name="after" value="${next}"><button>${say('続き', 'More')}</button></form>`;
    return html`${entries.map((entry) => entryPart(page, who, entry))}${next === undefined ? '' : more}`;
  } catch (error) {
    if (!(error instanceof ControlProblem)) throw error;
    return refusal(page, error);
  }
}
