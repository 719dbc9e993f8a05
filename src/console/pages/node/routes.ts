import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Control, ControlProblem } from '../../control.ts';
import { LogIns } from '../../frame/log-ins.ts';
import { pageOf, shown } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { table } from '../../frame/table.ts';
import { Statuses } from '../network/shapes.ts';
import { copyPages } from './copies.ts';
import { importPages } from './imports.ts';
import { reviewPages } from './reviews.ts';
import { Anything, Session } from './shapes.ts';
import { forStaff, logInPage, NODE_PAGES, nameOf } from './staff-page.ts';
import { watchPages } from './watch.ts';

/** /node: an agency’s node as its own staff see it, after log-in at that node. */
export function nodePages(app: Hono, control: Control): void {
  const logIns = new LogIns();
  app.get('/node', async (context) => {
    const page = pageOf(context, control);
    const { say } = page;
    const { agencies } = await control.get('/v1/parties/status', Statuses);
    const rows = agencies.map(({ code, name }) => [
      html`<a href="/node/${code}">${name}</a>`,
      html`<code>${code}</code>`,
      logIns.of(context, code)?.user ?? '–',
    ]);
    const heads = [say('機関', 'Agency'), say('コード', 'Code'), say('ログイン中', 'Logged in')];
    const title = say('中間サーバー', 'Nodes');
    return shown(page, title, table(title, heads, rows));
  });

  app.get('/node/:agency', (context) =>
    forStaff(context, control, logIns, async ({ say, agency, logIn }) => ({
      title: say('中間サーバー', 'Node'),
      body: html`<ul>${NODE_PAGES.filter(({ needs }) => logIn.operations.includes(needs)).map(
        ({ path, ja, en }) => html`<li><a href="/node/${agency}/${path}">${say(ja, en)}</a></li>`,
      )}</ul>`,
    })),
  );

  app.post('/node/:agency/log-in', async (context) => {
    const page = pageOf(context, control);
    const agency = context.req.param('agency');
    const name = await nameOf(control, agency);
    const fields = await context.req.formData();
    const body = Object.fromEntries(
      ['user', 'password', 'code'].map((key) => [key, fields.get(key)]),
    );
    try {
      const path = `/v1/nodes/${encodeURIComponent(agency)}/v1/sessions`;
      const { token, user, operations } = await control.post(path, body, Session);
      logIns.keep(context, agency, { token, user, operations });
      return context.redirect(`/node/${encodeURIComponent(agency)}`, 303);
    } catch (error) {
      if (!(error instanceof ControlProblem)) throw error;
      return logInPage(page, agency, name, refusal(page, error));
    }
  });

  app.post('/node/:agency/log-out', async (context) => {
    const agency = context.req.param('agency');
    const logIn = logIns.of(context, agency);
    if (logIn) {
      const path = `/v1/nodes/${encodeURIComponent(agency)}/v1/sessions/end`;
      // Over already is as good.
      await control.post(path, {}, Anything, { as: `Bearer ${logIn.token}` }).catch(onlyProblems);
      logIns.forget(context, agency);
    }
    return context.redirect(`/node/${encodeURIComponent(agency)}`, 303);
  });

  reviewPages(app, control, logIns);
  copyPages(app, control, logIns);
  importPages(app, control, logIns);
  watchPages(app, control, logIns);
}

function onlyProblems(error: unknown): void {
  if (!(error instanceof ControlProblem)) throw error;
}
