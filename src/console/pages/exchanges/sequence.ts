import { html } from 'hono/html';
import type {
  ExchangeDetail,
  ExchangeMessage,
} from '../../../protocol/control-api/exchange-detail.ts';
import type { Html, Page } from '../../frame/page.ts';
import { messageWords } from './words.ts';

const MOST_COLUMNS = 4;

/**
 * The real messages of one exchange as a sequence diagram: a column for each party, an arrow for each message, which
 * opens to show what was signed. It is a list, so that it reads the same without eyes.
 */
export function sequence(page: Page, { exchange, messages }: ExchangeDetail): Html {
  const { say } = page;
  const named = new Map([
    [exchange.inquirer.code, exchange.inquirer.name],
    ['gateway', say('情報提供NWS', 'Gateway')],
    [exchange.provider.code, exchange.provider.name],
  ]);
  for (const { from, to } of messages)
    for (const code of [from, to])
      if (!named.has(code) && named.size < MOST_COLUMNS) named.set(code, code);
  const parties = [...named.keys()];
  const shown = messages.filter(({ from, to }) => named.has(from) && named.has(to) && from !== to);
  return html`<ol class="sequence p${parties.length}">
<li class="heads" aria-hidden="true">${parties.map((code) => html`<span>${named.get(code) ?? code}</span>`)}</li>
${shown.map((message) => arrow(page, message, parties))}</ol>`;
}

function arrow(page: Page, message: ExchangeMessage, parties: readonly string[]): Html {
  const { say } = page;
  const { from, to, statement, outcome, bytes } = message;
  const [start, end] = [parties.indexOf(from), parties.indexOf(to)];
  const classes = [
    `arrow s${Math.min(start, end)} e${Math.max(start, end)}`,
    ...(end < start ? ['back'] : []),
    ...(message.leg === 'reply' ? ['reply'] : []),
    ...(outcome === undefined ? [] : ['failed']),
  ];
  const isValid = statement?.signature === 'valid';
  return html`<li><details><summary><span class="${classes.join(' ')}">
<span class="name">${messageWords(say, message.message)}</span>
<span class="line"></span>
<small>+${message.afterMs.toFixed(1)} ms${outcome === undefined ? '' : html` <b>${outcome}</b>`}</small>
${statement ? html`<small class="${isValid ? 'good' : 'bad'}">${isValid ? '✓' : '✗'} ${signatureWords(page, statement.signature)}</small>` : ''}
</span></summary>
<div class="opened"><p><code>${message.message}</code> ${from} → ${to}${bytes === undefined ? '' : `, ${bytes.toLocaleString('en')} B`}</p>
${message.sealedDigest === undefined ? '' : html`<p>${say('封印されたバイト列（SHA-256）', 'Sealed bytes (SHA-256)')}: <code>${message.sealedDigest}</code> (${(message.sealedBytes ?? 0).toLocaleString('en')} B)</p>`}
${statement ? html`<pre tabindex="0">${JSON.stringify({ header: statement.header, claims: statement.claims }, null, 2)}</pre>` : html`<p class="empty">${say('読める文ではありません。', 'Not a statement that can be read.')}</p>`}
</div></details></li>`;
}

type Signature = NonNullable<ExchangeMessage['statement']>['signature'];

const signatureWords = ({ say }: Page, signature: Signature): string =>
  ({
    valid: say('署名は正しい', 'signature valid'),
    invalid: say('署名が正しくない', 'signature invalid'),
    key_unknown: say('鍵が知られていない', 'key unknown'),
  })[signature];
