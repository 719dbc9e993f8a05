import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Control } from '../../control.ts';
import { told } from '../../frame/done.ts';
import { type Html, type Page, pageOf } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import { simulationPage } from './frame.ts';
import { reportPart } from './report.ts';
import { Report, Scenarios } from './shapes.ts';

/** GET and POST /simulation/scenarios: the scenarios that ship, and what one comes to when it is run. */
export function scenarioPages(app: Hono, control: Control): void {
  app.get('/simulation/scenarios', (context) => scenariosPage(pageOf(context, control), html``));
  app.post('/simulation/scenarios', async (context) => {
    const page = pageOf(context, control);
    const file = String((await context.req.formData()).get('file') ?? '');
    let report: Html = html``;
    const done = await told(page, page.say('実行しました。', 'It has run.'), async () => {
      report = reportPart(page, await control.post('/v1/scenarios/run', { file }, Report));
    });
    return await scenariosPage(page, html`${done}${report}`);
  });
}

async function scenariosPage(page: Page, outcome: Html) {
  const { say, control } = page;
  const { scenarios } = await control.get('/v1/scenarios', Scenarios);
  const folders = Map.groupBy(scenarios, ({ file }) => file.split('/')[0] ?? '');
  const about = say(
    '別のネットワークで実行されるので、このネットワークには影響しません。同じものを renkei replay が実行します。',
    'They run in networks of their own: this one is not touched. `renkei replay` runs the same.',
  );
  return simulationPage(page, about, [
    outcome,
    ...[...folders].map(
      ([folder, all]) =>
        html`<section class="card"><h2>${folderWords(say, folder)} <small class="soft">${all.length}</small></h2>${scenarioTable(page, folder, all)}</section>`,
    ),
  ]);
}

function scenarioTable({ say }: Page, label: string, scenarios: Scenarios['scenarios']): Html {
  const heads = [
    say('シナリオ', 'Scenario'),
    say('要件', 'Requirements'),
    say('テスト', 'Tests'),
    say('実行', 'Run'),
  ];
  const rows = scenarios.map(({ file, name, about, requirements, tests }) => [
    html`${name} <span class="path">${about ?? ''} <code>${file}</code></span>`,
    requirements.join(', '),
    tests.length,
    html`<form method="post" action="/simulation/scenarios"><input type="hidden" name="file" value="${file}"><button aria-label="${say(`${name} を実行`, `Run ${name}`)}">${say('実行', 'Run')}</button></form>`,
  ]);
  return table(label, heads, rows);
}

function folderWords(say: Page['say'], folder: string): string {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    flows: ['業務の流れ', 'Flows'],
    codes: ['エラーの符号ごと', 'By error code'],
    full: ['法の全体', 'The whole law'],
    requirements: ['要件ごと', 'By requirement'],
  };
  const found = words[folder];
  return found ? say(...found) : folder;
}
