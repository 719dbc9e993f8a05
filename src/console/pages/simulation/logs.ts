import type { Hono } from 'hono';
import { html } from 'hono/html';
import { Parties } from '../../../protocol/control-api/parties.ts';
import type { Control } from '../../control.ts';
import { told } from '../../frame/done.ts';
import { type Html, type Page, pageOf } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import { wordsIn } from '../../frame/words.ts';
import { timeWords } from '../exchanges/words.ts';
import { simulationPage } from './frame.ts';
import { type Alarm, Alarms, Anything, type LogState, Logs } from './shapes.ts';

/** GET /simulation/logs: every party’s log and who witnessed it up to where; alarms, and trusting a log anew. */
export function logPages(app: Hono, control: Control): void {
  app.get('/simulation/logs', (context) => logsPage(pageOf(context, control), html``));
  app.post('/simulation/logs/trust', async (context) => {
    const page = pageOf(context, control);
    const fields = await context.req.formData();
    const body = { party: fields.get('party'), log: fields.get('log') };
    const words = page.say('このログを、いまから信頼します。', 'The log is trusted from now on.');
    const done = await told(page, words, () => control.post('/v1/log/trust', body, Anything));
    return await logsPage(page, done);
  });
}

async function logsPage(page: Page, outcome: Html) {
  const { say, control } = page;
  const [{ logs }, { alarms }, { parties }] = await Promise.all([
    control.get('/v1/logs', Logs),
    control.get('/v1/log/alarms', Alarms),
    control.get('/v1/parties', Parties),
  ]);
  const names = new Map(parties.map(({ code, name }) => [code, name]));
  const nameOf = (code: string) => names.get(code) ?? code;
  const about = say(
    '各当事者の記録は、追記だけができるマークル木です。電文には証明が添えられ、相手はそれを確かめて連署します。消した記録や書き換えた記録は、次の電文で見つかります。',
    'Each party’s records are an append-only Merkle tree. Every message carries a proof, and its receiver verifies and cosigns it. What was removed or altered shows with the next message.',
  );
  return simulationPage(page, about, [
    outcome,
    alarmsPart(page, alarms, nameOf),
    logsPart(page, logs, nameOf),
  ]);
}

function logsPart({ say }: Page, logs: readonly LogState[], nameOf: Name): Html {
  const title = say('ログと証人', 'Logs and witnesses');
  const heads = [
    say('ログ', 'Log'),
    say('記録', 'Records'),
    say('木の根', 'Root of the tree'),
    say('連署した証人', 'Cosigned by'),
    say('見た証人', 'Seen by'),
  ];
  const rows = logs.map(({ party, size, root, witnesses }) => {
    const cosigned = witnesses.flatMap((one) =>
      one.cosigned ? [{ ...one.cosigned, by: one.party }] : [],
    );
    const seen = witnesses.filter((one) => one.seen !== undefined);
    return [
      html`${nameOf(party)} <code>${party}</code>`,
      size,
      size === 0 ? html`<span class="soft">–</span>` : html`<code>${root}</code>`,
      cosigned.length === 0
        ? html`<span class="soft">–</span>`
        : html`<ul class="checks">${cosigned.map(
            (one) =>
              html`<li class="${one.fault ? 'bad' : 'good'}">${one.fault ? '✗' : '✓'} ${nameOf(one.by)} <small>${say(`${one.size} 件まで`, `up to ${one.size}`)}, ${timeWords(one.at)} ${one.fault ? say(one.fault.ja, one.fault.en) : ''}</small></li>`,
          )}</ul>`,
      seen.length === 0
        ? html`<span class="soft">–</span>`
        : html`<ul class="checks">${seen.map((one) => html`<li>${nameOf(one.party)} <small>${say(`${String(one.seen)} 件まで`, `up to ${String(one.seen)}`)}</small></li>`)}</ul>`,
    ];
  });
  return html`<section class="card"><h2>${title}</h2>${table(title, heads, rows)}</section>`;
}

type Name = (code: string) => string;

function alarmsPart({ say }: Page, alarms: readonly Alarm[], nameOf: Name): Html {
  const title = say('警報', 'Alarms');
  if (alarms.length === 0) {
    return html`<section class="card done"><h2>${title}</h2><p>✓ ${say('矛盾したログはありません。', 'No log has contradicted itself.')}</p></section>`;
  }
  const heads = [
    say('ログ', 'Log'),
    say('何が', 'What'),
    say('見つけた当事者', 'Found by'),
    say('いつ', 'When'),
    say('対処', 'What to do'),
  ];
  const rows = alarms.map(({ log, kind, by, at, trustedAt, seen, shown }) => [
    html`${nameOf(log)} <code>${log}</code>`,
    html`${kindWords(say, kind)} <details><summary>${say('証拠', 'Evidence')}</summary><pre tabindex="0">${seen}</pre><pre tabindex="0">${shown}</pre></details>`,
    nameOf(by),
    timeWords(at),
    trustedAt === undefined
      ? html`<form method="post" action="/simulation/logs/trust"><input type="hidden" name="party" value="${by}"><input type="hidden" name="log" value="${log}"><button aria-label="${say(`${nameOf(by)} に ${nameOf(log)} のログを信頼させる`, `Have ${nameOf(by)} trust the log of ${nameOf(log)} anew`)}">${say('いまから信頼する', 'Trust it from now on')}</button></form>`
      : say(`${timeWords(trustedAt)} から信頼`, `trusted since ${timeWords(trustedAt)}`),
  ]);
  return html`<section class="card refusal"><h2>${title}</h2>${table(title, heads, rows)}</section>`;
}

const kindWords = wordsIn({
  fork: ['同じ大きさで異なるログに署名した', 'Signed two versions of one size'],
  rollback: ['以前より短くなった', 'Became shorter than it was'],
  consistency: ['見せたものの続きになっていない', 'Does not continue what it showed'],
});
