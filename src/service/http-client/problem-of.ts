import { z } from 'zod';
import { isErrorCode, RenkeiError } from '../../protocol/errors.ts';
import type { JsonResponse } from './post-json.ts';
import { TransportError } from './transport-error.ts';

const MOST_CHARACTERS = 1_000;
const words = z.string().max(MOST_CHARACTERS);

/** The members this project's services always write (src/service/http/problem.ts). */
const problem = z.looseObject({
  type: words,
  title: words,
  status: z.int(),
  code: z.string().refine(isErrorCode),
  detail: z.string().max(2 * MOST_CHARACTERS + 3),
  ja: words,
  en: words,
  hint: z.strictObject({ ja: words, en: words }).optional(),
  instance: words.optional(),
});

/**
 * The error that a peer's answer tells, or undefined when it is no problem document.
 * Throws TransportError `malformed` for a problem document that is broken, whose status is not that
 * of its answer, or whose code is not one of the frozen codes.
 */
export function problemOf(response: JsonResponse): RenkeiError | undefined {
  if (response.mediaType !== 'application/problem+json') return undefined;
  const read = problem.safeParse(response.body);
  if (!read.success || read.data.status !== response.status) {
    throw new TransportError('malformed', true, { code: `status_${response.status}` });
  }
  const { type, title, status, code, detail, ja, en, hint, instance, ...extensions } = read.data;
  return new RenkeiError(code, {
    ja,
    en,
    ...(hint === undefined ? {} : { hint }),
    ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
  });
}
