import Table from 'cli-table3';
import { ERRORS, isErrorCode } from '../../protocol/errors.ts';
import type { BatchView } from '../../protocol/node-api/batches.ts';
import { inJapan } from '../control/clock-command.ts';
import type { Paint } from '../output/style.ts';

const STATES: Readonly<Record<BatchView['state'], string>> = {
  awaiting_approval: '承認待ち awaiting approval',
  declined: '却下 declined',
  running: '照会中 running',
  stopped: '停止 stopped',
  finished: '終了 finished',
};

/** Rows by state, in the order in which they are asked after. */
const ROWS: readonly (readonly [keyof BatchView['states'], string])[] = [
  ['provided', '提供 provided'],
  ['no_record', '記録なし no record'],
  ['pending', '確認待ち pending'],
  ['denied', '不許可 denied'],
  ['refused', '拒否 refused'],
  ['lapsed', '期限切れ lapsed'],
  ['permitted', '許可済み、回答待ち permitted, on its way'],
  ['open', '未了 open'],
  ['failed', '照会できず failed'],
  ['waiting', '未照会 not asked yet'],
];

const plainTable = () => ({ head: [], border: [], compact: true });

/** How a batch came out, for people. */
export function summaryText(batch: BatchView, paint: Paint): string {
  const rows = new Table({ style: plainTable(), colAligns: ['left', 'right'] });
  for (const [state, words] of ROWS) {
    const count = batch.states[state];
    if (count) rows.push([words, count.toLocaleString('en')]);
  }
  rows.push([paint('bold', '計 rows'), batch.rows.toLocaleString('en')]);
  const codes = Object.entries(batch.codes).map(([code, count]) => {
    const words = isErrorCode(code) ? `${ERRORS[code][1]} / ${ERRORS[code][2]}` : '';
    return `  ${count.toLocaleString('en').padStart(7)}  ${code}  ${paint('dim', words)}\n`;
  });
  return [
    `一括照会 batch ${paint('bold', batch.id)}  ${stateText(batch, paint)}\n`,
    `${rows}\n`,
    codes.length > 0 ? `理由 reasons\n${codes.join('')}` : '',
  ].join('');
}

function stateText({ state, code }: BatchView, paint: Paint): string {
  const words = code === undefined ? STATES[state] : `${STATES[state]}: ${code}`;
  return paint(state === 'finished' ? 'green' : state === 'stopped' ? 'red' : 'yellow', words);
}

export function listText(batches: readonly BatchView[], paint: Paint): string {
  if (batches.length === 0) return '一括照会はありません / no batches\n';
  const table = new Table({
    head: [
      '番号 id',
      '状態 state',
      '済 done',
      '計 rows',
      '依頼者 by',
      '承認者 approver',
      '日時 at',
    ],
    style: plainTable(),
    colAligns: ['left', 'left', 'right', 'right', 'left', 'left', 'left'],
  });
  for (const it of batches) {
    const at = inJapan(it.createdAt).slice(0, 16).replace('T', ' ');
    table.push([it.id, stateText(it, paint), it.done, it.rows, it.by, it.approver ?? '', at]);
  }
  return `${table}\n`;
}

/** Rows that somebody asked for and that have no answer, which a resumption could get. */
export const unanswered = ({ states }: BatchView): number =>
  LEFT.reduce((sum, state) => sum + (states[state] ?? 0), 0);
const LEFT = ['waiting', 'permitted', 'open', 'failed', 'lapsed'] as const;
