import { LogInvalid } from './log-invalid.ts';
import {
  ed25519Verifier,
  type KeyName,
  type LogKey,
  laterEd25519Verifier,
  verifierKey,
} from './log-key.ts';
import type { LaterNoteVerifier, NoteSignature, NoteVerifier } from './signed-note.ts';
import { isCount } from './tree.ts';

// C2SP tlog-cosignature, “Ed25519 signed message”: domain, time, the whole text of the checkpoint.
const message = (text: string, seconds: number): string =>
  `cosignature/v1\ntime ${seconds}\n${text}`;

/**
 * States that a witness saw this checkpoint as the largest of its log, consistent with all it saw
 * before. The key's public half must be no other cosigner's: the message does not name the signer.
 */
export interface Cosigner extends KeyName {
  /** `text` as `observe` accepted it; the time in seconds since the epoch. */
  cosign(text: string, seconds: number): NoteSignature;
  /** The same beside the main thread. */
  cosignLater(text: string, seconds: number): Promise<NoteSignature>;
}

export function cosigner(name: string, key: LogKey): Cosigner {
  const { id } = verifierKey(name, 'cosignature', key.publicKey);
  const timed = (seconds: number, signed: Uint8Array): NoteSignature => {
    const signature = Buffer.alloc(72);
    signature.writeBigUInt64BE(BigInt(seconds));
    signature.set(signed, 8);
    return { name, id, signature: new Uint8Array(signature) };
  };
  const checked = (seconds: number): number => {
    if (!isCount(seconds)) throw new RangeError('not a time in seconds');
    return seconds;
  };
  return {
    name,
    id,
    cosign: (text, seconds) => timed(seconds, key.sign(message(text, checked(seconds)))),
    cosignLater: async (text, seconds) =>
      timed(seconds, await key.signLater(message(text, checked(seconds)))),
  };
}

/** When a cosignature was made, in seconds since the epoch. @throws LogInvalid signature */
export function cosignedAt({ name, signature }: NoteSignature): number {
  if (signature.length !== 72) throw new LogInvalid('signature', { name });
  const { buffer, byteOffset } = signature;
  const seconds = Number(new DataView(buffer, byteOffset).getBigUint64(0));
  if (!isCount(seconds)) throw new LogInvalid('signature', { name });
  return seconds;
}

/** The same as `cosignatureVerifier`, beside the main thread. @throws LogInvalid key */
export function laterCosignatureVerifier(name: string, publicKey: Uint8Array): LaterNoteVerifier {
  const { id } = verifierKey(name, 'cosignature', publicKey);
  const verify = laterEd25519Verifier(publicKey, name);
  return {
    name,
    id,
    async verify(text, signature) {
      const seconds = cosignedAt({ name, id, signature });
      await verify(message(text, seconds), signature.subarray(8));
    },
  };
}

/** A verifier of cosignatures (type 0x04) for this name and 32-byte key. @throws LogInvalid key */
export function cosignatureVerifier(name: string, publicKey: Uint8Array): NoteVerifier {
  const { id } = verifierKey(name, 'cosignature', publicKey);
  const verify = ed25519Verifier(publicKey, name);
  return {
    name,
    id,
    verify(text, signature) {
      const seconds = cosignedAt({ name, id, signature });
      verify(message(text, seconds), signature.subarray(8));
    },
  };
}
