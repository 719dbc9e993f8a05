import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/protocol/encoding.ts';
import { ERRORS, isErrorCode, RenkeiError, statusOf } from '../../src/protocol/errors.ts';
import type { CommonClaims } from '../../src/protocol/message.ts';
import { problemOfError } from '../../src/service/http/problem.ts';
import { fc } from '../support/property.ts';
import { aMessage, kindOf } from './support/kinds.ts';
import { opening } from './support/opening.ts';
import { another, type Party, party } from './support/parties.ts';
import { headerText, partsOf, rawToken } from './support/raw-token.ts';

/** The statuses as they were agreed; a code's status does not change either. */
const STATUSES = {
  inquirer_not_listed: 403,
  affair_not_listed: 403,
  provider_not_listed: 403,
  information_not_listed: 403,
  list_not_in_force: 403,
  assessment_breach: 403,
  code_not_acquired: 409,
  provider_code_unknown: 409,
  permit_expired: 409,
  permit_not_yet_valid: 409,
  permit_already_used: 409,
  permit_mismatch: 409,
  signature_invalid: 401,
  message_malformed: 400,
  message_replayed: 409,
  clock_skew: 401,
  agency_unknown: 401,
  agency_suspended: 403,
  provider_unavailable: 502,
  provider_timeout: 504,
  list_copy_stale: 409,
  list_copy_disagrees: 409,
  refused_by_provider: 200,
  approval_required: 409,
  approval_by_same_person: 409,
  not_authenticated: 401,
  not_authorised: 403,
  not_found: 404,
  state_conflict: 409,
  payload_too_large: 413,
  rate_limited: 429,
  record_unproven: 409,
  log_inconsistent: 409,
  gateway_unavailable: 502,
  storage_full: 507,
  internal: 500,
};

test('every code has its status, and there is no other code', () => {
  const statuses = Object.keys(ERRORS).map((code) => [code, isErrorCode(code) && statusOf(code)]);
  expect(Object.fromEntries(statuses)).toEqual(STATUSES);
});

test.each(Object.entries(ERRORS))('%s says what it is in both languages', (code, [, ja, en]) => {
  expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
  expect(ja).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
  expect(en).toMatch(/^[A-Z][\x20-\x7e’]+$/);
});

test('no two codes say the same', () => {
  expect(new Set(Object.values(ERRORS).map(([, ja]) => ja)).size).toBe(Object.keys(ERRORS).length);
});

test('only the codes are codes', () => {
  const others = ['toString', '__proto__', 'constructor', 'hasOwnProperty', '', 'INTERNAL', 'no'];
  expect(others.filter(isErrorCode)).toEqual([]);
  expect(Object.keys(STATUSES).filter((code) => !isErrorCode(code))).toEqual([]);
});

describe('a RenkeiError', () => {
  test('without words says those of its code', () => {
    const error = new RenkeiError('clock_skew');
    expect(error.message).toBe('clock_skew: The message time is out of tolerance');
    expect([error.name, error.code, error.detail]).toEqual(['RenkeiError', 'clock_skew', {}]);
    expect(error).toBeInstanceOf(Error);
  });

  test('keeps its words, hint and members apart from its code', () => {
    const detail = { ja: '語', en: 'words', hint: { ja: '次', en: 'next' }, extensions: { a: 1 } };
    const error = new RenkeiError('internal', detail, { cause: 'why' });
    expect([error.message, error.detail, error.cause]).toEqual(['internal: words', detail, 'why']);
  });
});

/** Members whose values must never be read in an error. */
const SECRET = new Set(
  'jti acquisition person code individualNumber residentCode oneTimeKey digest exchange request permit answer x'.split(
    ' ',
  ),
);

const secretsOf = (claims: CommonClaims): string[] => {
  const found: string[] = [];
  JSON.stringify(claims, (name, value: unknown) => {
    if (SECRET.has(name) && typeof value === 'string' && value.length > 10) found.push(value);
    return value;
  });
  return found;
};

/** A message before it is signed. */
interface Draft {
  readonly header: string;
  readonly payload: string;
  readonly signer: Party;
}
type Break = (draft: Draft, it: CommonClaims) => Draft;

const payload =
  (change: (json: string, it: CommonClaims) => string): Break =>
  (draft, it) => ({ ...draft, payload: change(draft.payload, it) });

/** Ways in which a message fails, each near its secrets: not JSON, wrong shape, wrong form, wrong signature. */
const broken = fc.constantFrom<Break[]>(
  payload((json) => json.replace(/}$/, '"')),
  payload((json) => `${json}x`),
  payload((json) => `${json}\n`),
  payload((json) => json.slice(1)),
  payload((json) => json.slice(0, -9)),
  payload((json) => `[${json}]`),
  payload((_json, it) => canonicalJson({ ...it, iat: 'x' })),
  payload((_json, it) => canonicalJson({ ...it, [it.jti]: 1 })),
  payload((_json, it) => canonicalJson({ ...it, jti: `${it.jti}=` })),
  (draft, it) => ({ ...draft, header: draft.header.replace('EdDSA', it.jti) }),
  (draft, it) => ({ ...draft, header: `${draft.header}${it.jti}` }),
  (draft, it) => ({ ...draft, signer: another(it.iss) }),
);

test('no error of a refused message, with its causes, holds anything secret of it, nor its token', async () => {
  await fc.assert(
    fc.asyncProperty(aMessage, broken, async ({ file, it }, breakIt) => {
      const { kind } = kindOf(file);
      const signer = party(it.iss);
      const draft = { header: headerText(kind.typ, signer), payload: canonicalJson(it), signer };
      const sent = breakIt(draft, it);
      const token = rawToken(sent.header, sent.payload, sent.signer);
      const error = await opening(kind, token, it).then(
        () => expect.unreachable('accepted'),
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof RenkeiError)) throw error;
      const told = `${inspect(error, { depth: 9 })}${JSON.stringify(problemOfError(error))}${error.stack}`;
      for (const secret of [...secretsOf(it), token, ...partsOf(token).slice(1)]) {
        expect(secret === '' || !told.includes(secret)).toBe(true);
      }
      // Not even the part that a JSON parser would quote.
      for (const secret of secretsOf(it)) expect(told).not.toContain(secret.slice(0, 9));
    }),
    { numRuns: 300 },
  );
});
