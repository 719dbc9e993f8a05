import { z } from 'zod';
import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import { type Memory, type Remembered, remembered } from './memory.ts';
import type { Outcome } from './outcome.ts';

const Reviewed = z.looseObject({ state: z.string() });
const Waiting = z.looseObject({ reviews: z.array(z.unknown()) });
const Shown = z.looseObject({ seen: z.string() });

/** Of content that nobody looked at. */
const NOTHING_SEEN = 'A'.repeat(43);

type Step = 'enter' | 'review' | 'return' | 'approve' | 'decline';

/** A member of staff looks at the content, and reviews or approves what was shown. */
export const lookingFirst =
  (name: 'review' | 'approve') =>
  async (stage: Stage, it: Actions['review'], memory: Memory): Promise<Outcome> => {
    const { before, agency } = placeOf(stage, it, memory);
    const path = `/v1/reviews/${before.exchange}`;
    const shown = it.shown ? await callNode(stage, { agency, path, as: it.by }) : undefined;
    const seen = shown && !problemIn(shown) ? Shown.parse(shown.body).seen : NOTHING_SEEN;
    return await take(stage, it, memory, name, { seen });
  };

/** A member of staff returns or declines a provision that waits. */
export const givingReason =
  (name: 'return' | 'decline') => (stage: Stage, it: Actions['decline'], memory: Memory) =>
    take(stage, it, memory, name, { reason: it.reason });

/** A member of staff enters what the originals say. */
export const enter = (stage: Stage, it: Actions['enter'], memory: Memory): Promise<Outcome> =>
  take(stage, it, memory, 'enter', { layoutVersion: it.layoutVersion, records: it.records });

interface Place {
  readonly of: string;
  readonly by: string;
  readonly at?: string | undefined;
}

function placeOf(stage: Stage, it: Place, memory: Memory): { before: Remembered; agency: string } {
  const before = remembered(memory, it.of);
  const agency = it.at === undefined ? (before.provider ?? '') : stage.codeOf(it.at);
  return { before, agency };
}

async function take(
  stage: Stage,
  it: Place,
  memory: Memory,
  name: Step,
  body: unknown,
): Promise<Outcome> {
  const { before, agency } = placeOf(stage, it, memory);
  const path = `/v1/reviews/${before.exchange}/${name}`;
  const response = await callNode(stage, { agency, path, as: it.by, body });
  const { inquirer, provider, inquiry, exchange } = before;
  const parties = { inquirer, provider, inquiry, exchange };
  const problem = problemIn(response);
  const waiting = await waitingAt(stage, agency);
  if (problem) return { ...problem, ...parties, waiting };
  return { ...parties, waiting, status: Reviewed.parse(response.body).state };
}

async function waitingAt(stage: Stage, agency: string): Promise<number> {
  const response = await callNode(stage, { agency, path: '/v1/reviews', as: 'tanto' });
  return Waiting.parse(response.body).reviews.length;
}
