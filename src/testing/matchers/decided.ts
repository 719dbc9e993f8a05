import type { ErrorCode } from '../../protocol/errors.ts';
import type { RefusalReason } from '../../protocol/outcome.ts';
import { isPermitted } from './reading.ts';
import { judged, type MatcherResult } from './result.ts';

/** The law allows it: by this item, of this list. */
export function toBePermitted(
  received: unknown,
  by: { readonly item?: string; readonly list?: string } = {},
): MatcherResult {
  const { item, list } = by;
  const under = item === undefined ? '' : ` under item ${item} (${item}の項)`;
  const of = list === undefined ? '' : ` of the list ${list}`;
  return judged(
    received,
    `permitted${under}${of}`,
    (reading) =>
      isPermitted(reading) &&
      (item === undefined || reading.item === item) &&
      (list === undefined || reading.list === list),
  );
}

/** It is denied, with this code, for exactly these reasons. A provider that is down is no denial. */
export function toBeDenied(
  received: unknown,
  code?: ErrorCode,
  { reasons }: { readonly reasons?: readonly ErrorCode[] } = {},
): MatcherResult {
  const why = [code, reasons && `for ${reasons.join(', ')}`].filter(Boolean).join(' ');
  return judged(
    received,
    `denied ${why}`.trim(),
    (reading) =>
      reading.state === 'denied' &&
      (code === undefined || reading.code === code) &&
      (reasons === undefined || sameSet(reasons, reading.reasons ?? [])),
  );
}

/** It waits for two members of the provider’s staff. */
export const toBePending = (received: unknown): MatcherResult =>
  judged(received, 'pending', ({ state }) => state === 'pending');

/** The provider’s staff declined it, for this reason. */
export const toBeRefused = (received: unknown, reason?: RefusalReason): MatcherResult =>
  judged(
    received,
    `refused ${reason ?? ''}`.trim(),
    (reading) => reading.state === 'refused' && (reason === undefined || reading.reason === reason),
  );

/** It was provided. */
export const toBeProvided = (received: unknown): MatcherResult =>
  judged(received, 'provided', ({ state }) => state === 'provided');

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  new Set(one).symmetricDifference(new Set(other)).size === 0;
