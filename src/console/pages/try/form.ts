import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import type { Choice } from './choice.ts';
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

/** Two steps in one page: choosing the parties fills in what the law allows them, and the rest below. */
export function tryForm(
  { say }: Page,
  choice: Choice,
  agencies: readonly Agency[],
  law: { readonly allowed: Allowed; readonly examples: Examples; readonly others: Others },
): Html {
  const parties = agencies.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }));
  const select = (name: keyof Choice, label: string, inner: Html | Html[]) =>
    html`<p><label for="t-${name}">${label}</label><select id="t-${name}" name="${name}">${inner}</select></p>`;
  return html`<form class="filters" method="get" action="/try">
${select('inquirer', say('情報照会者', 'Inquirer'), options(choice.inquirer, parties))}
${select('provider', say('情報提供者', 'Provider'), options(choice.provider, parties))}
<p><button>${say('この二者で選び直す', 'Choose for these two')}</button></p></form>
<form class="stack" method="post" action="/try">
<input type="hidden" name="inquirer" value="${choice.inquirer}"><input type="hidden" name="provider" value="${choice.provider}">
${personField(say, choice, law.examples)}
${select('item', say('項と事務', 'Item and affair'), itemOptions(say, choice, law))}
${select('information', say('特定個人情報', 'Information'), informationOptions(say, choice, law))}
<p><button class="main">${say('照会する', 'Inquire')}</button></p></form>`;
}

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

function personField(say: Page['say'], choice: Choice, examples: Examples): Html {
  const words: Readonly<Record<string, string>> = {
    ordinary: say('自動で回答される人', 'answered by itself'),
    autoResponseDisabled: say('確認と承認が要る人', 'waits for review and approval'),
    protected: say('不開示の人', 'non-disclosable'),
    noCodeAtProvider: say('提供者に識別符号がない人', 'no code at the provider'),
  };
  const known = Object.entries(examples).flatMap(([kind, number]) =>
    typeof number === 'string' ? [{ number, label: words[kind] ?? kind }] : [],
  );
  const value = choice.person === '' ? (known[0]?.number ?? '') : choice.person;
  return html`<p><label for="t-person">${say('統合宛名番号（照会者の）', 'Integrated address number (the inquirer’s)')}</label>
<input id="t-person" name="person" list="people" value="${value}" inputmode="numeric" pattern="[0-9]{15}" required size="18" autocomplete="off">
<datalist id="people">${known.map(({ number, label }) => html`<option value="${number}">${label}</option>`)}</datalist></p>
<ul class="soft">${known.map(({ number, label }) => html`<li><code>${number}</code> ${label}</li>`)}</ul>`;
}
