import { csvText } from '../../service/csv/write-csv.ts';
import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import type { Outcome } from './outcome.ts';

const HEADER = ['person', 'provider', 'item', 'affair', 'information'];

/** Sends an inquiry file. One inquiry at a time, so that the same happens every time. */
export async function batch(stage: Stage, it: Actions['batch']): Promise<Outcome> {
  const inquirer = stage.codeOf(it.inquirer);
  const rows = (it.rows ?? []).map(({ person, provider, item = '', affair = '', information }) => [
    stage.cast.numberOf(person, inquirer),
    stage.codeOf(provider),
    ...[item, affair, information],
  ]);
  const response = await callNode(stage, {
    ...{ agency: inquirer, path: '/v1/batches?concurrency=1', as: it.as },
    file: it.file ?? csvText([HEADER, ...rows]),
  });
  const { body } = response;
  const problem = problemIn(response);
  if (problem) return { ...problem, inquirer, body };
  return { status: 'accepted', body, inquirer };
}
