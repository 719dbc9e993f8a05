import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import type { Detail, Message } from './shapes.ts';

const COLUMN = 230;
const ROW = 46;
const TOP = 56;

/** The messages of one exchange as a sequence diagram; the list below it says the same in words. */
export function sequence({ say }: Page, { exchange, messages }: Detail): Html {
  const named = new Map([
    [exchange.inquirer.code, exchange.inquirer.name],
    ['gateway', say('情報提供NWS', 'Gateway')],
    [exchange.provider.code, exchange.provider.name],
  ]);
  for (const { from, to } of messages)
    for (const code of [from, to]) if (!named.has(code)) named.set(code, code);
  const parties = [...named.keys()];
  const x = (code: string) => COLUMN / 2 + parties.indexOf(code) * COLUMN;
  const width = parties.length * COLUMN;
  const height = TOP + messages.length * ROW + 20;
  const lines = parties.map(
    (code) => html`<line class="life" x1="${x(code)}" y1="34" x2="${x(code)}" y2="${height - 8}"/>
<text class="party" x="${x(code)}" y="22" text-anchor="middle">${named.get(code) ?? code}</text>`,
  );
  const arrows = messages.map((message, at) => arrow(message, TOP + at * ROW, x));
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('シーケンス図', 'Sequence diagram')}">
<svg class="sequence" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
 aria-label="${say('電文の流れ。下の一覧に同じ内容', 'The messages in order; the list below says the same')}">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>
${lines}${arrows}</svg></div>`;
}

function arrow(message: Message, y: number, x: (code: string) => number): Html {
  const [from, to] = [x(message.from), x(message.to)];
  const middle = (from + to) / 2;
  const bad = message.outcome !== undefined ? 'bad' : '';
  const leg = message.leg === 'reply' ? 'reply' : '';
  return html`<g class="arrow ${leg} ${bad}"><line x1="${from}" y1="${y + 16}" x2="${to + (to > from ? -2 : 2)}" y2="${y + 16}" marker-end="url(#tip)"/>
<text x="${middle}" y="${y + 9}" text-anchor="middle">${message.message}${message.outcome === undefined ? '' : ` ${message.outcome}`}</text>
<text class="time" x="${middle}" y="${y + 30}" text-anchor="middle">+${message.afterMs.toFixed(1)} ms</text></g>`;
}
