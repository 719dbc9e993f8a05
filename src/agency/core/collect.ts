import { numericDate } from '../../protocol/day.ts';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { collect } from '../../protocol/messages/collect.ts';
import { delivery } from '../../protocol/messages/delivery.ts';
import { acceptDelivery } from './accept-delivery.ts';
import type { AgencyNode } from './node.ts';
import type { SealedReply } from './ports.ts';
import { fromGateway } from './receive.ts';

/**
 * Fetches what the gateway keeps for this node until nothing is left, acknowledging as it goes. An answer that
 * cannot be opened is put on record and acknowledged: it must not stand in the way of the others.
 * @returns the exchanges whose answers could not be taken
 * @throws RenkeiError gateway_unavailable, and storage_full when this node cannot keep what it is handed
 */
export async function collectAnswers(node: AgencyNode): Promise<readonly string[]> {
  let received: string[] = [];
  const refused: string[] = [];
  for (;;) {
    const { deliveries } = await node.gateway.collect(await collectMessage(node, received));
    if (deliveries.length === 0) return refused;
    const handed = await Promise.all(deliveries.map((each) => take(node, each)));
    received = handed.map(({ exchange }) => exchange);
    refused.push(...handed.flatMap(({ exchange, taken }) => (taken ? [] : [exchange])));
  }
}

/** That this node’s own storage fails ends the collecting; nothing is acknowledged then. */
async function take(node: AgencyNode, body: SealedReply) {
  const { claims } = await fromGateway(node, delivery, body.message);
  const { exchange } = claims;
  try {
    await acceptDelivery(node, claims, body);
    return { exchange, taken: true };
  } catch (error) {
    if (!(error instanceof RenkeiError) || OWN_FAILURES.includes(error.code)) throw error;
    await node.store.transact((tx) =>
      tx.record({ kind: 'message_refused', at: node.clock.now(), exchange, code: error.code }),
    );
    return { exchange, taken: false };
  }
}

const OWN_FAILURES: readonly ErrorCode[] = [
  'storage_full',
  'internal',
  // It stays kept: nothing is wrong with the answer.
  'record_unproven',
  'log_inconsistent',
];

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
