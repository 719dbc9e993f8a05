import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import type { Choice } from './choice.ts';
import { offer } from './choice.ts';
import { personField } from './person-field.ts';
import type { Allowed, Examples } from './shapes.ts';

interface Agency {
  readonly code: string;
  readonly name: string;
}
interface Named {
  readonly value: string;
  readonly label: string;
}

const options = (chosen: string, all: readonly Named[]): Html[] =>
  all.map(
    ({ value, label }) =>
      html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${label}</option>`,
  );

/**
 * One form. Choosing another party or item offers anew what the law allows then, first, with the rest below it: at
 * once where scripts run, otherwise by a button.
 */
export function tryForm(
  { say }: Page,
  choice: Choice,
  agencies: readonly Agency[],
  law: { readonly allowed: Allowed; readonly examples: Examples; readonly others: Others },
): Html {
  const parties = agencies.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }));
  const select = (name: keyof Choice, label: string, inner: Html | Html[]) =>
    html`<p><label for="t-${name}">${label}</label><select id="t-${name}" name="${name}">${inner}</select></p>`;
  return html`<form class="card stack" method="post" action="/try"
 hx-get="/try" hx-trigger="change target:#t-inquirer, change target:#t-provider, change target:#t-item" hx-target="#asking" hx-select="#asking" hx-swap="outerMorph">
<input type="hidden" name="offeredFor" value="${offer(choice, choice.item)}">
<div class="filters">${select('inquirer', say('情報照会者', 'Inquirer'), options(choice.inquirer, parties))}
${select('provider', say('情報提供者', 'Provider'), options(choice.provider, parties))}
<noscript><p><button formmethod="get" formnovalidate>${say('この二者で選び直す', 'Choose for these two')}</button></p></noscript></div>
${personField(say, choice, law.examples)}
${select('item', say('項と事務', 'Item and affair'), itemOptions(say, choice, law))}
${select('information', say('特定個人情報', 'Information'), informationOptions(say, choice, law))}
<details ${choice.from === '' && choice.until === '' ? '' : html`open`}><summary>${say('対象の期間を絞る', 'Limit the period')}</summary>
<div class="filters">${day(say('から', 'From'), 'from', choice)}${day(say('まで', 'Until'), 'until', choice)}</div></details>
<p><button class="main">${say('照会する', 'Inquire')}</button></p></form>`;
}

const day = (label: string, name: 'from' | 'until', choice: Choice): Html =>
  html`<p><label for="t-${name}">${label}</label><input type="date" id="t-${name}" name="${name}" value="${choice[name]}"></p>`;

export interface Others {
  readonly items: readonly { readonly item: string; readonly affair: { readonly name: string } }[];
  readonly information: readonly string[];
}

interface Law {
  readonly allowed: Allowed;
  readonly others: Others;
}

function itemOptions(say: Page['say'], choice: Choice, { allowed, others }: Law): Html {
  const first = allowed.allowed.map(({ item, affair }) => named(item, affair.name));
  const known = new Set(first.map(({ value }) => value));
  const rest = others.items
    .filter(({ item }) => !known.has(item))
    .map(({ item, affair }) => named(item, affair.name));
  return groups(say, choice.item, first, rest);
}

function informationOptions(say: Page['say'], choice: Choice, { allowed, others }: Law): Html {
  const under = allowed.allowed.filter(({ item }) => choice.item === '' || item === choice.item);
  const first = [
    ...new Set(under.flatMap(({ information }) => information.map(({ name }) => name))),
  ];
  const rest = others.information.filter((name) => !first.includes(name));
  const asNamed = (name: string) => ({ value: name, label: name });
  return groups(say, choice.information, first.map(asNamed), rest.map(asNamed));
}

const named = (item: string, affair: string): Named => ({
  value: item,
  label: `${item}: ${affair.length > 60 ? `${affair.slice(0, 60)}…` : affair}`,
});

const groups = (
  say: Page['say'],
  chosen: string,
  first: readonly Named[],
  rest: readonly Named[],
): Html => html`<optgroup label="${say('照合リストが許すもの', 'What the list allows')}">${options(chosen, first)}</optgroup>
<optgroup label="${say('許さないもの（拒否を見る）', 'What it does not (to see the refusal)')}">${options(chosen, rest)}</optgroup>`;
