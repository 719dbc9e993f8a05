import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import { table } from '../../frame/table.ts';
import { timeWords } from '../exchanges/words.ts';
import type { AgencyStatus } from './shapes.ts';

/** Each agency’s node as it says itself: health, age of its copies of the list, what waits, how old reconciliations are. */
export function statusTable({ say }: Page, agencies: readonly AgencyStatus[]): Html {
  const heads = [
    say('機関', 'Agency'),
    say('状態', 'Health'),
    say('照合リストの写し', 'List copy'),
    say('確認待ち', 'Reviews'),
    say('未了の照会', 'Open inquiries'),
    say('最後の突合', 'Last reconciliation'),
  ];
  return table(
    say('機関の状態', 'State of the agencies'),
    heads,
    agencies.map((agency) => row(say, agency)),
  );
}

function row(say: Page['say'], { code, name, health, status }: AgencyStatus) {
  const healths = {
    up: html`<span class="state good">${say('稼働', 'Up')}</span>`,
    down: html`<span class="state bad">${say('停止', 'Down')}</span>`,
    silent: html`<span class="state bad">${say('応答なし', 'Silent')}</span>`,
  };
  const lists = status?.permissionLists;
  const late = status?.reviews?.overdue ?? 0;
  return [
    html`<a href="/node/${code}">${name}</a> <code>${code}</code>`,
    healths[health],
    lists
      ? html`${say(`第${lists.version}版`, `version ${lists.version}`)} <small class="soft">${timeWords(lists.expiresAt).slice(0, 16)} ${say('まで', 'at the latest')}</small> ${lists.stale ? html`<span class="state bad">${say('期限切れ', 'Stale')}</span>` : ''}`
      : '–',
    html`${String(status?.reviews?.pending ?? '–')}${late > 0 ? html` <span class="state bad">${say(`期限超過 ${late}`, `${late} overdue`)}</span>` : ''}`,
    String(status?.openInquiries ?? '–'),
    reconciled(say, status?.copies),
  ];
}

type Kinds = NonNullable<AgencyStatus['status']>['copies'];

/** The age of the oldest of the last reconciliations, and what they found; of how many kinds there was none. */
function reconciled(say: Page['say'], kinds: Kinds): Html | string {
  if (!kinds || kinds.length === 0) return '–';
  const done = kinds.filter(({ ageSeconds }) => ageSeconds !== undefined);
  if (done.length === 0) return html`<span class="soft">${say('まだない', 'never')}</span>`;
  const oldest = Math.max(...done.map(({ ageSeconds = 0 }) => ageSeconds));
  const found = done.reduce((sum, { differences = 0 }) => sum + differences, 0);
  const differs =
    found === 0
      ? ''
      : html` <span class="state bad">${say(`差 ${found}`, `${found} differ`)}</span>`;
  const missing = kinds.length - done.length;
  return html`${ageWords(say, oldest)}${differs}${missing === 0 ? '' : html` <small class="soft">${say(`未実施 ${missing} 種`, `${missing} kinds never`)}</small>`}`;
}

/** How long ago, roughly. */
export function ageWords(say: Page['say'], seconds: number): string {
  const [minutes, hours, days] = [60, 3600, 86_400].map((each) => Math.floor(seconds / each));
  if (days) return say(`${days} 日前`, `${days} d ago`);
  if (hours) return say(`${hours} 時間前`, `${hours} h ago`);
  return say(`${minutes} 分前`, `${minutes} min ago`);
}
