import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../../protocol/errors.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import { type Memory, remembered } from './memory.ts';
import type { Outcome } from './outcome.ts';

/** What of an inquiry’s view is looked at. */
const View = z.looseObject({
  id: z.string(),
  state: z.string(),
  code: z.string().optional(),
  reason: z.string().optional(),
  item: z.string().optional(),
  list: z.string().optional(),
  exchange: z.string().optional(),
  provider: z.string().optional(),
  digest: z.string().optional(),
  answer: z.strictObject({ layoutVersion: z.string(), records: z.array(CopyRecord) }).optional(),
});

/** A business system makes an inquiry. */
export async function query(stage: Stage, it: Actions['query'], memory: Memory): Promise<Outcome> {
  const [inquirer, provider] = [stage.codeOf(it.inquirer), stage.codeOf(it.provider)];
  const id =
    it.again === undefined
      ? stage.newId()
      : (remembered(memory, it.again).inquiry ?? stage.newId());
  const { item, affair, information, period, as } = it;
  const response = await callNode(stage, {
    agency: inquirer,
    path: '/v1/inquiries',
    as,
    body: {
      ...{ id, provider, information },
      integratedAddressNumber: stage.cast.numberOf(it.person, inquirer),
      ...(item !== undefined && { item }),
      ...(affair !== undefined && { affair }),
      ...(period !== undefined && { period }),
    },
  });
  const parties = { inquirer, provider, inquiry: id };
  const problem = problemIn(response);
  if (!problem) return { ...viewed(response.body), ...parties };
  const { ground } = problem;
  if (ground !== undefined) return { ...problem, ...parties, status: 'denied' };
  // Refused on the way: what the node keeps of it, if anything.
  const kept = await callNode(stage, {
    agency: inquirer,
    path: `/v1/inquiries/${id}`,
    as: 'gyomu',
  });
  const view = problemIn(kept) ? undefined : viewed(kept.body);
  return {
    ...problem,
    ...parties,
    status: view?.status ?? 'not_made',
    exchange: view?.exchange ?? problem.exchange,
  };
}

/** Looks at an inquiry again. */
export async function look(stage: Stage, it: Actions['look'], memory: Memory): Promise<Outcome> {
  const { inquirer = '', provider, inquiry } = remembered(memory, it.of);
  const path = `/v1/inquiries/${inquiry}`;
  const response = await callNode(stage, { agency: inquirer, path, as: it.as });
  const parties = { inquirer, provider, inquiry };
  const problem = problemIn(response);
  return problem ? { ...problem, ...parties } : { ...viewed(response.body), ...parties };
}

function viewed(body: unknown): Outcome {
  const { state, code, reason, item, list, exchange, answer, digest } = View.parse(body);
  return { status: state, code: known(code), reason, item, list, exchange, answer, digest };
}

/** What an answer says of an inquiry, if it is about one. */
export function inquiryIn(body: unknown): Outcome | undefined {
  const view = View.extend({ integratedAddressNumber: z.string() }).safeParse(body);
  if (!view.success) return undefined;
  const { id, provider } = view.data;
  return { ...viewed(body), provider, inquiry: id };
}

const known = (code: string | undefined): ErrorCode | undefined =>
  code !== undefined && isErrorCode(code) ? code : undefined;
