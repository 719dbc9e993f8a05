import type { Stage } from '../run/stage.ts';
import { REFERENCE } from '../scenario/step-reference.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import { type Memory, remembered } from './memory.ts';
import type { Outcome } from './outcome.ts';
import { inquiryIn } from './query.ts';

/** Calls a node, as one of its callers, in the session of a log-in, or as nobody. An inquiry in the answer is told as `look` does. */
export async function call(stage: Stage, it: Actions['call'], memory: Memory): Promise<Outcome> {
  const agency = stage.codeOf(it.agency);
  const session = it.session === undefined ? undefined : remembered(memory, it.session).session;
  const fill = (text: string) => filled(text, memory);
  const response = await callNode(stage, {
    ...{ agency, path: fill(it.get ?? it.post ?? ''), as: it.as },
    ...(it.post !== undefined && { body: JSON.parse(fill(JSON.stringify(it.body ?? {}))) }),
    ...(it.session !== undefined && { token: session ?? '' }),
  });
  const problem = problemIn(response);
  if (problem) return { ...problem, inquirer: agency };
  const { body } = response;
  return { status: 'accepted', body, ...inquiryIn(body), inquirer: agency };
}

const filled = (text: string, memory: Memory): string =>
  text.replaceAll(REFERENCE, (_, step: string, digest: string | undefined) => {
    const { inquiry, digest: shown, body } = remembered(memory, step);
    return (digest === undefined ? (inquiry ?? idIn(body)) : shown) ?? '';
  });

/** What is no inquiry may have an id as well: a batch. */
const idIn = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : undefined;
