import Table from 'cli-table3';
import type {
  Anomalies,
  AnomalyView,
  OperationView,
} from '../../protocol/node-api/operation-log.ts';
import type { DepartmentView, IssuedView, UserView } from '../../protocol/node-api/staff.ts';
import { inJapan } from '../control/clock-command.ts';
import { nameOf } from '../copies/print.ts';
import { harmless, type Paint } from '../output/style.ts';

const table = (head: readonly string[]) =>
  new Table({ head: [...head], style: { head: [], border: [], compact: true } });

/** Day and time in Japan, to the second. */
export const timeOf = (iso: string): string => inJapan(iso).slice(0, 19).replace('T', ' ');

const affairsOf = (affairs: UserView['affairs']): string =>
  affairs === 'all' ? 'すべて all' : affairs.join('\n') || 'なし none';

/** What keeps somebody out, if anything does. */
function stateOf({ disabled, lockedUntil, persons }: UserView): string {
  const states = [
    disabled ? '停止 disabled' : '',
    lockedUntil === undefined ? '' : `一時停止 locked until ${timeOf(lockedUntil)}`,
    persons === undefined ? '' : `共用 shared: ${persons.join(', ')}`,
  ];
  return states.filter((state) => state !== '').join('\n');
}

/** The list of users and authorities, to print and to check. */
export function usersText(users: readonly UserView[]): string {
  const rows = table([
    '利用者 user',
    '部署 department',
    '役割 roles',
    '事務 affairs',
    '有効期間 valid',
    '最終ログイン last log-in',
    '状態 state',
  ]);
  for (const it of users) {
    rows.push([
      it.user,
      `${it.department.code} ${harmless(it.department.name)}`,
      it.roles.join('\n'),
      affairsOf(it.affairs),
      `${it.validFrom} – ${it.validUntil}`,
      it.lastLogInAt === undefined ? '—' : timeOf(it.lastLogInAt),
      stateOf(it),
    ]);
  }
  return `${rows}\n`;
}

/** One user, with what the roles allow. */
export const userText = (user: UserView): string =>
  `${usersText([user])}できること may do: ${user.operations.join(', ')}
パスワードの期限 password due: ${timeOf(user.passwordDue)}
`;

/** What is handed over, told this once. */
export function issuedText(
  { user, initialPassword, oneTimeCodes }: IssuedView,
  paint: Paint,
): string {
  const lines = [usersText([user]).trimEnd()];
  if (initialPassword !== undefined) {
    lines.push(`初期パスワード initial password: ${paint('bold', initialPassword)}`);
  }
  for (const { person, secret, uri } of oneTimeCodes) {
    lines.push(
      `ワンタイムコードの鍵 one-time codes of ${person}: ${paint('bold', secret)}`,
      `  ${uri}`,
    );
  }
  if (initialPassword !== undefined || oneTimeCodes.length > 0) {
    lines.push(
      '二度と表示されません。本人に渡してください / told this once: hand it to whoever it is for',
    );
  }
  return `${lines.join('\n')}\n`;
}

export function departmentsText(departments: readonly DepartmentView[]): string {
  const rows = table(['部署 department', '名称 name', '事務 affairs']);
  for (const { code, name, affairs } of departments) {
    rows.push([code, harmless(name), affairsOf(affairs)]);
  }
  return `${rows}\n`;
}

export function operationsText(operations: readonly OperationView[]): string {
  const rows = table(['番号', '時刻 when', '誰が who', '操作 what', '対象 on whom, about', '結果']);
  for (const it of operations) {
    const about = [
      it.person ?? '',
      it.information === undefined ? '' : nameOf(it.information),
      it.subject ?? '',
      it.count === undefined ? '' : `${it.count} 件`,
    ];
    const refused = [it.reason ?? it.code ?? '', '拒否 refused'].filter(Boolean).join(' ');
    rows.push([
      String(it.seq),
      timeOf(it.at),
      whoOf(it),
      it.operation,
      about.filter((text) => text !== '').join('\n'),
      it.outcome === 'done' ? (it.reason ?? '') : refused,
    ]);
  }
  return `${rows}\n`;
}

const whoOf = ({ actor, account }: { actor: string; account?: string | undefined }): string =>
  account === undefined ? actor : `${actor} (${account})`;

const RULES: Readonly<Record<string, string>> = {
  'out-of-hours': '時間外 out of hours',
  holiday: '休日 holiday',
  'failed-log-ins': 'ログインの失敗 failed log-ins',
  'withdrawn-id': '無効な ID の使用 withdrawn id',
  'shared-id': '共用 ID の使用 shared id',
  'many-persons': '多数の住民 many persons',
};

export function anomaliesText({ from, until, lines, findings }: Anomalies): string {
  const rows = table(['規則 rule', '誰が who', 'いつ when', '数 count', '操作 what', '番号 line']);
  for (const it of findings) {
    rows.push([
      RULES[it.rule] ?? it.rule,
      whoOf(it),
      spanOf(it),
      String(it.count),
      it.operations.join('\n'),
      String(it.seq),
    ]);
  }
  const about = `${timeOf(from)} – ${timeOf(until)}: 記録 ${lines} 件 lines, 異常 ${findings.length} 件 findings\n`;
  return findings.length === 0 ? about : `${rows}\n${about}`;
}

const spanOf = ({ from, until }: AnomalyView): string =>
  from === until ? timeOf(from) : `${timeOf(from)}\n${timeOf(until)}`;
