import type { Step } from '../scenario/steps-schema.ts';

/** A step in a few words, for people: its own title, or what it does. */
export function titleOf(step: Step): string {
  if (step.title !== undefined) return step.title;
  const { query, tamper, fault, assessment, advance } = step;
  if (query) {
    const { inquirer, provider, person, item, affair } = query;
    return `照会 query ${inquirer} → ${provider}: ${person}, ${item ?? affair ?? ''}`;
  }
  if (tamper) return `改ざん tamper ${tamper.action} ${tamper.message}${ofStep(tamper)}`;
  if (fault === 'clear') return '障害の解除 fault clear';
  if (fault) return `障害 fault ${fault.action}${'message' in fault ? ` ${fault.message}` : ''}`;
  if (assessment) return `評価書 assessment ${assessment.agency} ${assessment.number}号`;
  if (advance !== undefined) {
    return typeof advance === 'number'
      ? `時計 advance ${advance / 1000} s`
      : `時計 advance ${advance.to}`;
  }
  return otherwise(step);
}

const ofStep = ({ of }: { of?: string | undefined }): string =>
  of === undefined ? '' : ` (${of})`;

const WORDS = {
  look: '結果を見る look',
  enter: '入力 enter',
  review: '確認 review',
  return: '差戻し return',
  approve: '承認 approve',
  decline: '却下 decline',
  suspend: '利用停止 suspend',
  rotateKeys: '鍵の切替え rotateKeys',
  list: 'リストの切替え list',
  import: '副本の登録 import',
  acquire: '符号の取得 acquire',
  batch: '一括照会 batch',
  call: '呼出し call',
  logIn: 'ログイン logIn',
  history: 'やりとり履歴 history',
  forge: '記録の偽り forge',
  trust: '改めて信頼 trust',
  stop: '停止 stop',
  start: '起動 start',
} as const;

function otherwise(step: Step): string {
  for (const [name, words] of Object.entries(WORDS)) {
    const found = Object.entries(step).find(([key]) => key === name)?.[1];
    if (found === undefined) continue;
    const about =
      typeof found === 'string'
        ? found
        : Object.values(Object(found))
            .filter((value) => typeof value === 'string')
            .slice(0, 3)
            .join(' ');
    return `${words} ${about}`.trim();
  }
  return '';
}
