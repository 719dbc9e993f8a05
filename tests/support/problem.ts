import { expect } from 'vitest';
import { ERRORS, isErrorCode } from '../../src/protocol/errors.ts';
import type { Reply } from './call.ts';

/** What every refusal is: a problem document with a frozen code, in both languages, and nothing internal. */
export function expectProblem(reply: Reply, code: string, status?: number): void {
  expect(reply.text, `expected ${code}`).toContain(`"code":"${code}"`);
  expect(reply.json).toMatchObject({ code, type: `urn:renkei:error:${code}` });
  if (!isErrorCode(code)) throw new Error(`${code} is not a frozen code`);
  const [http, ja, en] = ERRORS[code];
  expect(reply.status).toBe(status ?? http);
  expect(reply.type).toBe('application/problem+json');
  expect(reply.json).toMatchObject({ status: status ?? http, title: `${ja} / ${en}` });
  for (const text of [reply.json.ja, reply.json.en, reply.json.detail]) {
    expect(text).toBeTypeOf('string');
    expect(text).not.toBe('');
  }
  if ('hint' in reply.json) {
    expect(reply.json.hint).toEqual({ ja: expect.any(String), en: expect.any(String) });
  }
  expect(reply.text).not.toMatch(/\bat (async )?\w+.*\.ts|node:internal|\/src\/|SQLITE|stack/);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
}
