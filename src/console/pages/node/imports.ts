import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Control, ControlProblem } from '../../control.ts';
import type { LogIns } from '../../frame/log-ins.ts';
import type { Html } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { table } from '../../frame/table.ts';
import { timeWords } from '../exchanges/words.ts';
import { ImportReport, Imports } from './shapes.ts';
import { forStaff, type StaffPage } from './staff-page.ts';

const MOST_FINDINGS = 200;

/** Files of copies taken in, and the report of what is wrong with one, line by line. */
export function importPages(app: Hono, control: Control, logIns: LogIns): void {
  app.get('/node/:agency/imports', (context) =>
    forStaff(context, control, logIns, (page) => importsPage(page)),
  );
  app.post('/node/:agency/imports', (context) =>
    forStaff(context, control, logIns, async (page) => {
      const fields = await context.req.formData();
      return await importsPage(page, await take(page, fields));
    }),
  );
}

async function take(page: StaffPage, fields: FormData): Promise<Html> {
  const text = (name: string) => String(fields.get(name) ?? '').trim();
  const query = new URLSearchParams({ information: text('information'), layout: text('layout') });
  if (fields.get('partial') !== null) query.set('partial', 'true');
  const file = fields.get('file');
  const bytes =
    typeof file === 'string' || file === null ? new ArrayBuffer(0) : await file.arrayBuffer();
  const type =
    text('encoding') === 'shift_jis' ? 'text/csv; charset=shift_jis' : 'text/csv; charset=utf-8';
  const path = `/v1/nodes/${page.agency}/v1/copies/imports?${query}`;
  const init = { method: 'POST', headers: { 'content-type': type }, body: bytes };
  const answer = await page.control.raw(path, init, { as: `Bearer ${page.logIn.token}` });
  const said: unknown = await answer.json();
  if (!answer.ok) return refusal(page, new ControlProblem(said as ControlProblem['problem']));
  return reportPart(page, ImportReport.parse(said));
}

function reportPart({ say }: StaffPage, report: ImportReport): Html {
  const { findings } = report;
  const words = say(
    `${report.rows} 行、${report.persons} 人: 追加 ${report.added}、置換 ${report.replaced}、変更なし ${report.unchanged}、誤り ${report.mistakes}`,
    `${report.rows} rows, ${report.persons} persons: ${report.added} added, ${report.replaced} replaced, ${report.unchanged} unchanged, ${report.mistakes} mistakes`,
  );
  const heads = [say('行', 'Line'), say('項目', 'Column'), say('誤り', 'What is wrong')];
  const rows = findings
    .slice(0, MOST_FINDINGS)
    .map((each) => [each.line, each.column ?? '–', say(each.ja, each.en)]);
  return html`<section class="${report.mistakes === 0 ? 'done' : 'refusal'}" role="status"><h2>${say('取込の結果', 'The import')}: ${report.state}</h2><p>${words}</p>
${rows.length === 0 ? '' : table(say('誤りの一覧', 'Mistakes'), heads, rows)}</section>`;
}

async function importsPage(page: StaffPage, outcome: Html = html``) {
  const { say, agency } = page;
  const { imports } = await page.get('/v1/copies/imports', Imports);
  const heads = [
    say('時刻', 'Time'),
    say('状態', 'State'),
    say('特定個人情報', 'Information'),
    say('誰が', 'By'),
    say('行', 'Rows'),
    say('誤り', 'Mistakes'),
  ];
  const rows = imports.map((each) => [
    timeWords(each.startedAt),
    each.state,
    html`<code>${each.information}</code>`,
    each.by,
    each.rows,
    each.mistakes,
  ]);
  const title = say('副本の取込', 'Import of copies');
  return {
    title,
    body: [
      outcome,
      html`<form class="stack" method="post" action="/node/${agency}/imports" enctype="multipart/form-data">
<p><label for="i-file">${say('ファイル（CSV）', 'File (CSV)')}</label><input id="i-file" type="file" name="file" accept=".csv,text/csv" required></p>
<p><label for="i-information">${say('特定個人情報（名称かコード）', 'Information (name or code)')}</label><input id="i-information" name="information" size="40" required></p>
<p><label for="i-layout">${say('版', 'Layout version')}</label><input id="i-layout" name="layout" size="8" required></p>
<p><label for="i-encoding">${say('文字コード', 'Encoding')}</label><select id="i-encoding" name="encoding"><option>utf-8</option><option>shift_jis</option></select></p>
<p><label><input type="checkbox" name="partial"> ${say('誤りのない人の分だけでも取り込む', 'Take the persons whose rows are all right')}</label></p>
<p><button class="main">${say('取り込む', 'Import')}</button></p></form>`,
      rows.length === 0 ? html`` : table(say('これまでの取込', 'Imports so far'), heads, rows),
    ],
  };
}
