import { ERRORS } from '../../protocol/errors.ts';
import type { Permission } from '../../protocol/permission/compile.ts';
import type { Alternative, Change, Decision, Denial } from '../../protocol/permission/decision.ts';

/** What was asked, in the words it was asked in. */
export interface Asked {
  readonly date: string;
  readonly inquirer: string;
  readonly provider: string;
  readonly item?: string;
  readonly affair?: string;
  readonly information: string;
}

/** Colours a text; the identity where there is no terminal. */
export type Paint = (colour: 'green' | 'red' | 'dim' | 'bold', text: string) => string;

const CHANGES: Record<Change, string> = {
  item: '項 item',
  provider: '情報提供者 provider',
  information: '特定個人情報 information',
};

/** The decision and its grounds for people, in Japanese and English. */
export function explain(
  decision: Decision,
  asked: Asked,
  permission: Permission,
  paint: Paint,
): string {
  const permitted = decision.decision === 'permit';
  const verdict = permitted
    ? paint('green', '許可 PERMITTED')
    : paint('red', `拒否 DENIED  ${decision.code}`);
  const list = decision.list === null ? undefined : permission.listOf.get(decision.list);
  const named = permitted ? decision : undefined;
  const facts: readonly (readonly [ja: string, en: string, value: string | undefined])[] = [
    ['照合リスト', 'list', list && `${list.id}  ${list.title}`],
    ['根拠', 'legal ground', decision.lawNumber && groundOf(decision)],
    ['基準日', 'as of', asked.date],
    ['情報照会者', 'inquirer', role(asked.inquirer, named?.inquirerRole)],
    ['事務', 'affair', named ? named.affair.name : asked.affair],
    ['項', 'item', decision.item ?? asked.item],
    ['情報提供者', 'provider', role(asked.provider, named?.providerRole)],
    ['特定個人情報', 'information', named ? named.information.name : asked.information],
  ];
  const lines = facts
    .filter(([, , value]) => value !== undefined)
    .map(([ja, en, value]) => `  ${paint('dim', `${ja} ${en}:`)} ${value}`);
  return [verdict, ...lines, ...(permitted ? [] : whyNot(decision, permission, paint)), ''].join(
    '\n',
  );
}

/** An agency or role, and the role of the list that it counts as. */
const role = (asked: string, counted: string | undefined): string =>
  counted === undefined || counted === asked ? asked : `${asked} (${counted})`;

function groundOf(decision: Decision): string {
  const item = decision.item === undefined ? '' : ` ${decision.item}の項`;
  const narrowed =
    decision.decision === 'permit' && decision.article !== undefined
      ? ` (第${decision.article}条 article ${decision.article})`
      : '';
  return `${decision.lawNumber}${item}${narrowed}`;
}

function whyNot(denial: Denial, permission: Permission, paint: Paint): readonly string[] {
  const reasons = denial.reasons.map((code) => {
    const [, ja, en] = ERRORS[code];
    return `  - ${ja} / ${en}  ${paint('dim', code)}`;
  });
  const head = paint('bold', '満たさない条件 conditions that fail');
  if (denial.code === 'list_not_in_force') return [head, ...reasons, ...periods(permission, paint)];
  const nearest =
    denial.nearest.length === 0
      ? [
          '  ありません / none: このリストにこの照会者の項はありません / the list has no item for this inquirer',
        ]
      : denial.nearest.map(alternative);
  return [head, ...reasons, paint('bold', '許される近い照会 nearest that is allowed'), ...nearest];
}

const alternative = ({ item, affair, providerRoles, information, changes }: Alternative): string =>
  [
    `  - ${item}の項: ${providerRoles.join('、')} → ${information.name}`,
    `    ${affair.name}`,
    `    変更 changed: ${changes.map((change) => CHANGES[change]).join(', ')}`,
  ].join('\n');

const periods = ({ lists }: Permission, paint: Paint): readonly string[] => [
  paint('bold', '照合リストの施行期間 lists and when they are in force'),
  ...lists.map(({ id, inForce }) => `  - ${id}: ${inForce.from ?? ''} – ${inForce.until ?? ''}`),
];
