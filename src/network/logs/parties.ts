import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { peerKeysOf } from '../../service/record-log/own-keys.ts';
import type { PeerKeys } from '../../service/record-log/record-proofs.ts';
import type { Watched } from '../network.ts';

/** The parties that keep a log and run now, the gateway first. */
export const loggingParties = (network: Watched): string[] => [GATEWAY, ...network.agencies.keys()];

/** @throws RenkeiError not_found for a party that does not run */
export function loggingParty(network: Watched, party: string) {
  const found = party === GATEWAY ? network.gateway : network.agencies.get(party);
  if (!found) throw new RenkeiError('not_found');
  return found;
}

/** A party’s log keys as the gateway’s book has them; undefined for one that keeps no log. */
export const logKeysOf = (network: Watched, party: string): PeerKeys | undefined =>
  peerKeysOf(network.gateway.gateway.agencies.find(party)?.keys ?? []);
