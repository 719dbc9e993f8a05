import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import { type Choice, OTHER } from './choice.ts';
import type { Examples } from './shapes.ts';

/** Whom to ask about: one of the invented people who show something, or any other by number. */
export function personField(say: Page['say'], choice: Choice, examples: Examples): Html {
  const known = Object.entries(WORDS).flatMap(([kind, words]) => {
    const number = examples[kind];
    return typeof number === 'string' ? [{ kind, number, label: say(...words) }] : [];
  });
  // With other parties, what was chosen may have no example.
  const isKnown = known.some(({ kind }) => kind === choice.who);
  const chosen = isKnown ? choice.who : OTHER;
  const radio = (kind: string, label: Html) =>
    html`<label class="choice"><input type="radio" name="who" value="${kind}" ${kind === chosen ? html`checked` : ''}> ${label}</label>`;
  return html`<fieldset><legend>${say('誰について（照会者の統合宛名番号）', 'Whom (integrated address number at the inquirer)')}</legend>
${known.map(({ kind, number, label }) => radio(kind, html`${label} <code>${number}</code>`))}
<div class="choice">${radio(OTHER, html`${say('ほかの人', 'Somebody else')}`)}
<input name="person" aria-label="${say('ほかの人の統合宛名番号', 'Integrated address number of somebody else')}" value="${choice.person}" inputmode="numeric" pattern="[0-9]{15}" size="17" autocomplete="off"></div></fieldset>`;
}

const WORDS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  ordinary: ['自動で回答される人', 'Answered by itself'],
  autoResponseDisabled: ['確認と承認が要る人', 'Waits for review and approval'],
  protected: ['不開示の人', 'Non-disclosable'],
  noCodeAtProvider: ['提供者に識別符号がない人', 'No code at the provider'],
};
