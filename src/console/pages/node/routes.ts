import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Control, ControlProblem } from '../../control.ts';
import { LogIns } from '../../frame/log-ins.ts';
import { lead, pageOf, shown } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { table } from '../../frame/table.ts';
import { Statuses } from '../network/shapes.ts';
import { copyPages } from './copies.ts';
import { importPages } from './imports.ts';
import { reconciliationPages } from './reconciliations.ts';
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
    const rows = agencies.map(({ code, name, health, status }) => [
      html`<a href="/node/${code}">${name}</a> <code>${code}</code>`,
      health === 'up'
        ? html`<span class="state good">${say('稼働', 'Up')}</span>`
        : html`<span class="state bad">${say('停止', 'Down')}</span>`,
      String(status?.reviews?.pending ?? '–'),
      logIns.of(context, code)?.user ?? '–',
    ]);
    const heads = [
      say('機関', 'Agency'),
      say('状態', 'Health'),
      say('確認待ち', 'Reviews'),
      say('ログイン中の職員', 'Logged in as'),
    ];
    const title = say('中間サーバー', 'Nodes');
    return shown(page, title, [
      lead(
        say(
          '機関を選んで職員としてログインすると、副本、確認と承認、突合、操作記録を、その職員の権限で見られます。',
          'Choose an agency and log in as its staff: copies, reviews, reconciliation and the operation log, as far as that person may.',
        ),
      ),
      html`<section class="card">${table(title, heads, rows)}</section>`,
    ]);
  });

  app.get('/node/:agency', (context) =>
    forStaff(context, control, logIns, async ({ say, agency, logIn }) => ({
      title: say('中間サーバー', 'Node'),
      body: html`<section class="card"><h2>${say('できること', 'What you may do')}</h2><ul>${NODE_PAGES.filter(
        ({ needs }) => logIn.operations.includes(needs),
      ).map(
        ({ path, ja, en, aboutJa, aboutEn }) =>
          html`<li><a href="/node/${agency}/${path}">${say(ja, en)}</a> <span class="soft">${say(aboutJa, aboutEn)}</span></li>`,
      )}</ul></section>`,
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
  reconciliationPages(app, control, logIns);
  watchPages(app, control, logIns);
}

function onlyProblems(error: unknown): void {
  if (!(error instanceof ControlProblem)) throw error;
}
