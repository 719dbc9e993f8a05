import { numericDate } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { collect } from '../../protocol/messages/collect.ts';
import { acceptDelivery } from './accept-delivery.ts';
import type { AgencyNode } from './node.ts';

/** Fetches what the gateway keeps for this node until nothing is left, acknowledging as it goes. */
export async function collectAnswers(node: AgencyNode): Promise<number> {
  let received: string[] = [];
  let total = 0;
  for (;;) {
    const { deliveries, more } = await node.gateway.collect(await collectMessage(node, received));
    if (deliveries.length === 0) return total;
    const taken = await Promise.all(
      deliveries.map((each) =>
        acceptDelivery(node, each).then(({ exchange }) => exchange, skipBroken),
      ),
    );
    received = taken.filter((exchange) => exchange !== undefined);
    total += received.length;
    // Nothing of this lot could be taken: asking again would hand over the same.
    if (received.length === 0 && !more) return total;
    if (received.length === 0) throw new RenkeiError('state_conflict');
  }
}

const collectMessage = (node: AgencyNode, received: string[]): Promise<string> =>
  signMessage(
    collect,
    {
      iss: node.code,
      aud: GATEWAY,
      jti: node.newId(),
      iat: numericDate(node.clock.now()),
      received,
    },
    node.signer,
  );

function skipBroken(error: unknown): undefined {
  if (!(error instanceof RenkeiError)) throw error;
}
