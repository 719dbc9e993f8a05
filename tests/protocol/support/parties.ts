import { createPrivateKey, type KeyObject } from 'node:crypto';
import { sha256 } from '../../../src/protocol/digest.ts';
import { RenkeiError } from '../../../src/protocol/errors.ts';
import { GATEWAY, REGISTRY } from '../../../src/protocol/identifiers.ts';
import {
  type PublicKey,
  type Signer,
  signingKey,
  type Verifier,
  verifierOf,
} from '../../../src/protocol/keys.ts';

/** The parties of the tests: few, so that two messages often have the same issuer. */
export const AGENCIES = ['01100', '13101', '14130', '27100'] as const;

export interface Party {
  readonly name: string;
  readonly seed: Uint8Array;
  readonly signer: Signer;
  readonly publicKey: PublicKey;
  readonly verifier: Verifier;
  /** The same key for node:crypto, so that tests can sign what `signMessage` would not. */
  readonly privateKey: KeyObject;
}

async function partyOf(name: string, use: PublicKey['use']): Promise<Party> {
  const seed = Buffer.from(sha256(`renkei test seed of ${name}`), 'base64url');
  const { signer, publicKey } = await signingKey(seed, `${name}.${use}.1`, use);
  const d = seed.toString('base64url');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.x, d };
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  return { name, seed, signer, publicKey, verifier: await verifierOf(publicKey), privateKey };
}

export const gateway = await partyOf(GATEWAY, 'gateway');
export const registry = await partyOf(REGISTRY, 'registry');
const agencies = await Promise.all(AGENCIES.map((code) => partyOf(code, 'node')));

export const PARTIES: readonly Party[] = [gateway, registry, ...agencies];
const byName = new Map(PARTIES.map((party) => [party.name, party]));

export function party(name: string): Party {
  const found = byName.get(name);
  if (!found) throw new RangeError(`no party ${name}`);
  return found;
}

/** Some party that is not this one. */
export const another = (name: string): Party =>
  PARTIES.find((each) => each.name !== name) ?? gateway;

/** Finds keys as the services do. */
export const keyOf = (issuer: string, kid: string): Verifier => {
  const found = byName.get(issuer);
  if (!found) throw new RenkeiError('agency_unknown');
  if (found.verifier.kid !== kid) throw new RenkeiError('signature_invalid');
  return found.verifier;
};
