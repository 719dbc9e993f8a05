import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ERRORS } from '../../src/protocol/errors.ts';
import { ALL_AGENCIES, GATEWAY, REGISTRY } from '../../src/protocol/identifiers.ts';
import { KeyUse } from '../../src/protocol/keys.ts';
import { DIRECTION, Outcome, RefusalReason } from '../../src/protocol/outcome.ts';
import { Plaintext } from '../../src/protocol/plaintext.ts';
import { ProvisionRecord, RecordKind } from '../../src/protocol/record.ts';
import { KINDS } from './support/kinds.ts';

/**
 * Words that other parties have in their programs, databases and signed statements. Once released a word
 * may be added here, never changed and never removed.
 */

test('error codes', () => {
  expect(Object.keys(ERRORS).sort()).toEqual([
    'affair_not_listed',
    'agency_suspended',
    'agency_unknown',
    'approval_by_same_person',
    'approval_required',
    'assessment_breach',
    'clock_skew',
    'code_not_acquired',
    'gateway_unavailable',
    'information_not_listed',
    'inquirer_not_listed',
    'internal',
    'list_copy_disagrees',
    'list_copy_stale',
    'list_not_in_force',
    'log_inconsistent',
    'message_malformed',
    'message_replayed',
    'not_authenticated',
    'not_authorised',
    'not_found',
    'payload_too_large',
    'permit_already_used',
    'permit_expired',
    'permit_mismatch',
    'permit_not_yet_valid',
    'provider_code_unknown',
    'provider_not_listed',
    'provider_timeout',
    'provider_unavailable',
    'rate_limited',
    'record_unproven',
    'refused_by_provider',
    'signature_invalid',
    'state_conflict',
    'storage_full',
  ]);
});

const COMMON = 'jti iat iss aud';
const SUBJECT = 'inquirer provider affair item list information period';

/** Kinds of message by `typ`, with the members of their claims. */
const MESSAGES = {
  'answer+jwt': `${COMMON} exchange ${SUBJECT} direction outcome reason sealed`,
  'card-holder+jwt': `${COMMON} challenge residentCode`,
  'code-notice+jwt': `${COMMON} entries`,
  'code-request+jwt': `${COMMON} entries`,
  'collect+jwt': `${COMMON} received`,
  'correction+jwt': `${COMMON} exchange inquirer provider corrects facts request`,
  'correction-notice+jwt': `${COMMON} exchange correction`,
  'correction-request+jwt': `${COMMON} exchange request corrects facts`,
  'delivery+jwt': `${COMMON} exchange answer`,
  'denial+jwt': `${COMMON} request inquirer provider affair item information list code reasons nearest ground`,
  'directory+jwt': `${COMMON} exp version entries`,
  'key-change+jwt': `${COMMON} key replaces old proof`,
  'key-proof+jwt': `${COMMON} key replaces`,
  'permission-lists+jwt': `${COMMON} exp version lists roles`,
  'permit+jwt': `${COMMON} nbf exp request ${SUBJECT} oneTimeKey`,
  'permit-request+jwt': `${COMMON} affair item provider information period nonDisclosable person oneTimeKey`,
  'provide-request+jwt': `${COMMON} exchange ${SUBJECT} person oneTimeKey permittedAt nbf exp route`,
  'query+jwt': `${COMMON} permit`,
  'receipt+jwt': `${COMMON} exchange answer`,
  'resident-codes+jwt': `${COMMON} agency entries`,
};

test('kinds of message and the members of their claims', () => {
  const kinds = Object.values(KINDS).map(({ kind: { typ, claims } }) => {
    if (!(claims instanceof z.ZodObject)) throw new TypeError(`${typ} is no object`);
    return [typ, Object.keys(claims.shape).sort()] as const;
  });
  const expected = Object.entries(MESSAGES).map(
    ([typ, members]) => [typ, members.split(' ').sort()] as const,
  );
  expect(Object.fromEntries(kinds)).toEqual(Object.fromEntries(expected));
});

describe('words inside messages and records', () => {
  test.each<[string, readonly string[], string]>([
    ['outcomes', Outcome.options, 'provided no_record pending refused'],
    ['reasons to refuse', RefusalReason.options, 'restricted review_declined review_lapsed'],
    ['uses of keys', KeyUse.options, 'node address-numbers gateway registry log witness'],
    ['parties that are no agency', [GATEWAY, REGISTRY, ALL_AGENCIES], 'gateway registry agencies'],
    ['directions', [DIRECTION], 'provider-to-inquirer'],
    [
      'members of what is sealed',
      Object.keys(Plaintext.shape),
      'exchange inquirer provider direction information layoutVersion records',
    ],
    [
      'kinds of record',
      RecordKind.options,
      'permitted denied answered unanswered content_shown reviewed returned approved declined ' +
        'review_lapsed delivered result_deleted corrected correction_requested correction_declined ' +
        'disclosed message_refused lists_changed ' +
        'directory_changed keys_changed alarm log_trusted pruned hold_placed hold_released',
    ],
    [
      'members of a record',
      Object.keys(ProvisionRecord.shape),
      'kind at exchange message inquirer provider affair item list information period requestedAt ' +
        'answeredAt outcome reason code reasons statement corrects person log nonDisclosable pruned ' +
        'hold staff',
    ],
  ])('%s', (_what, words, frozen) => {
    expect(words.toSorted()).toEqual(frozen.split(' ').sort());
  });
});
