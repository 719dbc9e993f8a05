import { z } from 'zod';
import { ERRORS, isErrorCode, RenkeiError } from '../../protocol/errors.ts';

const Named = z.object({ name: z.string() });
const Near = z.object({ item: z.string(), providerRoles: z.array(z.string()), information: Named });
const Codes = z.array(z.string());

const Outcome = z.object({
  state: z.string(),
  item: z.string().optional(),
  list: z.string().nullish(),
  exchange: z.string().optional(),
  ground: z.string().optional(),
  code: z.string().optional(),
  reasons: Codes.optional(),
  reason: z.string().optional(),
  nearest: z.array(Near).optional(),
  answer: z
    .object({ layoutVersion: z.string(), records: z.array(z.record(z.string(), z.unknown())) })
    .optional(),
});

const Decision = z.object({
  decision: z.enum(['permit', 'deny']),
  item: z.string().optional(),
  list: z.string().nullish(),
  lawNumber: z.string().optional(),
  code: z.string().optional(),
  reasons: Codes.optional(),
  nearest: z.array(Near).optional(),
});

/** A problem document, or a thrown RenkeiError; with reasons and ground it is a denial. */
const Problem = z.object({
  code: z.string().refine(isErrorCode),
  reasons: Codes.optional(),
  ground: z.string().optional(),
  nearest: z.array(Near).optional(),
});

/** Anything that tells how an inquiry was decided or ended, in one form. */
export interface Reading extends Omit<z.infer<typeof Outcome>, 'list'> {
  readonly list?: string | null | undefined;
}

/** Reads an outcome of `inquire`, a decision of `decide`, a problem document or a thrown error. */
export function readingOf(received: unknown): Reading | undefined {
  const outcome = Outcome.safeParse(received);
  if (outcome.success) return outcome.data;
  const decided = Decision.safeParse(received);
  if (decided.success) {
    const { decision, lawNumber, item, ...rest } = decided.data;
    const ground = ['番号法第19条第8号', lawNumber, item && `${item}の項`]
      .filter(Boolean)
      .join('、');
    return { ...rest, item, ground, state: decision === 'permit' ? 'permitted' : 'denied' };
  }
  const told =
    received instanceof RenkeiError
      ? { code: received.code, ...received.detail.extensions }
      : received;
  const problem = Problem.safeParse(told);
  if (!problem.success) return undefined;
  const { reasons, ground } = problem.data;
  return { ...problem.data, state: reasons && ground ? 'denied' : 'error' };
}

const PERMITTED = ['permitted', 'provided', 'deleted', 'no_record', 'pending', 'refused'];
export const isPermitted = ({ state }: Reading): boolean => PERMITTED.includes(state);

/** What is known, a line each, with the legal ground, for whoever reads a failure. */
export function tell(reading: Reading): string {
  const { state, code, reason, reasons = [], item, list, ground, nearest = [], exchange } = reading;
  const named = (each: string) =>
    isErrorCode(each) ? `${each} ${ERRORS[each][1]} / ${ERRORS[each][2]}` : each;
  const line = (name: string, text: string | null | undefined) =>
    text ? [`  ${name}  ${text}`] : [];
  return [
    ...line('結果 state', state),
    ...line('理由 code', code && named(code)),
    ...reasons.filter((each) => each !== code).flatMap((each) => line('理由 also', named(each))),
    ...line('拒否の理由 reason', reason),
    ...line('項 item', item && [item, list && `(${list})`].filter(Boolean).join(' ')),
    ...line('根拠 legal ground', ground),
    ...nearest.flatMap(({ item: near, providerRoles, information }) =>
      line(
        '許される近い照会 allowed',
        `${near}の項: ${providerRoles.join('、')} → ${information.name}`,
      ),
    ),
    ...line('提供 exchange', exchange),
  ].join('\n');
}

/** Of what cannot be read. */
export const unreadable = (received: unknown): string =>
  `expected how an inquiry ended (what client.inquire() resolves to), a decision, a problem document or a RenkeiError, not ${typeof received}`;
