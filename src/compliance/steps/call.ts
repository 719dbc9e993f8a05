import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import type { Outcome } from './outcome.ts';

/** Reads something at a node, as one of its callers or as nobody. */
export async function call(stage: Stage, it: Actions['call']): Promise<Outcome> {
  const agency = stage.codeOf(it.agency);
  const response = await callNode(stage, { agency, path: it.get, as: it.as });
  return { ...(problemIn(response) ?? { status: 'accepted' }), inquirer: agency };
}
