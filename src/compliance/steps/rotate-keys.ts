import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import type { Outcome } from './outcome.ts';

/** An administrator has a node make a new signing key; `open`: the gateway does not know it yet. */
export async function rotateKeys(stage: Stage, it: Actions['rotateKeys']): Promise<Outcome> {
  const agency = stage.codeOf(it.agency);
  const path = '/v1/keys/rotate';
  const response = await callNode(stage, { agency, path, as: it.by, body: { now: it.now } });
  const parties = { provider: agency };
  const problem = problemIn(response);
  if (problem) return { ...problem, ...parties };
  return { ...parties, status: response.status === 200 ? 'accepted' : 'open' };
}
