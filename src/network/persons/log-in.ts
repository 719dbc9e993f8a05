import { z } from 'zod';
import { signCardAssertion } from '../../protocol/card-assertion.ts';
import type { Card } from '../../protocol/card-key.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { Id } from '../../protocol/identifiers.ts';
import { makeHttpClient } from '../../service/http-client/post-json.ts';
import { problemOf } from '../../service/http-client/problem-of.ts';
import { TransportError } from '../../service/http-client/transport-error.ts';
import type { Watched } from '../network.ts';

const Begun = z.object({ challenge: Id, token: z.string() });

/**
 * What a person does at their own computer, with their card in its reader: the gateway’s challenge, signed by the card,
 * taken to the registry. Over HTTP, as any other program would.
 * @returns the token that the gateway goes by
 * @throws RenkeiError what the gateway and the registry say
 */
export async function logInWithCard(network: Watched, card: Card): Promise<string> {
  const http = makeHttpClient({ timeoutMs: 60_000, maxBytes: 65_536, maxSockets: 1 });
  const post = async (url: string, body: unknown): Promise<unknown> => {
    const reply = await http.post(url, body);
    const problem = problemOf(reply);
    if (problem) throw problem;
    return reply.body;
  };
  try {
    const begun = await post(`${network.gateway.url}/v1/persons/challenges`, {});
    const { challenge, token } = Begun.parse(begun);
    const assertion = await signCardAssertion(card, challenge, network.clock.now());
    await post(`${network.registry.url}/v1/card-assertions`, { assertion });
    return token;
  } catch (cause) {
    if (cause instanceof TransportError)
      throw new RenkeiError('gateway_unavailable', {}, { cause });
    throw cause;
  } finally {
    http.close();
  }
}
