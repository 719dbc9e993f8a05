import { z } from 'zod';
import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import { type Memory, remembered } from './memory.ts';
import type { Outcome } from './outcome.ts';

const Reviewed = z.looseObject({ state: z.string() });
const Waiting = z.looseObject({ reviews: z.array(z.unknown()) });

/** A member of staff reviews, approves or declines a provision that waits. */
export const reviewing =
  (name: 'review' | 'approve' | 'decline') =>
  async (stage: Stage, it: Actions['review'], memory: Memory): Promise<Outcome> => {
    const before = remembered(memory, it.of);
    const agency = it.at === undefined ? (before.provider ?? '') : stage.codeOf(it.at);
    const path = `/v1/reviews/${before.exchange}/${name}`;
    const response = await callNode(stage, { agency, path, as: it.by, body: {} });
    const { inquirer, provider, inquiry, exchange } = before;
    const parties = { inquirer, provider, inquiry, exchange };
    const problem = problemIn(response);
    const waiting = await waitingAt(stage, agency);
    if (problem) return { ...problem, ...parties, waiting };
    return { ...parties, waiting, status: Reviewed.parse(response.body).state };
  };

async function waitingAt(stage: Stage, agency: string): Promise<number> {
  const response = await callNode(stage, { agency, path: '/v1/reviews', as: 'kansa' });
  return Waiting.parse(response.body).reviews.length;
}
