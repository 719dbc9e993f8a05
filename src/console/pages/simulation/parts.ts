import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import { messageWords, timeWords } from '../exchanges/words.ts';
import type { Clock, Faults } from './shapes.ts';

const ACTIONS = [
  ['drop', '失わせる（drop）', 'Lose (drop)'],
  ['delay', '遅らせる（delay）', 'Delay'],
  ['duplicate', '二重に届ける（duplicate）', 'Deliver twice (duplicate)'],
  ['reorder', '順序を入れ替える（reorder）', 'Reorder'],
  ['corrupt', '壊す（corrupt）', 'Corrupt'],
  ['refuse', '接続を拒む（refuse）', 'Refuse the connection'],
] as const;
const MESSAGES = [
  'permit-request',
  'permit',
  'query',
  'provide-request',
  'answer',
  'provide',
  'receipt',
  'delivery',
];

export function clockPart({ say }: Page, clock: Clock): Html {
  const manual = clock.kind === 'manual';
  return html`<section class="card"><h2>${say('時計', 'Clock')}</h2>
<p><time class="now" datetime="${clock.now}">${timeWords(clock.now)}</time> ${say('（日本時間）', '(Japan)')} ${manual ? '' : say('– 実際の時刻で動いています。renkei.yaml の clock に日時を書くと、進められます。', '– runs by the machine’s time. Write an instant as `clock` in renkei.yaml to move it.')}</p>
${
  manual
    ? html`<form class="filters" method="post" action="/simulation/clock">
<p><label for="s-duration">${say('進める長さ（ISO 8601、例 PT1H、P1D）', 'Move on by (ISO 8601, such as PT1H, P1D)')}</label><input id="s-duration" name="duration" value="PT1H" required></p>
<p><button class="main">${say('進める', 'Move on')}</button></p></form>`
    : ''
}</section>`;
}

export function faultsPart(
  { say }: Page,
  { faults }: Faults,
  parties: readonly { readonly code: string; readonly name: string }[],
): Html {
  const anyone = html`<option value="">${say('どれでも', 'Any')}</option>`;
  const party = (name: string, label: string) => html`<p><label for="s-${name}">${label}</label>
<select id="s-${name}" name="${name}">${anyone}${parties.map((each) => html`<option value="${each.code}">${each.name}</option>`)}</select></p>`;
  return html`<section class="card"><h2>${say('障害', 'Faults')}</h2>
${
  faults.length === 0
    ? html`<p class="empty">${say('障害はありません。', 'There are none.')}</p>`
    : table(
        say('障害の一覧', 'Faults'),
        [
          say('番号', 'Id'),
          say('働き', 'Action'),
          say('対象', 'On'),
          say('回数', 'Applied'),
          say('終える', 'End'),
        ],
        faults.map(({ id, applied, fault }) => [
          id,
          fault.action,
          html`${fault.message === undefined ? say('すべての電文', 'any message') : messageWords(say, fault.message)} <code>${fault.from ?? '*'} → ${fault.to ?? '*'}</code>`,
          applied,
          html`<form method="post" action="/simulation/faults/remove"><input type="hidden" name="id" value="${id}"><button aria-label="${say(`障害 ${id} を終える`, `End fault ${id}`)}">${say('終える', 'End')}</button></form>`,
        ]),
      )
}
<form class="filters" method="post" action="/simulation/faults">
<p><label for="s-action">${say('働き', 'Action')}</label><select id="s-action" name="action">${ACTIONS.map(([action, ja, en]) => html`<option value="${action}">${say(ja, en)}</option>`)}</select></p>
<p><label for="s-message">${say('電文', 'Message')}</label><select id="s-message" name="message">${anyone}${MESSAGES.map((each) => html`<option value="${each}">${messageWords(say, each)}</option>`)}</select></p>
${party('from', say('送り手', 'Sender'))}${party('to', say('受け手', 'Receiver'))}
<p><label for="s-delay">${say('遅延（秒、delay のとき）', 'Delay (seconds)')}</label><input id="s-delay" name="delaySeconds" inputmode="numeric" size="5"></p>
<p><label for="s-times">${say('回数（空なら何度でも）', 'Times (empty: always)')}</label><input id="s-times" name="times" inputmode="numeric" size="4"></p>
<p><button class="main">${say('障害を起こす', 'Plant the fault')}</button></p></form></section>`;
}

export const statePart = ({
  say,
}: Page): Html => html`<section class="card"><h2>${say('状態', 'State')}</h2>
<p><a href="/simulation/state" download="renkei-state.json">${say('全機関の状態を書き出す', 'Export the state of all parties')}</a></p>
<form class="filters" method="post" action="/simulation/state" enctype="multipart/form-data">
<p><label for="s-file">${say('書き出した状態のファイル', 'An exported state')}</label><input id="s-file" type="file" name="file" accept="application/json" required></p>
<p><button>${say('この状態に戻す', 'Go back to it')}</button></p></form>
<form method="post" action="/simulation/reset"><p><button>${say('最初の状態に戻す', 'Back to the beginning')}</button></p></form></section>`;
