import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Control } from '../../control.ts';
import type { LogIns } from '../../frame/log-ins.ts';
import { table } from '../../frame/table.ts';
import { timeWords } from '../exchanges/words.ts';
import { Anomalies, Operations, Users } from './shapes.ts';
import { forStaff } from './staff-page.ts';
import { roleWords } from './words.ts';

/** Who may do what, who did what, and what stands out in it. */
export function watchPages(app: Hono, control: Control, logIns: LogIns): void {
  app.get('/node/:agency/staff', (context) =>
    forStaff(context, control, logIns, async ({ say, get }) => {
      const { users } = await get('/v1/staff', Users);
      const heads = [
        say('利用者', 'User'),
        say('部署', 'Department'),
        say('役割', 'Roles'),
        say('事務', 'Affairs'),
        say('有効期限', 'Valid until'),
        say('最後のログイン', 'Last log-in'),
      ];
      const rows = users.map((each) => [
        each.disabled
          ? html`${each.user} <span class="state bad">${say('停止', 'disabled')}</span>`
          : each.user,
        each.department.name,
        each.roles.map((role) => roleWords(say, role)).join(', '),
        each.affairs === 'all' ? say('すべて', 'all') : each.affairs.join(', '),
        each.validUntil,
        each.lastLogInAt === undefined ? '–' : timeWords(each.lastLogInAt),
      ]);
      const title = say('職員と権限', 'Staff and authorities');
      return { title, body: html`<section class="card">${table(title, heads, rows)}</section>` };
    }),
  );

  app.get('/node/:agency/operations', (context) =>
    forStaff(context, control, logIns, async ({ say, get, agency }) => {
      const after = Math.max(0, Number.parseInt(context.req.query('after') ?? '0', 10) || 0);
      const { operations } = await get(`/v1/operations?after=${after}&limit=100`, Operations);
      const heads = [
        say('時刻', 'Time'),
        say('誰が', 'Who'),
        say('操作', 'Operation'),
        say('誰について', 'On whom'),
        say('結果', 'Outcome'),
      ];
      const rows = operations.map((each) => [
        timeWords(each.at),
        each.actor,
        each.count === undefined ? each.operation : `${each.operation} (${each.count})`,
        html`<code>${each.person ?? '–'}</code>`,
        each.outcome === 'done'
          ? say('実行', 'done')
          : html`<span class="state bad">${say('拒否', 'refused')}</span> <code>${each.code ?? ''}</code>`,
      ]);
      const title = say('操作記録', 'Operation log');
      const last = operations.at(-1)?.seq;
      const more =
        operations.length === 100 && last !== undefined
          ? html`<p><a href="/node/${agency}/operations?after=${String(last)}">${say('続き', 'More')}</a></p>`
          : html``;
      return {
        title,
        body: html`<section class="card">${table(title, heads, rows)}${more}</section>`,
      };
    }),
  );

  app.get('/node/:agency/anomalies', (context) =>
    forStaff(context, control, logIns, async ({ say, get }) => {
      const found = await get('/v1/anomalies', Anomalies);
      const title = say('異常なアクセス', 'Anomalies');
      const heads = [
        say('規則', 'Rule'),
        say('誰が', 'Who'),
        say('いつ', 'When'),
        say('回数', 'Count'),
        say('操作', 'Operations'),
      ];
      const rows = found.findings.map((each) => [
        each.rule,
        each.actor,
        `${timeWords(each.from)} – ${timeWords(each.until)}`,
        each.count,
        each.operations.join(', '),
      ]);
      const about = html`<p>${timeWords(found.from)} – ${timeWords(found.until)}: ${say(`${found.lines} 行の操作記録`, `${found.lines} lines of the operation log`)}</p>`;
      return {
        title,
        body: [
          about,
          rows.length === 0
            ? html`<p class="empty">${say('ありません。', 'None.')}</p>`
            : html`<section class="card">${table(title, heads, rows)}</section>`,
        ],
      };
    }),
  );
}
