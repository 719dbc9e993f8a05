import { z } from '@hono/zod-openapi';
import {
  ERRORS,
  type ErrorCode,
  isErrorCode,
  type RenkeiError,
  statusOf,
} from '../../protocol/errors.ts';

export const PROBLEM_TYPE = 'application/problem+json';

const hintSchema = z.object({ ja: z.string(), en: z.string() });

/** The problem document (RFC 9457): every answer that is not what was asked for. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe('urn:renkei:error:CODE'),
    title: z.string().describe('日本語 / English'),
    status: z.int().min(100).max(599),
    code: z.string().refine(isErrorCode).describe('A frozen code'),
    detail: z.string().describe('日本語 / English'),
    ja: z.string(),
    en: z.string(),
    hint: hintSchema.optional().describe('What to do next'),
    instance: z.string().optional().describe('urn:renkei:problem:ID, as in the log'),
  })
  .openapi('Problem');

/** A problem document, before it becomes bytes. Members beyond the named are RenkeiError extensions. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly ja: string;
  readonly en: string;
  readonly hint?: { readonly ja: string; readonly en: string } | undefined;
  readonly instance?: string | undefined;
  readonly [extension: string]: unknown;
}

/**
 * Tells an error as a problem document. Only the code and the error's own harmless words appear;
 * its message, cause and stack do not.
 *
 * @param id Identifies this one occurrence, for finding it in the log.
 */
export function problemOfError(error: RenkeiError, id?: string): Problem {
  const [, titleJa, titleEn] = ERRORS[error.code];
  const { ja = titleJa, en = titleEn, hint, extensions } = error.detail;
  return {
    ...extensions,
    type: `urn:renkei:error:${error.code}`,
    title: `${titleJa} / ${titleEn}`,
    status: statusOf(error.code),
    code: error.code,
    detail: `${ja} / ${en}`,
    ja,
    en,
    hint,
    instance: id === undefined ? undefined : `urn:renkei:problem:${id}`,
  };
}
