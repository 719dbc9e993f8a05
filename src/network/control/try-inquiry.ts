import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';

/** What `x-node-authorization` says when the operator has no credential of the node: the ready business system’s is lent. */
export const LENT = 'as=gyomu';

/** The one thing that it is lent for: an inquiry to try. @throws RenkeiError not_authorised */
export function checkLent(method: string, path: string): void {
  if (method === 'POST' && path === '/v1/inquiries') return;
  throw new RenkeiError('not_authorised', {
    ja: `${LENT} でできるのは、照会を試すことだけです`,
    en: `${LENT} is for trying an inquiry, and for nothing else`,
    hint: {
      ja: 'その中間サーバーの業務システムか職員のトークンを x-node-authorization で送ってください',
      en: 'Send the token of a business system or of staff of that node in x-node-authorization',
    },
  });
}

const Answered = z.looseObject({
  answer: z.looseObject({ records: z.array(z.record(z.string(), z.unknown())) }),
});

/** An inquiry as the operator may see it: that it was answered, and with which items, never what they say. */
export function withoutContent(inquiry: unknown): unknown {
  const { data } = Answered.safeParse(inquiry);
  if (!data) return inquiry;
  const emptied = (record: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.keys(record).map((item) => [item, null]));
  return { ...data, answer: { ...data.answer, records: data.answer.records.map(emptied) } };
}
