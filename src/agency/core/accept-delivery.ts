import { numericDate } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { type Delivery, delivery } from '../../protocol/messages/delivery.ts';
import { receipt } from '../../protocol/messages/receipt.ts';
import type { AgencyNode } from './node.ts';
import type { InquiryState, SealedReply } from './ports.ts';
import { fromGateway } from './receive.ts';
import { takeAnswer } from './take-answer.ts';

const WAITING: readonly InquiryState[] = ['permitted', 'pending', 'open'];

/**
 * Takes an answer that comes later. Delivered again, it has no second effect.
 * @returns the delivery’s claims, when its answer is durable here
 * @throws RenkeiError permit_mismatch, signature_invalid, message_malformed
 */
export async function acceptDelivery(node: AgencyNode, body: SealedReply): Promise<Delivery> {
  const { claims } = await fromGateway(node, delivery, body.message);
  const inquiry = node.store.read.inquiryByExchange(claims.exchange);
  if (!inquiry) throw new RenkeiError('permit_mismatch');
  if (WAITING.includes(inquiry.state)) {
    await takeAnswer(node, inquiry, { message: claims.answer, sealed: body.sealed });
  }
  return claims;
}

/** Takes a delivery that the gateway makes of its own accord. @returns a signed receipt */
export async function receiveDelivery(node: AgencyNode, body: SealedReply): Promise<string> {
  const { exchange, answer } = await acceptDelivery(node, body);
  return await signMessage(
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
}
