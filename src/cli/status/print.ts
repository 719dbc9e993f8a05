import Table from 'cli-table3';
import type { KeptView } from '../../protocol/node-api/retention.ts';
import type { CopyStatus, StatusView } from '../../protocol/node-api/status.ts';
import { inJapan } from '../control/clock-command.ts';
import { nameOf } from '../copies/print.ts';
import type { Paint } from '../output/style.ts';

const HOUR = 3600;
const DAY = 86_400;

/** An age in one unit. */
export function ageText(seconds: number): string {
  if (seconds >= DAY) return `${Math.floor(seconds / DAY)} d`;
  if (seconds >= HOUR) return `${Math.floor(seconds / HOUR)} h`;
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min` : `${seconds} s`;
}

const timeOf = (iso: string): string => inJapan(iso).slice(0, 19).replace('T', ' ');

function copyText({ version, ageSeconds, expiresAt, stale }: CopyStatus, paint: Paint): string {
  if (ageSeconds === undefined) return paint('red', 'なし none');
  const facts = `第${version}版 version ${version}、${ageText(ageSeconds)} 前 old`;
  return stale
    ? `${facts}  ${paint('red', '期限切れ stale')}`
    : `${facts}、${timeOf(expiresAt)} まで until then`;
}

function keysText(
  { current, since, retiring, announced }: StatusView['keys'],
  paint: Paint,
): string {
  const facts = [
    since === undefined ? current : `${current}（${timeOf(since)} から since）`,
    ...(retiring
      ? [
          `前の鍵 before: ${retiring.kid}${retiring.retiresAt === undefined ? '' : `（${timeOf(retiring.retiresAt)} まで until）`}`,
        ]
      : []),
    ...(announced === undefined ? [] : [paint('yellow', `届出中 announced: ${announced}`)]),
  ];
  return facts.join('、');
}

const reviewsText = ({ pending, overdue }: StatusView['reviews'], paint: Paint): string =>
  overdue > 0 ? `${pending}  ${paint('red', `期限超過 overdue ${overdue}`)}` : String(pending);

const APPROVALS = {
  inquiries: '照会 inquiries',
  batches: '一括照会 batches',
  drafts: '副本の入力 drafts',
  corrections: '記録の訂正 corrections',
  media: '外部記録媒体 media',
} as const;

/** Only what waits is told. */
function approvalsText(approvals: StatusView['approvals'], paint: Paint): string {
  const waiting = (Object.keys(APPROVALS) as (keyof typeof APPROVALS)[])
    .filter((what) => approvals[what] > 0)
    .map((what) => `${APPROVALS[what]} ${approvals[what]}`);
  return waiting.length === 0 ? 'なし none' : paint('yellow', waiting.join('、'));
}

const approvalCount = (approvals: StatusView['approvals']): number =>
  Object.values(approvals).reduce((sum, count) => sum + count, 0);

const mediaText = ({ lent, overdue }: StatusView['media'], paint: Paint): string =>
  overdue > 0 ? `${lent}  ${paint('red', `返却期限超過 overdue ${overdue}`)}` : String(lent);

const alarmsText = (alarms: number, paint: Paint): string =>
  alarms === 0 ? 'なし none' : paint('red', `${alarms}（renkei log audit で調べる look into it）`);

/** How long records are kept, how far back they go, what is held; alarms about others’ logs. */
function keptRows({ records, alarms }: KeptView, paint: Paint): (readonly [string, string])[] {
  const { keep, oldest, holds } = records;
  const since = oldest === undefined ? 'なし none' : `${timeOf(oldest).slice(0, 10)} から since`;
  return [
    ['記録 records', `${since}、保存期間 kept ${keep}、保全 holds ${holds}`],
    ['他者のログの警報 alarms', alarmsText(alarms, paint)],
  ];
}

/** The gateway, as far as it tells of itself. */
export const gatewayText = (kept: KeptView, paint: Paint): string =>
  `${paint('bold', 'gateway 情報提供ネットワークシステム')}\n${keptRows(kept, paint)
    .map(([what, words]) => `  ${paint('dim', `${what}:`)} ${words}\n`)
    .join('')}`;

/** One node, in full. */
export function statusText(status: StatusView, name: string, paint: Paint): string {
  const rows: (readonly [string, string])[] = [
    ['提供 provides', status.providing ? 'する yes' : paint('red', '停止中 no: a copy is stale')],
    ['照合リストの写し list copy', copyText(status.permissionLists, paint)],
    ['機関名簿の写し directory', copyText(status.directory, paint)],
    ['署名鍵 signing key', keysText(status.keys, paint)],
    ['確認・承認待ち reviews', reviewsText(status.reviews, paint)],
    ['承認待ち approvals', approvalsText(status.approvals, paint)],
    ['貸出し中の媒体 media lent', mediaText(status.media, paint)],
    ['未完了の照会 open inquiries', String(status.openInquiries)],
    ['送信待ち outgoing', String(status.outgoing)],
    ...keptRows(status, paint),
    ...status.copies.map(
      (kind) => [`副本 copies: ${nameOf(kind.information)}`, reconciledText(kind, paint)] as const,
    ),
  ];
  const lines = rows.map(([what, words]) => `  ${paint('dim', `${what}:`)} ${words}`);
  return `${paint('bold', `${status.agency} ${name}`)}\n${lines.join('\n')}\n`;
}

function reconciledText(
  { ageSeconds, differences }: StatusView['copies'][number],
  paint: Paint,
): string {
  if (ageSeconds === undefined) return paint('yellow', '原本と未照合 never reconciled');
  const found = differences ?? 0;
  const words = `${ageText(ageSeconds)} 前に原本と照合 reconciled、差異 differences ${found}`;
  return found > 0 ? paint('red', words) : words;
}

/** All nodes, a line each. */
export function overview(
  nodes: readonly { readonly name: string; readonly status: StatusView }[],
  paint: Paint,
): string {
  const table = new Table({
    head: [
      '機関 node',
      '提供 provides',
      'リスト list',
      '署名鍵 key',
      '確認待ち reviews',
      '承認待ち approvals',
      '媒体 media',
      '警報 alarms',
    ],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, status } of nodes) {
    const { ageSeconds } = status.permissionLists;
    const age = ageSeconds === undefined ? 'なし none' : ageText(ageSeconds);
    table.push([
      `${status.agency} ${name}`,
      status.providing ? 'する yes' : paint('red', '停止中 no'),
      status.permissionLists.stale ? paint('red', `${age} 期限切れ stale`) : age,
      status.keys.current,
      reviewsText(status.reviews, paint),
      String(approvalCount(status.approvals)),
      mediaText(status.media, paint),
      status.alarms === 0 ? '0' : paint('red', String(status.alarms)),
    ]);
  }
  return `${table}\n`;
}
