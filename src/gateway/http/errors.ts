import type { ErrorCode } from '../../protocol/errors.ts';

/** What any message to the gateway may be refused with before it is looked into. */
export const MESSAGE_ERRORS: readonly ErrorCode[] = [
  'signature_invalid',
  'clock_skew',
  'message_replayed',
  'agency_unknown',
  'agency_suspended',
  'storage_full',
];
