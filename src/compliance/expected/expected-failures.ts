import { z } from 'zod';
import { readDocument } from '../../network/config/document.ts';
import { day, text } from '../../network/config/fields.ts';
import { ConfigInvalid } from '../../network/config/invalid.ts';
import type { TestResult, TestVerdict } from '../run/results.ts';
import { explain } from '../scenario/explain.ts';
import { ScenarioInvalid } from '../scenario/invalid.ts';
import { keysIn } from '../scenario/json-schema.ts';
import { refuseAny } from '../scenario/read.ts';

/** Tests that are known to fail for now, each with a reason and the day after which that is no excuse. */
export const ExpectedFailuresSchema = z.strictObject({
  version: z.literal(1),
  failures: z.array(
    z.strictObject({
      file: text(
        'シナリオのファイル（このファイルからの相対パス）',
        'Scenario file, relative to this one',
      ),
      test: text('テストの id', 'Id of the test'),
      reason: text('理由', 'Why it fails'),
      until: day('この日まで', 'The last day on which it may fail'),
    }),
  ),
});

export interface ExpectedFailure {
  readonly file: string;
  readonly test: string;
  readonly reason: string;
  readonly until: string;
  readonly line: number;
}

/** @throws ScenarioInvalid */
export function readExpectedFailures(source: string, path: string): ExpectedFailure[] {
  const { value, locate } = documentOf(source, path);
  const result = ExpectedFailuresSchema.safeParse(value, { reportInput: true });
  if (!result.success) {
    const schema = z.toJSONSchema(ExpectedFailuresSchema, { target: 'draft-7', io: 'input' });
    refuseAny(
      explain(result.error.issues, (above) => keysIn(schema, above)),
      path,
      locate,
    );
    throw result.error;
  }
  return result.data.failures.map((failure, at) => ({
    ...failure,
    line: locate(['failures', at]).line,
  }));
}

function documentOf(source: string, path: string) {
  try {
    return readDocument(source, path);
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    throw new ScenarioInvalid(path, error.problems, { cause: error });
  }
}

/** A test’s verdict once it is known what was expected of it. */
export function judged(
  result: TestResult,
  expected: ExpectedFailure | undefined,
  today: string,
): { readonly verdict: TestVerdict; readonly note?: string } {
  const { verdict } = result;
  if (!expected) return { verdict };
  const { reason, until } = expected;
  if (verdict === 'passed') {
    return {
      verdict: 'stale',
      note: `失敗するはずだが合格した / expected to fail, but passed: ${reason}`,
    };
  }
  // What could not run has not failed as expected.
  if (verdict !== 'failed') return { verdict };
  if (today > until) {
    return {
      verdict: 'stale',
      note: `期限 ${until} を過ぎた / its time ended on ${until}: ${reason}`,
    };
  }
  return { verdict: 'expected_failure', note: `${until} まで / until ${until}: ${reason}` };
}
