import { informationCode } from '../../protocol/permission/codes.ts';
import { provisionOf } from '../coverage/provision-of.ts';
import { casesOf, type MatrixCase } from '../scenario/matrix-cases.ts';
import { isInformationCode } from '../scenario/parties-schema.ts';
import { placeOf, type ReadScenario } from '../scenario/read.ts';
import { matrixSample } from './matrix-sample.ts';
import type { MatrixResult, Mismatch, Reached } from './results.ts';
import type { Stage } from './stage.ts';
import { EVERYBODY } from './world-of.ts';

/** So many mismatches are told one by one. */
const TOLD = 20;

export interface MatrixRun {
  readonly result: MatrixResult;
  readonly reached: readonly Reached[];
  readonly codes: ReadonlySet<string>;
}

/**
 * Decides every case of a matrix by the gateway’s own judging, in its process and unrecorded: law, assessments
 * and codes, as for a signed request. One permitted and one refused case go the whole way besides (matrix-sample.ts).
 */
export async function runMatrix(stage: Stage, read: ReadScenario, at: number): Promise<MatrixRun> {
  const matrix = read.scenario.tests[at]?.matrix;
  if (!matrix) throw new RangeError('a test without a matrix');
  const path = ['tests', at, 'matrix'];
  const mismatches: Mismatch[] = [];
  const reached = new Map<string, Reached>();
  const codes = new Set<string>();
  const samples = new Map<string, MatrixCase>();
  let [cases, permitted, failed] = [0, 0, 0];
  const judged = judgeOf(stage);
  const miss = (each: MatrixCase, actual: unknown) => {
    failed += 1;
    if (mismatches.length === TOLD) return;
    const { inquirer, provider, item, information, expected, rule } = each;
    const where = rule === undefined ? [...path, 'default'] : [...path, 'expected', rule];
    mismatches.push({
      what: `${inquirer} × ${provider} × ${item} × ${information}`,
      line: placeOf(read, where).line,
      expected,
      actual,
    });
  };
  for (const each of casesOf(matrix)) {
    const actual = judged(each);
    cases += 1;
    if (actual.decision === 'permit') permitted += 1;
    if (!asExpected(each, actual)) {
      miss(each, {
        decision: actual.decision,
        ...(actual.code !== undefined && { code: actual.code, reasons: actual.reasons }),
      });
      continue;
    }
    if (actual.code !== undefined) codes.add(actual.code);
    if (!samples.has(actual.decision)) samples.set(actual.decision, each);
    const provision =
      actual.decision === 'permit' ? provisionOf(stage, actual, each.provider) : undefined;
    if (actual.list !== null && actual.item !== undefined) {
      const place = { list: actual.list, item: actual.item, provision };
      reached.set(`${place.list} ${place.item} ${provision}`, place);
    }
  }
  for (const sample of samples.values()) {
    const difference = await matrixSample(stage, sample);
    if (difference !== undefined) miss(sample, difference);
  }
  const result = { cases, permitted, denied: cases - permitted, failed, mismatches };
  return { result, reached: [...reached.values()], codes };
}

/** A judgement as far as a matrix looks at it. */
export interface Judged {
  readonly decision: 'permit' | 'deny';
  readonly list: string | null;
  readonly item?: string | undefined;
  readonly code?: string | undefined;
  readonly reasons?: readonly string[] | undefined;
  /** Code of the information that is permitted. */
  readonly information?: string | undefined;
}

function judgeOf({ network, cast, codeOf }: Stage): (each: MatrixCase) => Judged {
  const persons = new Map<string, string>();
  const personOf = (agency: string): string => {
    const known = persons.get(agency);
    if (known !== undefined) return known;
    const number = cast.numberOf(EVERYBODY, agency);
    const code = network.agency(agency).node.store.read.codeOf(number) ?? '';
    persons.set(agency, code);
    return code;
  };
  const informationCodes = new Map<string, string>();
  const codeOfInformation = (name: string): string => {
    const known = informationCodes.get(name);
    if (known !== undefined) return known;
    const code = isInformationCode(name) ? name : informationCode(name);
    informationCodes.set(name, code);
    return code;
  };
  return ({ inquirer, provider, item, information }) => {
    const iss = codeOf(inquirer);
    const judgement = network.gateway.judge({
      ...{ iss, item },
      provider: codeOf(provider),
      information: codeOfInformation(information),
      person: personOf(iss),
    });
    if (judgement.decision === 'deny') return judgement;
    const { permit } = judgement;
    return {
      decision: 'permit',
      list: permit.list,
      item: permit.item,
      information: permit.information.code,
    };
  };
}

function asExpected({ expected, item }: MatrixCase, actual: Judged): boolean {
  const { decision, code, reasons } = expected;
  if (decision !== actual.decision || code !== actual.code) return false;
  if (decision === 'permit') return actual.item === item;
  return (
    reasons === undefined ||
    (reasons.length === actual.reasons?.length &&
      reasons.every((reason) => actual.reasons?.includes(reason)))
  );
}
