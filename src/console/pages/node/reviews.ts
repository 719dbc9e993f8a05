import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Control, ControlProblem } from '../../control.ts';
import { layoutsOf } from '../../frame/layouts.ts';
import type { LogIns } from '../../frame/log-ins.ts';
import type { Html } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { recordsTable, table } from '../../frame/table.ts';
import { timeWords } from '../exchanges/words.ts';
import { Anything, type ReviewContent, Reviews, ReviewContent as Shape } from './shapes.ts';
import { forStaff, nameOf, type StaffPage } from './staff-page.ts';
import { reviewState } from './words.ts';

const STEPS = new Set(['review', 'return', 'approve', 'decline']);

/** The queue, one request with what would be sent, and its steps: reviewed by one person, approved by another. */
export function reviewPages(app: Hono, control: Control, logIns: LogIns): void {
  app.get('/node/:agency/reviews', (context) =>
    forStaff(context, control, logIns, async (page) => {
      const { say, agency } = page;
      const { reviews } = await page.get('/v1/reviews', Reviews);
      const heads = [
        say('期限', 'Due'),
        say('状態', 'State'),
        say('統合宛名番号', 'Address number'),
        say('不開示', 'Non-disclosable'),
        say('確認した人', 'Reviewed by'),
      ];
      const rows = reviews.map((each) => [
        html`<a href="/node/${agency}/reviews/${each.exchange}">${timeWords(each.dueAt)}</a>`,
        each.lateSeconds === undefined
          ? reviewState(say, each.state)
          : html`${reviewState(say, each.state)} <span class="state bad">${say('期限超過', 'overdue')}</span>`,
        html`<code>${each.integratedAddressNumber}</code>`,
        each.restricted ? say('はい', 'yes') : say('いいえ', 'no'),
        each.reviewer ?? '–',
      ]);
      const title = say('確認と承認', 'Reviews');
      const body =
        reviews.length === 0
          ? html`<p class="empty">${say('待っている提供はありません。', 'Nothing waits.')}</p>`
          : html`<section class="card">${table(title, heads, rows)}</section>`;
      return { title, body };
    }),
  );

  app.get('/node/:agency/reviews/:exchange', (context) =>
    forStaff(context, control, logIns, (page) => onePage(page, context.req.param('exchange'))),
  );

  app.post('/node/:agency/reviews/:exchange/:step', (context) =>
    forStaff(context, control, logIns, async (page) => {
      const { exchange, step } = context.req.param();
      const fields = await context.req.formData();
      const name = STEPS.has(step) ? step : 'review';
      const body =
        name === 'review' || name === 'approve'
          ? { seen: fields.get('seen') }
          : { reason: fields.get('reason') };
      const path = `/v1/reviews/${encodeURIComponent(exchange)}/${name}`;
      try {
        await page.post(path, body, Anything);
      } catch (error) {
        if (!(error instanceof ControlProblem)) throw error;
        return await onePage(page, exchange, refusal(page, error));
      }
      return { to: `/node/${page.agency}/reviews/${encodeURIComponent(exchange)}` };
    }),
  );
}

async function onePage(page: StaffPage, exchange: string, outcome: Html = html``) {
  const { say } = page;
  const [found, layouts] = await Promise.all([
    page.get(`/v1/reviews/${encodeURIComponent(exchange)}`, Shape),
    layoutsOf(page.control),
  ]);
  const { review, content, information, layoutVersion = '' } = found;
  const order = layouts.itemsOf(information, layoutVersion);
  const inquirer = await nameOf(page.control, found.inquirer).catch(() => found.inquirer);
  const title = say('提供の確認', 'Review');
  return {
    title,
    body: [
      outcome,
      html`<dl class="facts"><div><dt>${say('状態', 'State')}</dt><dd><strong>${reviewState(say, review.state)}</strong></dd></div>
<div><dt>${say('情報照会者', 'Inquirer')}</dt><dd>${inquirer} <code>${found.inquirer}</code></dd></div>
<div><dt>${say('項', 'Item')}</dt><dd>${found.item}</dd></div>
<div><dt>${say('特定個人情報', 'Information')}</dt><dd>${layouts.nameOf(information)}</dd></div>
<div><dt>${say('期限', 'Due')}</dt><dd>${timeWords(review.dueAt)}</dd></div>
<div><dt>${say('確認した人', 'Reviewed by')}</dt><dd>${review.reviewer ?? '–'}</dd></div>
<div><dt>${say('承認した人', 'Approved by')}</dt><dd>${review.approver ?? '–'}</dd></div></dl>`,
      found.note === undefined ? html`` : html`<p>${found.note}</p>`,
      html`<section class="card"><h2>${say('送られる内容', 'What would be sent')}</h2>
${content.length === 0 ? html`<p class="empty">${say('内容はありません。', 'Nothing.')}</p>` : recordsTable(say('送られる内容', 'What would be sent'), content, order)}</section>`,
      stepsPart(page, exchange, found),
    ],
  };
}

/** Only what the state and the roles allow is offered; the node decides all the same. */
function stepsPart(
  { say, agency, logIn }: StaffPage,
  exchange: string,
  { review, seen }: ReviewContent,
): Html {
  const may = (step: string) => logIn.operations.includes(`reviews.${step}`);
  const action = (step: string) => `/node/${agency}/reviews/${exchange}/${step}`;
  const agree = (step: string, label: string) =>
    html`<form method="post" action="${action(step)}"><input type="hidden" name="seen" value="${seen}"><p><button class="main">${label}</button></p></form>`;
  const refuse = (
    step: string,
    label: string,
  ) => html`<form class="filters" method="post" action="${action(step)}">
<p><label for="r-${step}">${say('理由', 'Reason')}</label><select id="r-${step}" name="reason">${REASONS.map(({ code, ja, en }) => html`<option value="${code}">${say(ja, en)}</option>`)}</select></p><p><button>${label}</button></p></form>`;
  const waits = ['waiting', 'entered', 'returned'].includes(review.state);
  const reviewed = review.state === 'reviewed';
  return html`<section class="card"><h2>${say('次の手順', 'Next')}</h2>
${waits && may('review') ? agree('review', say('確認した。送ってよい', 'Reviewed: it may be sent')) : ''}
${reviewed && may('approve') ? agree('approve', say('承認して送る', 'Approve, and send it')) : ''}
${reviewed && may('return') ? refuse('return', say('差し戻す', 'Give it back')) : ''}
${reviewed && may('decline') ? refuse('decline', say('提供しない', 'Decline')) : ''}
${waits || reviewed ? '' : html`<p class="empty">${say('終わっています。', 'It is over.')}</p>`}</section>`;
}

const REASONS = [
  { code: 'person_in_doubt', ja: '本人かどうか疑わしい', en: 'In doubt whether it is the person' },
  { code: 'content_in_doubt', ja: '内容が疑わしい', en: 'The content is in doubt' },
  { code: 'incomplete', ja: '不足がある', en: 'Incomplete' },
  { code: 'not_needed', ja: '必要がない', en: 'Not needed' },
  { code: 'protected', ja: '保護されている', en: 'Protected' },
  { code: 'other', ja: 'その他', en: 'Other' },
] as const;
