import type { Ref } from '../scenario/schema.ts';

/** What came of a scenario, as the reports tell it. Only `durationMs` differs from one replay to the next. */

/** Something that is not as expected. */
export interface Mismatch {
  /** `expect.code`, `expect.records.gateway` */
  readonly what: string;
  readonly line: number;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** A message between two parties as it went by. */
export interface SeenMessage {
  /** By the network’s clock. */
  readonly at: string;
  readonly message: string;
  readonly from: string;
  readonly to: string;
  /** An error code, when the message is a refusal; a fault, when it met one. */
  readonly outcome?: string | undefined;
  readonly ids: readonly string[];
  readonly sealedDigest?: string | undefined;
}

export type StepVerdict = 'passed' | 'failed' | 'error' | 'skipped';

export interface StepResult {
  readonly number: number;
  readonly id?: string | undefined;
  readonly action: string;
  readonly title: string;
  readonly line: number;
  readonly verdict: StepVerdict;
  readonly mismatches: readonly Mismatch[];
  /** Why it could not be carried out. */
  readonly error?: string | undefined;
  readonly decision?: string | undefined;
  readonly code?: string | undefined;
  readonly status?: string | undefined;
  readonly list?: string | undefined;
  readonly item?: string | undefined;
  readonly ground?: string | undefined;
  readonly messages: readonly SeenMessage[];
  readonly records: Readonly<Record<string, readonly string[]>>;
}

export interface MatrixResult {
  readonly cases: number;
  readonly permitted: number;
  readonly denied: number;
  readonly failed: number;
  /** The first of those that failed. */
  readonly mismatches: readonly Mismatch[];
}

/** expected_failure: failed as the file of expected failures says; stale: that file says something that is no longer so. */
export type TestVerdict = 'passed' | 'failed' | 'error' | 'expected_failure' | 'stale' | 'not_run';

/** What a passed test has reached. */
export interface Reached {
  readonly list: string;
  readonly item: string;
  /** Place among the item’s provisions; undefined for a denial. */
  readonly provision?: number | undefined;
}

export interface TestResult {
  readonly file: string;
  readonly id: string;
  readonly because?: string | undefined;
  readonly ref: Ref;
  readonly line: number;
  readonly verdict: TestVerdict;
  readonly note?: string | undefined;
  readonly steps?: readonly StepResult[] | undefined;
  readonly matrix?: MatrixResult | undefined;
  readonly reached: readonly Reached[];
  readonly codes: readonly string[];
  readonly durationMs: number;
}

export interface FileResult {
  readonly file: string;
  readonly name: string;
  readonly about?: string | undefined;
  readonly ref: Ref;
  readonly seed: string;
  readonly now: string;
  readonly tests: readonly TestResult[];
  readonly durationMs: number;
}
