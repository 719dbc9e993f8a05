import { hkdfSync } from 'node:crypto';
import { signingKey } from '../protocol/keys.ts';

/**
 * 32 bytes out of the network’s seed for one purpose (RFC 5869). Keys of a simulated network come from its
 * seed so that the same seed gives the same statements; who knows the seed knows the keys. They guard
 * invented people only. One-time keys and nonces come from elsewhere.
 */
export const derived = (seed: string, ...purpose: readonly string[]): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', seed, 'renkei', purpose.join('/'), 32));

/** All signing keys of a network, by party. */
export async function networkKeys(seed: string, agencies: readonly string[]) {
  const key = (party: string, use: 'gateway' | 'registry' | 'node' | 'address-numbers') =>
    signingKey(derived(seed, 'signing', party, use), `${party}.${use}.1`, use);
  const ofAgency = async (code: string) =>
    [
      code,
      { node: await key(code, 'node'), addressNumbers: await key(code, 'address-numbers') },
    ] as const;
  return {
    gateway: await key('gateway', 'gateway'),
    registry: await key('registry', 'registry'),
    agencies: new Map(await Promise.all(agencies.map(ofAgency))),
    mint: { person: derived(seed, 'mint', 'person'), code: derived(seed, 'mint', 'code') },
  };
}

export type NetworkKeys = Awaited<ReturnType<typeof networkKeys>>;
