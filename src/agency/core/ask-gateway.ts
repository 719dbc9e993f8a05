import { numericDate } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { query } from '../../protocol/messages/query.ts';
import type { AgencyNode } from './node.ts';
import type { Inquiry } from './ports.ts';
import { takeAnswer } from './take-answer.ts';

/** Presents the permit and takes the answer. @returns the inquiry at its end, or `pending` */
export async function askGateway(node: AgencyNode, inquiry: Inquiry): Promise<Inquiry> {
  const { permit, exchange = '' } = inquiry;
  if (permit === undefined) throw new RenkeiError('permit_mismatch');
  // Asked for before anything is waited for: what is shown, and from where on, is no race’s to decide.
  const shown = node.proofs.show(GATEWAY, { exchange, statement: sha256(permit) });
  const token = await signMessage(
    query,
    {
      iss: node.code,
      aud: GATEWAY,
      jti: node.newId(),
      iat: numericDate(node.clock.now()),
      permit,
    },
    node.signer,
  );
  node.observe({ kind: 'query', from: node.code, to: GATEWAY, ids: [inquiry.id, exchange] });
  const proof = await shown;
  return await takeAnswer(node, inquiry, await node.gateway.query({ message: token, proof }));
}
