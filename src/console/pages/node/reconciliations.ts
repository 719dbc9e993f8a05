import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Control, ControlProblem } from '../../control.ts';
import { type KnownLayouts, layoutsOf } from '../../frame/layouts.ts';
import type { LogIns } from '../../frame/log-ins.ts';
import { type Html, lead } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { table } from '../../frame/table.ts';
import { timeWords } from '../exchanges/words.ts';
import { NodeStatus } from '../network/shapes.ts';
import { ageWords } from '../network/status-table.ts';
import { reconciliationPart } from './reconciliation.ts';
import { Differences, Reconciliation, Reconciliations } from './shapes.ts';
import { forStaff, type StaffPage } from './staff-page.ts';
import { sendFile, uploadForm } from './upload.ts';

const PATH = '/v1/copies/reconciliations';

/** Originals against copies: how old the last comparison of each kind is, a new one, and what each found. */
export function reconciliationPages(app: Hono, control: Control, logIns: LogIns): void {
  app.get('/node/:agency/reconciliations', (context) =>
    forStaff(context, control, logIns, (page) => listPage(page)),
  );
  app.post('/node/:agency/reconciliations', (context) =>
    forStaff(context, control, logIns, async (page) => {
      const fields = await context.req.formData();
      try {
        const { id } = Reconciliation.parse(await sendFile(page, PATH, fields));
        return { to: `/node/${page.agency}/reconciliations/${encodeURIComponent(id)}` };
      } catch (error) {
        if (!(error instanceof ControlProblem)) throw error;
        return await listPage(page, refusal(page, error));
      }
    }),
  );
  app.get('/node/:agency/reconciliations/:id', (context) =>
    forStaff(context, control, logIns, async (page) => {
      const id = encodeURIComponent(context.req.param('id'));
      const [found, differences, layouts] = await Promise.all([
        page.get(`${PATH}/${id}`, Reconciliation),
        page.get(`${PATH}/${id}/differences`, Differences),
        layoutsOf(control),
      ]);
      return {
        title: page.say('突合の結果', 'A reconciliation'),
        body: reconciliationPart(page, found, differences, layouts),
      };
    }),
  );
}

async function listPage(page: StaffPage, outcome: Html = html``) {
  const { say, control } = page;
  const [status, { reconciliations }, layouts] = await Promise.all([
    page.get('/v1/status', NodeStatus),
    page.get(PATH, Reconciliations),
    layoutsOf(control),
  ]);
  const form = await uploadForm(page, {
    path: 'reconciliations',
    layouts,
    more: html``,
    button: say('突き合わせる', 'Compare'),
  });
  return {
    title: say('原本との突合', 'Reconciliation with the originals'),
    body: [
      lead(
        say(
          '業務システムの原本をすべて書き出したファイルを、いまの副本と比べます。副本は変わりません。',
          'Compares a file of all originals of the business system with the copies of now. Nothing is changed.',
        ),
      ),
      outcome,
      form,
      html`<div class="columns">${agesPart(page, status, layouts)}${historyPart(page, reconciliations, layouts)}</div>`,
    ],
  };
}

/** How old the last comparison of each kind is; never is the worst. */
function agesPart({ say }: StaffPage, { copies = [] }: NodeStatus, layouts: KnownLayouts): Html {
  const title = say('種類ごとの最後の突合', 'The last of each kind');
  const heads = [say('特定個人情報', 'Information'), say('いつ', 'When'), say('差', 'Differences')];
  const rows = copies.map(({ information, ageSeconds, differences }) => [
    layouts.nameOf(information),
    ageSeconds === undefined
      ? html`<span class="state open">${say('まだない', 'never')}</span>`
      : ageWords(say, ageSeconds),
    differences === undefined ? '–' : countPart(differences),
  ]);
  return html`<section class="card"><h2>${title}</h2>${table(title, heads, rows)}</section>`;
}

function historyPart(
  { say, agency }: StaffPage,
  all: readonly Reconciliation[],
  layouts: KnownLayouts,
): Html {
  const title = say('これまでの突合', 'Reconciliations so far');
  if (all.length === 0) {
    return html`<section class="card"><h2>${title}</h2><p class="empty">${say('まだありません。', 'None yet.')}</p></section>`;
  }
  const heads = [
    say('時刻', 'Time'),
    say('特定個人情報', 'Information'),
    say('誰が', 'By'),
    say('差', 'Differences'),
  ];
  const rows = all.map((each) => [
    html`<a href="/node/${agency}/reconciliations/${each.id}">${timeWords(each.finishedAt)}</a>`,
    layouts.nameOf(each.information),
    each.by,
    countPart(each.differences),
  ]);
  return html`<section class="card"><h2>${title}</h2>${table(title, heads, rows)}</section>`;
}

const countPart = (differences: number): Html =>
  html`<span class="state ${differences === 0 ? 'good' : 'bad'}">${differences}</span>`;
