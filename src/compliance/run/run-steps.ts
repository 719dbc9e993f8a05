import type { ReadScenario } from '../scenario/read.ts';
import { placeOf } from '../scenario/read.ts';
import { ACTIONS, type ActionName, type Actions, type Step } from '../scenario/steps-schema.ts';
import { actions } from '../steps/actions.ts';
import type { Memory, Remembered } from '../steps/memory.ts';
import type { Outcome } from '../steps/outcome.ts';
import { compare } from './compare.ts';
import { markOf, type Observed, observe } from './observe.ts';
import type { StepResult } from './results.ts';
import type { Stage } from './stage.ts';
import { titleOf } from './title-of.ts';

export interface StepsRun {
  readonly steps: readonly StepResult[];
  /** What the steps that went as expected came to. */
  readonly observed: readonly Observed[];
}

/** Carries out the steps of a test up to the first that is not as expected. */
export async function runSteps(stage: Stage, read: ReadScenario, at: number): Promise<StepsRun> {
  const steps = read.scenario.tests[at]?.steps ?? [];
  const memory = new Map<string, Remembered>();
  const results: StepResult[] = [];
  const seen: Observed[] = [];
  for (const [number, step] of steps.entries()) {
    const going = results.every(({ verdict }) => verdict === 'passed');
    const run = {
      stage,
      read,
      step,
      memory,
      path: ['tests', at, 'steps', number],
      number: number + 1,
    };
    const done = going ? await runStep(run) : { result: skipped(run) };
    results.push(done.result);
    if (done.observed && done.result.verdict === 'passed') seen.push(done.observed);
  }
  return { steps: results, observed: seen };
}

interface Run {
  readonly stage: Stage;
  readonly read: ReadScenario;
  readonly step: Step;
  readonly memory: Map<string, Remembered>;
  readonly path: readonly (string | number)[];
  readonly number: number;
}

async function runStep(run: Run): Promise<{ result: StepResult; observed?: Observed }> {
  const { stage, read, step, memory, path } = run;
  const mark = markOf(stage);
  try {
    const outcome = await act(stage, step, memory);
    await stage.network.settled();
    const observed = observe(stage, mark, outcome);
    if (step.id !== undefined) {
      const { inquirer, provider, inquiry, exchange, digest, session, body } = observed;
      const until = stage.tap.passages.length;
      const left = { inquirer, provider, inquiry, exchange, digest, session, body };
      memory.set(step.id, { ...left, from: mark.passages, until });
    }
    const mismatches = compare(step.expect ?? {}, observed).map(({ path: inner, ...rest }) => ({
      what: ['expect', ...inner].join('.'),
      line: placeOf(read, [...path, 'expect', ...inner.map(indexOrKey)]).line,
      ...rest,
    }));
    const { decision, code, status, list, item, ground, messages, records } = observed;
    const result: StepResult = {
      ...head(run),
      ...{ decision, code, status, list, item, ground, messages, mismatches },
      verdict: mismatches.length === 0 ? 'passed' : 'failed',
      records: Object.fromEntries(
        Object.entries(records).map(([party, own]) => [party, own.map(({ kind }) => kind)]),
      ),
    };
    return { result, observed };
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { result: { ...head(run), ...NOTHING, verdict: 'error', error: said } };
  }
}

const NOTHING = { mismatches: [], messages: [], records: {} } as const;

const head = ({ read, step, path, number }: Run) => ({
  number,
  id: step.id,
  action: actionOf(step),
  title: titleOf(step),
  line: placeOf(read, [...path, actionOf(step)]).line,
});

const skipped = (run: Run): StepResult => ({ ...head(run), ...NOTHING, verdict: 'skipped' });

const isAction = (name: string): name is ActionName => Object.hasOwn(ACTIONS, name);

/** The one action of a step; its schema sees to it that there is one. */
export function actionOf(step: Step): ActionName {
  const [name] = Object.keys(step).filter(isAction);
  if (name === undefined) throw new RangeError('a step without an action');
  return name;
}

async function act(stage: Stage, step: Step, memory: Memory): Promise<Outcome> {
  const carry = async <Name extends ActionName>(name: Name): Promise<Outcome> => {
    const it = step[name];
    if (it === undefined) throw new RangeError(`a step without ${name}`);
    return await actions[name](stage, it as Actions[Name], memory);
  };
  return await carry(actionOf(step));
}

const indexOrKey = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step);
