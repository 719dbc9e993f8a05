import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { RefusalReason } from '../../protocol/outcome.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import type { HttpClient } from '../../service/http-client/post-json.ts';
import { problemOf } from '../../service/http-client/problem-of.ts';
import { TransportError } from '../../service/http-client/transport-error.ts';

/** What is asked, as POST /v1/inquiries takes it. */
export interface Ask {
  readonly id: string;
  readonly integratedAddressNumber: string;
  readonly item?: string;
  readonly affair?: string;
  readonly provider: string;
  readonly information: string;
  readonly period?: { readonly from?: string; readonly until?: string };
  readonly nonDisclosable?: true;
}

/** An inquiry as the node tells it, as far as it is shown here. */
export const InquiryView = z.looseObject({
  id: z.string(),
  state: z.string(),
  item: z.string().optional(),
  list: z.string().optional(),
  exchange: z.string().optional(),
  code: z.string().optional(),
  reason: RefusalReason.optional(),
  answer: z.object({ layoutVersion: z.string(), records: z.array(CopyRecord) }).optional(),
  deleteAt: z.string().optional(),
});
export type InquiryView = z.infer<typeof InquiryView>;

/** How it ended: with the node’s view of it, or with an error that it told. */
export type Ending = { readonly inquiry: InquiryView } | { readonly error: RenkeiError };

const HINT = {
  ja: '同じ照会番号（--id）でもう一度照会できます。二重の照会にはなりません',
  en: 'Ask again with the same --id: that never asks twice',
};

/** Makes the inquiry as the inquirer’s business system and waits for its end, or for `pending`. */
export async function makeInquiry(
  http: HttpClient,
  inquirer: { readonly url: string; readonly businessSystem: string },
  ask: Ask,
): Promise<Ending> {
  try {
    const response = await http.post(`${inquirer.url}/v1/inquiries`, ask, {
      headers: { authorization: `Bearer ${inquirer.businessSystem}` },
      retrySafe: true,
    });
    const error = problemOf(response);
    return error ? { error } : { inquiry: InquiryView.parse(response.body) };
  } catch (cause) {
    if (!(cause instanceof TransportError)) throw cause;
    const error = new RenkeiError(
      'gateway_unavailable',
      {
        ja: '情報照会者の中間サーバーに接続できません',
        en: 'The inquirer’s node cannot be reached',
        hint: HINT,
      },
      { cause },
    );
    return { error };
  }
}
