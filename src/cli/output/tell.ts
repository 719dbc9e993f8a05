import { inspect } from 'node:util';
import type { CliFailure, Finding } from './cli-failure.ts';
import type { Paint } from './style.ts';

/** A failure for people: code, place, reason and what to do, in both languages. */
export function tell({ code, findings }: CliFailure, paint: Paint): string {
  const lines = [`${paint('red', '誤り error')}  ${paint('bold', code)}`];
  for (const finding of findings) lines.push(...linesOf(finding, paint));
  return `${lines.join('\n')}\n`;
}

function linesOf({ place, ja, en, hint }: Finding, paint: Paint): string[] {
  const lines = place === undefined ? [] : [`  ${paint('cyan', place)}`];
  lines.push(`  ${ja}`);
  if (en !== ja) lines.push(`  ${en}`);
  if (hint) lines.push(`  ${paint('yellow', '対処 hint:')} ${hint.ja}`, `             ${hint.en}`);
  return lines;
}

/** Everything about it, for whoever set RENKEI_DEBUG=1. */
export const tellAll = (error: unknown): string => `${inspect(error)}\n`;
