import type { Network } from '../../src/network/network.ts';
import { originOf } from '../../src/protocol/log/origin.ts';
import { noteVerifier } from '../../src/protocol/log/signed-note.ts';

type Net = Pick<Network, 'gateway'>;

/** A party’s public key of one use, as the directory has it. */
export function keyOf(net: Net, party: string, use: 'log' | 'witness'): Uint8Array {
  const { agencies } = net.gateway.gateway;
  const { x = '' } = agencies.find(party)?.keys.find((key) => key.use === use) ?? {};
  return Buffer.from(x, 'base64url');
}

/** A party’s log as its readers know it. */
export const logOf = (net: Net, party: string) => ({
  origin: originOf(party),
  keys: [noteVerifier(originOf(party), keyOf(net, party, 'log'))],
});
