import { HistoryPage } from '../../src/protocol/history.ts';
import type { Reply } from './call.ts';
import { MATSUE, type Somebody, type TestNetwork } from './test-network.ts';

/** Logs somebody in with their card, at the control plane as the console does. @returns the gateway’s token */
export async function logInAs(
  net: TestNetwork,
  { number }: Pick<Somebody, 'number'>,
  agency = MATSUE,
): Promise<string> {
  const token = net.token('control', 'operator');
  const body = { resident: number, agency };
  const { json, text } = await net.post('control', '/v1/persons/sessions', body, { token });
  if (typeof json.token !== 'string') throw new Error(text);
  return json.token;
}

/** What the gateway answers to whoever has this token. */
export const askHistory = (net: TestNetwork, token: string, query = ''): Promise<Reply> =>
  net.get('gateway', `/v1/persons/history${query}`, { token });

export async function historyOf(
  net: TestNetwork,
  somebody: Pick<Somebody, 'number'>,
  query = '',
): Promise<HistoryPage> {
  const reply = await askHistory(net, await logInAs(net, somebody), query);
  return HistoryPage.parse(reply.json);
}
