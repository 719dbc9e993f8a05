import type { PublicKey } from '../../protocol/keys.ts';
import { type Cosigner, cosigner } from '../../protocol/log/cosignature.ts';
import { type LogKey, verifierKey } from '../../protocol/log/log-key.ts';
import { originOf } from '../../protocol/log/origin.ts';
import type { LogSigner } from '../sqlite/record-log.ts';
import type { PeerKeys } from './record-proofs.ts';

/** The secret halves of a party's log: one key for its checkpoints, one for its cosignatures. */
export interface LogKeys {
  readonly log: LogKey;
  readonly witness: LogKey;
}

/** Signs this party's checkpoints. */
export function logSigner(party: string, { log }: LogKeys): LogSigner {
  const name = originOf(party);
  const { id } = verifierKey(name, 'ed25519', log.publicKey);
  return { name, id, signLater: (text) => log.signLater(text) };
}

/** Cosigns others' checkpoints. */
export const witnessOf = (party: string, { witness }: LogKeys): Cosigner =>
  cosigner(originOf(party), witness);

/** A party's log keys among its public keys; undefined when it keeps no log. */
export function peerKeysOf(keys: readonly PublicKey[]): PeerKeys | undefined {
  const of = (use: PublicKey['use']) => keys.find((key) => key.use === use);
  const [log, witness] = [of('log'), of('witness')];
  if (!log || !witness) return undefined;
  return { log: Buffer.from(log.x, 'base64url'), witness: Buffer.from(witness.x, 'base64url') };
}
