import { numericDate } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { type Delivery, delivery } from '../../protocol/messages/delivery.ts';
import { receipt } from '../../protocol/messages/receipt.ts';
import type { AgencyNode } from './node.ts';
import type { InquiryState, Proven, SealedReply } from './ports.ts';
import { fromGateway } from './receive.ts';
import { takeAnswer } from './take-answer.ts';

const WAITING: readonly InquiryState[] = ['permitted', 'pending', 'open'];

/**
 * Takes an answer that comes later: when this resolves it is durable here. Delivered again, it has no
 * second effect.
 * @throws RenkeiError permit_mismatch, signature_invalid, message_malformed, record_unproven, log_inconsistent,
 *   storage_full
 */
export async function acceptDelivery(
  node: AgencyNode,
  { exchange, answer }: Delivery,
  { sealed, proof }: Pick<SealedReply, 'sealed' | 'proof'>,
): Promise<void> {
  const inquiry = node.store.read.inquiryByExchange(exchange);
  if (!inquiry) throw new RenkeiError('permit_mismatch');
  if (WAITING.includes(inquiry.state)) {
    await takeAnswer(node, inquiry, { message: answer, sealed, proof });
  } else if (inquiry.answerDigest !== sha256(answer)) {
    // No receipt for an answer that was never looked into.
    throw new RenkeiError('permit_mismatch');
  }
}

/** Takes a delivery that the gateway makes of its own accord. @returns a signed receipt */
export async function receiveDelivery(node: AgencyNode, body: SealedReply): Promise<Proven> {
  const { claims } = await fromGateway(node, delivery, body.message);
  await acceptDelivery(node, claims, body);
  const { exchange, answer } = claims;
  const shown = node.proofs.show(GATEWAY, { exchange, statement: sha256(answer) });
  const message = await signMessage(
    receipt,
    {
      iss: node.code,
      aud: GATEWAY,
      jti: node.newId(),
      iat: numericDate(node.clock.now()),
      exchange,
      answer: sha256(answer),
    },
    node.signer,
  );
  return { message, proof: await shown };
}
