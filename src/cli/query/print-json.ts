import { ERRORS, type RenkeiError, statusOf } from '../../protocol/errors.ts';
import type { Ask, Ending } from './inquire.ts';
import { type Step, stepJson } from './steps.ts';

/** The whole inquiry as one JSON document: {inquiry, steps, result} or {inquiry, steps, problem}. */
export function outcomeJson(
  inquiry: Ask & { readonly from: string },
  steps: readonly Step[],
  ending: Ending,
): string {
  const end =
    'error' in ending ? { problem: problemJson(ending.error) } : { result: ending.inquiry };
  return `${JSON.stringify({ inquiry, steps: steps.map(stepJson), ...end }, null, 2)}\n`;
}

/** As the node told it (RFC 9457). */
function problemJson({ code, detail }: RenkeiError) {
  const [, titleJa, titleEn] = ERRORS[code];
  const { ja = titleJa, en = titleEn, hint, extensions } = detail;
  const title = `${titleJa} / ${titleEn}`;
  return { code, title, status: statusOf(code), ja, en, hint, ...extensions };
}
