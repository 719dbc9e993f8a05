import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import { wordsIn } from '../../frame/words.ts';
import type { Entry } from './shapes.ts';
import type { Who } from './who.ts';
import { hiddenOf } from './who.ts';

const outcomeWords = wordsIn({
  provided: ['提供', 'Provided'],
  no_record: ['該当なし', 'No record'],
  refused: ['提供拒否', 'Refused'],
  denied: ['不許可', 'Denied'],
  pending: ['未回答', 'Not answered yet'],
});
const TONES: Readonly<Record<string, string>> = {
  provided: 'good',
  denied: 'bad',
  refused: 'bad',
  pending: 'open',
};
const stateWords = wordsIn({
  waiting: ['決定待ち', 'waiting for the agency'],
  corrected: ['訂正されました', 'corrected'],
  declined: ['訂正されません', 'declined'],
});

const timeOf = (iso: string): string =>
  new Date(Date.parse(iso) + 32_400_000).toISOString().slice(0, 16).replace('T', ' ');

/** One exchange as its person reads it, with the way to ask for a correction. */
export function entryPart(page: Page, who: Who, entry: Entry): Html {
  const { say } = page;
  const { inquirer, provider, information, affair, period, law } = entry;
  const row = (name: string, value: Html | string) =>
    html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<section class="card" aria-label="${inquirer.name} → ${provider.name}">
<h2><span class="state ${TONES[entry.outcome] ?? ''}">${outcomeWords(say, entry.outcome)}</span> ${inquirer.name} → ${provider.name}</h2>
<p>${say(entry.summary.ja, entry.summary.en)}</p>
<dl class="facts">
${row(say('情報', 'Information'), information.name)}
${affair ? row(say('事務', 'Affair'), affair.name) : ''}
${period ? row(say('期間', 'Period'), `${period.from ?? ''}～${period.until ?? ''}`) : ''}
${entry.reasons.map(({ ja, en }) => row(say('理由', 'Reason'), say(ja, en)))}
${row(say('根拠', 'Law'), law.ground)}
${law.text === undefined ? '' : row(say('項の内容', 'What it says'), law.text)}
${row(say('求めた日時', 'Asked'), timeOf(entry.requestedAt))}
${entry.answeredAt === undefined ? '' : row(say('回答日時', 'Answered'), timeOf(entry.answeredAt))}
${entry.corrected.map((note) => row(say('訂正前', 'Before correction'), beforeText(note)))}
${entry.requests.map((each) => row(say('訂正の求め', 'Correction asked for'), `${each.agency.name} ${timeOf(each.askedAt)} ${stateWords(say, each.state)}`))}
</dl>
${entry.outcome === 'pending' ? '' : correctForm(page, who, entry)}</section>`;
}

const beforeText = ({ at, before }: Entry['corrected'][number]): string =>
  [
    before.item,
    before.affair?.name,
    before.information?.name,
    before.period && `${before.period.from ?? ''}～${before.period.until ?? ''}`,
    `(${timeOf(at)})`,
  ]
    .filter(Boolean)
    .join(' ');

function correctForm({ say }: Page, who: Who, { exchange, inquirer, provider, outcome }: Entry) {
  const to = `to-${exchange}`;
  const item = `item-${exchange}`;
  return html`<details><summary>${say('記録の訂正を求める', 'Ask for a correction of the record')}</summary>
<form method="post" action="/person/correct">${hiddenOf(who)}<input type="hidden" name="exchange" value="${exchange}">
<div class="filters"><p><label for="${to}">${say('どの機関に', 'Of which agency')}</label><select id="${to}" name="to">
<option value="inquirer">${inquirer.name}</option>${outcome === 'denied' ? '' : html`<option value="provider">${provider.name}</option>`}</select></p>
<p><label for="${item}">${say('正しい項', 'The right item')}</label><input id="${item}" name="item" required size="8" pattern="[0-9]{1,4}(の[0-9]{1,4}){0,3}"></p>
<p><button>${say('求める', 'Ask')}</button></p></div></form></details>`;
}
