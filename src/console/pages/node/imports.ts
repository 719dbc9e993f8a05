import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type Control, ControlProblem } from '../../control.ts';
import { layoutsOf } from '../../frame/layouts.ts';
import type { LogIns } from '../../frame/log-ins.ts';
import type { Html } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { table } from '../../frame/table.ts';
import { timeWords } from '../exchanges/words.ts';
import { ImportReport, Imports } from './shapes.ts';
import { forStaff, type StaffPage } from './staff-page.ts';
import { sendFile, uploadForm } from './upload.ts';
import { importState } from './words.ts';

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
  const partial: Record<string, string> = fields.get('partial') === null ? {} : { partial: 'true' };
  try {
    const said = await sendFile(page, '/v1/copies/imports', fields, partial);
    return reportPart(page, ImportReport.parse(said));
  } catch (error) {
    if (!(error instanceof ControlProblem)) throw error;
    return refusal(page, error);
  }
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
  return html`<section class="card ${report.mistakes === 0 ? 'done' : 'refusal'}" role="status"><h2>${say('取込の結果', 'The import')}: ${importState(say, report.state)}</h2><p>${words}</p>
${rows.length === 0 ? '' : table(say('誤りの一覧', 'Mistakes'), heads, rows)}</section>`;
}

async function importsPage(page: StaffPage, outcome: Html = html``) {
  const { say } = page;
  const [{ imports }, layouts] = await Promise.all([
    page.get('/v1/copies/imports', Imports),
    layoutsOf(page.control),
  ]);
  const heads = [
    say('時刻', 'Time'),
    say('特定個人情報', 'Information'),
    say('状態', 'State'),
    say('誰が', 'By'),
    say('行', 'Rows'),
    say('誤り', 'Mistakes'),
  ];
  const rows = imports.map((each) => [
    timeWords(each.startedAt),
    layouts.nameOf(each.information),
    importState(say, each.state),
    each.by,
    each.rows,
    each.mistakes,
  ]);
  const title = say('副本の取込', 'Import of copies');
  const history = say('これまでの取込', 'Imports so far');
  return {
    title,
    body: [
      outcome,
      await uploadForm(page, {
        path: 'imports',
        layouts,
        more: html`<p><label class="choice"><input type="checkbox" name="partial"> ${say('誤りのない人の分だけでも取り込む', 'Take the persons whose rows are all right')}</label></p>`,
        button: say('取り込む', 'Import'),
      }),
      rows.length === 0
        ? html``
        : html`<section class="card"><h2>${history}</h2>${table(history, heads, rows)}</section>`,
    ],
  };
}
