import type { MatrixCase } from '../scenario/matrix-cases.ts';
import { query } from '../steps/query.ts';
import { markOf, observe } from './observe.ts';
import type { Stage } from './stage.ts';
import { EVERYBODY } from './world-of.ts';

/**
 * Makes the inquiry of one case for real: signed, over HTTP, recorded. The judgement that the matrix saw must be
 * the one that counts.
 * @returns what came instead, or undefined when all is as expected
 */
export async function matrixSample(stage: Stage, each: MatrixCase): Promise<unknown> {
  const { inquirer, provider, item, information, expected } = each;
  const mark = markOf(stage);
  const it = { inquirer, provider, item, information, person: EVERYBODY, as: 'gyomu' };
  const outcome = await query(stage, it, new Map());
  await stage.network.settled();
  const { decision, code, status, records } = observe(stage, mark, outcome);
  const kinds = records.gateway.map(({ kind }) => kind);
  const wanted = expected.decision === 'permit' ? ['permitted', 'answered'] : ['denied'];
  const recorded = wanted.every((kind) => kinds.some((one) => one === kind));
  const ended = expected.decision === 'permit' ? status === 'no_record' : status === 'denied';
  if (decision === expected.decision && code === expected.code && recorded && ended)
    return undefined;
  return { ...{ decision, code, status }, records: kinds };
}
