import { z } from 'zod';
import { ERRORS, isErrorCode, type RenkeiError } from '../../protocol/errors.ts';
import { NearestItem } from '../../protocol/nearest-item.ts';
import { harmless, type Paint } from '../output/style.ts';
import { ADVICE } from './advice.ts';

const Extensions = z.looseObject({
  reasons: z.array(z.string()).default([]),
  nearest: z.array(NearestItem).default([]),
  ground: z.string().default(''),
});
export type Nearest = z.infer<typeof NearestItem>;

/** What a refusal says beyond its code: all reasons, the ground, the nearest that the law allows. */
export const denialOf = ({ detail }: RenkeiError): z.infer<typeof Extensions> => {
  const read = Extensions.safeParse(detail.extensions ?? {});
  return read.success ? read.data : { reasons: [], nearest: [], ground: '' };
};

const CHANGES: Readonly<Record<string, string>> = {
  item: '項 item',
  provider: '情報提供者 provider',
  information: '特定個人情報 information',
};

/**
 * A refusal for people: code, reasons, legal ground, what the law does allow, what to do.
 * @param again the command that asks for an alternative, where a command can
 */
export function refusalText(
  error: RenkeiError,
  again: (nearest: Nearest) => string | undefined,
  paint: Paint,
): string {
  const { code, detail } = error;
  const { reasons, nearest, ground } = denialOf(error);
  const [, ja, en] = ERRORS[code];
  const head = reasons.length > 0 ? '不許可 DENIED' : '照会できませんでした NOT ANSWERED';
  const lines = [`${paint('red', head)}  ${paint('bold', code)}`, `  ${ja}`, `  ${en}`];
  if (reasons.length > 0) {
    const each = reasons.map(
      (reason) =>
        `  - ${isErrorCode(reason) ? `${ERRORS[reason][1]} / ${ERRORS[reason][2]}  ` : ''}${paint('dim', harmless(reason))}`,
    );
    lines.push(paint('bold', '満たさない条件 conditions that fail'), ...each);
    if (ground !== '') lines.push(`${paint('bold', '根拠 legal ground')}  ${harmless(ground)}`);
  } else {
    if (detail.ja !== undefined && detail.ja !== ja) lines.push(`  ${harmless(detail.ja)}`);
    if (detail.en !== undefined && detail.en !== en) lines.push(`  ${harmless(detail.en)}`);
  }
  if (nearest.length > 0) {
    lines.push(paint('bold', '許される近い照会 what the law does allow'));
    lines.push(...nearest.flatMap((one) => nearestLines(one, paint)));
  }
  const advice = detail.hint ?? ADVICE[code];
  const commands = [...new Set(nearest.map(again).filter((command) => command !== undefined))];
  if (advice || commands.length > 0) lines.push(paint('bold', '次に what to do next'));
  if (advice) lines.push(`  ${harmless(advice.ja)}`, `  ${harmless(advice.en)}`);
  return [...lines, ...commands.slice(0, 1).map((command) => `  ${command}`)].join('\n');
}

function nearestLines(one: Nearest, paint: Paint): string[] {
  const { item, affair, providerRoles, information, changes } = one;
  const changed = changes.map((change) => CHANGES[change] ?? change).join(', ');
  return [
    `  - ${item}の項 item ${item}: ${providerRoles.join('、')} → ${information.name}`,
    `    ${paint('dim', affair.name)}`,
    `    ${paint('dim', `変更 changed: ${changed}`)}`,
  ];
}
