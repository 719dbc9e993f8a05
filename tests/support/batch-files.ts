import { fixedLine } from '../../src/protocol/inquiry-file/fixed-row.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import type { Reply } from './call.ts';
import { KUMAGAYA, MATSUE, type TestNetwork, VACCINATION } from './test-network.ts';

/** The affair of item 25 by the order in force. */
export const affairOf = (net: TestNetwork, item = '25'): string =>
  net.network
    .agency(MATSUE)
    .node.lists.at(net.clock.now())
    .lists.find(({ id }) => id === 'order-r6-9')
    ?.rowOf.get(item)?.affair.code ?? '';

/** An inquiry file about these persons, or with other cells. */
export const inquiryFile = (
  net: TestNetwork,
  persons: readonly string[],
  change: Partial<Parameters<typeof fixedLine>[0]> = {},
): string =>
  persons
    .map((integratedAddressNumber) =>
      fixedLine({
        inquirer: MATSUE,
        affair: affairOf(net),
        provider: KUMAGAYA,
        information: informationCode(VACCINATION),
        ...change,
        integratedAddressNumber,
      }),
    )
    .join('');

export interface Sent {
  readonly as?: string;
  readonly query?: string;
  readonly type?: string;
  readonly agency?: string;
}

/** POST /v1/batches with a file. */
export const send = (
  net: TestNetwork,
  file: string | Uint8Array,
  { as = 'gyomu', query = '', type = 'text/csv', agency = MATSUE }: Sent = {},
): Promise<Reply> =>
  sendTo(`${net.url(agency)}/v1/batches${query}`, net.token(agency, as), file, type);

export async function sendTo(
  url: string,
  token: string,
  file: string | Uint8Array,
  type = 'text/csv',
): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body: typeof file === 'string' ? file : Buffer.from(file),
  });
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, text, type: headers.get('content-type') ?? '', json: JSON.parse(text) };
}
