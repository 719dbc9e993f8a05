import type { ErrorCode } from '../../protocol/errors.ts';
import type { RefusalReason } from '../../protocol/outcome.ts';
import { toAgree } from './agree.ts';
import { type PartialRecord, toHaveAnswer } from './answered.ts';
import { toBeDenied, toBePending, toBePermitted, toBeProvided, toBeRefused } from './decided.ts';

/** For `expect.extend(matchers)`; `renkei/testing/vitest` and `renkei/testing/jest` do that, types included. */
export const matchers = {
  toBePermitted,
  toBeDenied,
  toBePending,
  toBeProvided,
  toHaveAnswer,
  toBeRefused,
  toAgree,
};

/** The same as methods of `expect(…)`. */
export interface RenkeiMatchers<R> {
  /** The law allows it: `{ item: '25' }`. */
  toBePermitted(by?: { readonly item?: string; readonly list?: string }): R;
  /** It is denied with this code, for exactly these reasons. A provider that is down is no denial. */
  toBeDenied(code?: ErrorCode, options?: { readonly reasons?: readonly ErrorCode[] }): R;
  /** It waits for two members of the provider’s staff. */
  toBePending(): R;
  toBeProvided(): R;
  /** It was provided, and for each of these there is a record that says so. */
  toHaveAnswer(expected: PartialRecord | readonly PartialRecord[]): R;
  /** The provider’s staff declined it. */
  toBeRefused(reason?: RefusalReason): R;
  /** `expect(network.recordsOf(outcome)).toAgree()`: the parties’ records say the same (番号法23条). */
  toAgree(): R;
}
