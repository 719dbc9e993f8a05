import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import { Examples, Parties } from './shapes.ts';
import { hiddenOf, type Who } from './who.ts';

/** The two cities of the documents, if both are there. */
const FAVOURITES = ['32201', '11202'];

/** Who may be tried, and the agencies whose numbers count. */
export async function choicesOf({ control }: Page) {
  const { parties } = await control.get('/v1/parties', Parties);
  const agencies = parties.filter(({ code }) => /^[0-9]{5}$/.test(code));
  const codes = agencies.map(({ code }) => code);
  const pair = FAVOURITES.every((code) => codes.includes(code)) ? FAVOURITES : codes.slice(0, 2);
  const [inquirer = '', provider = ''] = pair;
  const query = new URLSearchParams({ inquirer, provider });
  const examples = provider === '' ? {} : await control.get(`/v1/examples?${query}`, Examples);
  return { agencies, inquirer, examples };
}
type Choices = Awaited<ReturnType<typeof choicesOf>>;

export const firstWho = ({ inquirer, examples: { ordinary = '' } }: Choices): Who => ({
  ...{ resident: ordinary, agency: inquirer, from: '', until: '' },
});

/** Whose card goes into the reader. */
export function whoForm({ say }: Page, who: Who, { agencies, examples }: Choices): Html {
  const tries = [
    [say('自動で回答される人', 'answered by itself'), examples.ordinary],
    [say('確認と承認が要る人', 'waits for review'), examples.autoResponseDisabled],
    [say('不開示の人', 'non-disclosable'), examples.protected],
  ].flatMap(([words, number]) =>
    number === undefined ? [] : [html`<li>${words}: <code>${number}</code></li>`],
  );
  return html`<form class="card stack" method="post" action="/person">
<div class="filters"><p><label for="p-agency">${say('番号を付けた機関', 'Whose number')}</label><select id="p-agency" name="agency">${agencies.map(
    ({ code, name }) =>
      html`<option value="${code}" ${code === who.agency ? html`selected` : ''}>${name} ${code}</option>`,
  )}</select></p>
<p><label for="p-resident">${say('本人の統合宛名番号', 'The person, by integrated address number')}</label><input id="p-resident" name="resident" value="${who.resident}" inputmode="numeric" pattern="[0-9]{15}" required size="17" autocomplete="off"></p>
<p><label for="p-from">${say('から', 'From')}</label><input type="date" id="p-from" name="from" value="${who.from}"></p>
<p><label for="p-until">${say('まで', 'Until')}</label><input type="date" id="p-until" name="until" value="${who.until}"></p></div>
<p><button class="main">${say('カードでログインして見る', 'Log in with the card and look')}</button></p>
${tries.length === 0 ? '' : html`<p class="soft">${say('たとえば', 'For example')}</p><ul class="soft">${tries}</ul>`}</form>`;
}

/** The card is lost, or replaced. */
export const cardForm = ({ say }: Page, who: Who): Html => html`<section class="card">
<h2>${say('カード', 'The card')}</h2>
<form class="inline" method="post" action="/person/card">${hiddenOf(who)}
<button name="change" value="revoke">${say('紛失を届ける（失効）', 'Report it lost (revoked)')}</button>
<button name="change" value="issue">${say('新しいカードを受け取る', 'Get a new one')}</button></form></section>`;
