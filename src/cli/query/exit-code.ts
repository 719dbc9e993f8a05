import { type ErrorCode, statusOf } from '../../protocol/errors.ts';
import type { Ending } from './inquire.ts';

/** The caller’s own mistakes. */
const USAGE: readonly ErrorCode[] = ['message_malformed', 'state_conflict'];

/** 0 answered, 1 usage, 3 open: can be asked again, 4 denied or refused. */
export function exitCodeOf(ending: Ending): number {
  if ('inquiry' in ending) {
    const { state } = ending.inquiry;
    if (state === 'refused') return 4;
    return ['provided', 'no_record', 'pending'].includes(state) ? 0 : 3;
  }
  const { code } = ending.error;
  if (USAGE.includes(code)) return 1;
  if (isDenial(ending.error) || code === 'code_not_acquired') return 4;
  // Whatever else went wrong on the way leaves the inquiry open.
  return statusOf(code) === 413 ? 1 : 3;
}

/** Whether the gateway decided against it: a denial says all of its reasons. */
export const isDenial = ({ detail }: { readonly detail: { readonly extensions?: unknown } }) =>
  typeof detail.extensions === 'object' &&
  detail.extensions !== null &&
  'reasons' in detail.extensions;
