import { html } from 'hono/html';
import type {
  ExchangeProofs,
  ProvenRecord,
} from '../../../protocol/control-api/exchange-proofs.ts';
import type { ExchangeView } from '../../../protocol/control-api/exchanges.ts';
import type { Html, Page } from '../../frame/page.ts';
import { recordWords, timeWords } from './words.ts';

/** The three records of an exchange (番号法23条): whether they agree, and for each what proves that it is in its log. */
export function recordsPart(
  page: Page,
  exchange: ExchangeView,
  { parties, findings }: ExchangeProofs,
): Html {
  const { say } = page;
  const isSound =
    findings.length === 0 &&
    parties.every(({ records }) =>
      records.every(({ fault, witnesses }) => !fault && witnesses.every((one) => !one.fault)),
    );
  const verdict = isSound
    ? html`<p class="good"><strong>✓ ${say('各当事者の記録は一致し、どれも改変できないログにあることが証明されています。', 'The parties’ records agree, and each is proven to be in its append-only log.')}</strong></p>`
    : html`<p class="bad"><strong>✗ ${say('記録に不審な点があります。', 'Something is wrong with the records.')}</strong></p>
<ul>${findings.map((found) => html`<li>${found.party}: ${say(found.ja, found.en)}</li>`)}</ul>`;
  return html`<section class="card"><h2>${say('三者の記録', 'The three records')}</h2>${verdict}
<div class="columns">${parties.map(
    ({ party, records }) => html`<div><h3>${partyWords(page, exchange, party)}</h3>
${records.length === 0 ? html`<p class="empty">${say('この当事者には記録がありません。', 'This party has no record of it.')}</p>` : records.map((each) => recordPart(page, exchange, each))}</div>`,
  )}</div></section>`;
}

function nameOf({ say }: Page, { inquirer, provider }: ExchangeView, party: string): string {
  if (party === 'gateway') return say('情報提供NWS', 'Gateway');
  return [inquirer, provider].find(({ code }) => code === party)?.name ?? party;
}

function partyWords(page: Page, exchange: ExchangeView, party: string): Html {
  const { say } = page;
  const { inquirer, provider } = exchange;
  const roles = [
    ...(party === inquirer.code ? [say('照会者', 'inquirer')] : []),
    ...(party === provider.code ? [say('提供者', 'provider')] : []),
  ];
  const about = party === 'gateway' ? '' : `${roles.join('・')} ${party}`;
  return html`${nameOf(page, exchange, party)} <small class="soft">${about}</small>`;
}

function recordPart(page: Page, exchange: ExchangeView, proven: ProvenRecord): Html {
  const { say } = page;
  const { index, size, fault, witnesses, record } = proven;
  const { kind, at } = readable(record);
  const check = (isGood: boolean, words: string) =>
    html`<li class="${isGood ? 'good' : 'bad'}">${isGood ? '✓' : '✗'} ${words}</li>`;
  const cosigned = witnesses.map((one) => {
    const by = nameOf(page, exchange, one.party);
    const words = say(
      `連署 ${by}（${one.size} 件まで、${timeWords(one.at)}）`,
      `cosigned by ${by} (up to ${one.size}, ${timeWords(one.at)})`,
    );
    return check(!one.fault, one.fault ? `${words}: ${say(one.fault.ja, one.fault.en)}` : words);
  });
  return html`<div class="record"><p><strong>${kind === undefined ? say('期限を過ぎた記録', 'A record whose time is over') : recordWords(say, kind)}</strong>
${at === undefined ? '' : html`<time class="soft" datetime="${at}">${timeWords(at)}</time>`}</p>
<ul class="checks">
${fault ? check(false, say(fault.ja, fault.en)) : check(true, say(`ログの ${index + 1} 件目（全 ${size} 件）にある証明`, `proven to be no. ${index + 1} of ${size} in its log`))}
${cosigned.length === 0 ? html`<li class="soft">– ${say('まだ連署されていません。次に電文が届くと連署されます。', 'Not cosigned yet: that comes with later messages.')}</li>` : cosigned}</ul>
${evidence(page, proven)}</div>`;
}

const evidence = ({ say }: Page, { record, leaf, path, checkpoint }: ProvenRecord): Html =>
  html`<details><summary>${say('記録と証明の全文', 'The record and its proof in full')}</summary>
${record === undefined ? '' : html`<pre tabindex="0">${JSON.stringify(parsed(record), null, 2)}</pre>`}
<p>${say('葉', 'Leaf')}: <code>${leaf}</code></p>
<p>${say('包含証明（RFC 6962）', 'Inclusion proof (RFC 6962)')}</p><ol>${path.map((hash) => html`<li><code>${hash}</code></li>`)}</ol>
<p>${say('署名されたチェックポイント（C2SP）', 'Signed checkpoint (C2SP)')}</p><pre tabindex="0">${checkpoint}</pre></details>`;

/** What a record says of itself; one that was tampered with may say anything. */
function readable(record: string | undefined): { kind?: string; at?: string } {
  const { kind, at } = parsed(record);
  return {
    ...(typeof kind === 'string' && { kind }),
    ...(typeof at === 'number' && Number.isSafeInteger(at) && { at: new Date(at).toISOString() }),
  };
}

function parsed(record: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(record ?? '{}');
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}
