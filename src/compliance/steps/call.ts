import type { Stage } from '../run/stage.ts';
import { isPersonMember, REFERENCE } from '../scenario/step-reference.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import { type Memory, remembered } from './memory.ts';
import type { Outcome } from './outcome.ts';
import { inquiryIn } from './query.ts';

/**
 * Calls a node, an address-number system or the control plane, as one of its callers, in the session of a log-in, or as nobody. An inquiry in
 * the answer is told as `look` does.
 */
export async function call(stage: Stage, it: Actions['call'], memory: Memory): Promise<Outcome> {
  const agency = stage.codeOf(it.agency);
  const session = it.session === undefined ? undefined : remembered(memory, it.session).session;
  const fill = (text: string) => filled(text, stage, agency, memory);
  const response = await callNode(stage, {
    ...{ agency, to: it.to, path: encodeURI(fill(it.get ?? it.post ?? '')), as: it.as },
    ...(it.post !== undefined && { body: JSON.parse(fill(JSON.stringify(it.body ?? {}))) }),
    mayBeFile: true,
    ...(it.file !== undefined && { file: fill(it.file) }),
    ...(it.session !== undefined && { token: session ?? '' }),
  });
  const problem = problemIn(response);
  const { body } = response;
  if (problem) return { ...problem, body, inquirer: agency };
  return { status: 'accepted', body, ...inquiryIn(body), inquirer: agency };
}

const filled = (text: string, { cast }: Stage, agency: string, memory: Memory): string =>
  text.replaceAll(REFERENCE, (_, name: string, member: string | undefined) => {
    if (isPersonMember(member)) return cast.memberOf(name, agency, member);
    const { inquiry, digest, exchange, body } = remembered(memory, name);
    if (member === undefined) return inquiry ?? memberIn(body, 'id');
    const own: Readonly<Record<string, string | undefined>> = { digest, exchange };
    return own[member] ?? memberIn(body, member);
  });

/** What is no inquiry may have an id as well: a batch, a draft. */
const memberIn = (body: unknown, name: string): string =>
  typeof body === 'object' && body !== null ? String(Reflect.get(body, name) ?? '') : '';
