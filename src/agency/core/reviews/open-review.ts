import type { ProvideRequest } from '../../../protocol/messages/provide-request.ts';
import type { Copy } from '../copies/ports.ts';
import type { AgencyNode } from '../node.ts';

import { dueAt } from './due.ts';
import type { Review } from './ports.ts';

/**
 * Whether a request waits for people, and as what: a flagged copy, or a person of whom the node
 * has no copy although this kind of information is then provided by hand.
 * @param held the copy, and `within` what of it lies in the period that was asked for
 */
export function reviewFor(
  node: AgencyNode,
  claims: Pick<ProvideRequest, 'exchange' | 'information'>,
  person: string | undefined,
  held: Copy | undefined,
  within: Copy | undefined,
): Review | undefined {
  if (person === undefined) return undefined;
  const flagged = within !== undefined && (within.autoResponseDisabled || within.nonDisclosable);
  const byHand = held === undefined && node.settings.manualProvision.has(claims.information);
  if (!flagged && !byHand) return undefined;
  return {
    exchange: claims.exchange,
    integratedAddressNumber: person,
    kind: byHand ? 'manual' : 'copy',
    state: 'waiting',
    restricted: within?.nonDisclosable === true,
    createdAt: node.clock.now(),
    dueAt: dueAt(node),
  };
}
