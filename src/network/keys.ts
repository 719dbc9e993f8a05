import { hkdfSync } from 'node:crypto';
import { base64url } from '../protocol/encoding.ts';
import { type PublicKey, signingKey } from '../protocol/keys.ts';
import { logKey } from '../protocol/log/log-key.ts';

/**
 * 32 bytes out of the network’s seed for one purpose (RFC 5869). Keys of a simulated network come from its
 * seed so that the same seed gives the same statements; who knows the seed knows the keys. They guard
 * invented people only. One-time keys and nonces come from elsewhere.
 */
export const derived = (seed: string, ...purpose: readonly string[]): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', seed, 'renkei', purpose.join('/'), 32));

/** The keys of a party’s log and of its cosignatures, apart from those that sign messages and from each other. */
function logKeysOf(seed: string, party: string) {
  const keys = {
    log: logKey(derived(seed, 'signing', party, 'log')),
    witness: logKey(derived(seed, 'signing', party, 'witness')),
  };
  const publicOf = (use: 'log' | 'witness'): PublicKey => ({
    kid: `${party}.${use}.1`,
    use,
    kty: 'OKP',
    crv: 'Ed25519',
    x: base64url(keys[use].publicKey),
  });
  return { ...keys, publicKeys: [publicOf('log'), publicOf('witness')] };
}

/** All signing keys of a network, by party. */
export async function networkKeys(seed: string, agencies: readonly string[]) {
  const key = (party: string, use: 'gateway' | 'registry' | 'node' | 'address-numbers') =>
    signingKey(derived(seed, 'signing', party, use), `${party}.${use}.1`, use);
  const ofAgency = async (code: string) =>
    [
      code,
      {
        node: await key(code, 'node'),
        addressNumbers: await key(code, 'address-numbers'),
        log: logKeysOf(seed, code),
      },
    ] as const;
  return {
    gateway: { ...(await key('gateway', 'gateway')), log: logKeysOf(seed, 'gateway') },
    registry: await key('registry', 'registry'),
    agencies: new Map(await Promise.all(agencies.map(ofAgency))),
    mint: {
      person: derived(seed, 'mint', 'person'),
      code: derived(seed, 'mint', 'code'),
      record: derived(seed, 'mint', 'record'),
    },
  };
}

export type NetworkKeys = Awaited<ReturnType<typeof networkKeys>>;
