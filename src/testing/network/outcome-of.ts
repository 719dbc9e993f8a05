import type { Network } from '../../network/network.ts';
import { denial } from '../../protocol/messages/denial.ts';
import type { InquiryView } from '../../protocol/node-api/inquiries.ts';
import type { Asked, Denied, InquiryOutcome, Permitted } from './outcome.ts';

/** What the node told, as one of the outcomes. */
export function outcomeOf(network: Network, inquirer: string, view: InquiryView): InquiryOutcome {
  const { id, provider, information, state, answer, code, reason, deleteAt = '' } = view;
  const asked: Asked = {
    ...{ id, inquirer, provider, information },
    resident: view.integratedAddressNumber,
  };
  if (state === 'denied') return deniedOf(network, asked);
  const { exchange, list, item, affair } = view;
  if (exchange && list && item && affair) {
    const permitted: Permitted = {
      ...asked,
      ...{ exchange, list, item, affair, ground: groundOf(network, list, item) },
    };
    if (state === 'provided' && answer) return { ...permitted, state, answer, deleteAt };
    if (state === 'provided') return { ...permitted, state: 'deleted' };
    if (state === 'no_record' || state === 'pending') return { ...permitted, state };
    if (state === 'refused' && reason) return { ...permitted, state, reason };
  }
  return {
    ...asked,
    state: 'open',
    ...(exchange !== undefined && { exchange }),
    ...(item !== undefined && { item }),
    ...(code !== undefined && { code }),
  };
}

/** The node keeps the denial as it was signed: every reason, the ground, the nearest that is allowed. */
function deniedOf(network: Network, asked: Asked): Denied {
  const kept = network.agency(asked.inquirer).node.store.read.inquiry(asked.id)?.denial;
  const { jti, list, item, code, reasons, nearest, ground } = denial.claims.parse(
    JSON.parse(kept ?? 'null'),
  );
  return {
    ...asked,
    state: 'denied',
    exchange: jti,
    ...{ list, code, reasons, nearest, ground },
    ...(item !== undefined && { item }),
  };
}

/** 根拠 of what a list allows, in the words that a denial uses. */
export function groundOf(network: Network, list: string, item: string | undefined): string {
  const { lawNumber } = network.gateway.gateway.law.permission.listOf.get(list) ?? {};
  return ['番号法第19条第8号', lawNumber, item && `${item}の項`].filter(Boolean).join('、');
}
