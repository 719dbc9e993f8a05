import {
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { LogInvalid } from './log-invalid.ts';

/** What a key signs (C2SP signed-note, “Signature types”); it is part of the key's id. */
export const SIGNATURE_TYPES = { ed25519: 0x01, cosignature: 0x04 } as const;
export type SignatureType = keyof typeof SIGNATURE_TYPES;

/** A key by name and id, as a signature line gives it (C2SP signed-note, “Signatures”). */
export interface KeyName {
  /** No spaces, no plus. */
  readonly name: string;
  readonly id: number;
}

/** A public key that notes are verified with. */
export interface VerifierKey extends KeyName {
  readonly type: SignatureType;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** Signs with an Ed25519 key that stays inside. */
export interface LogKey {
  readonly publicKey: Uint8Array;
  sign(message: string | Uint8Array): Uint8Array;
  /** The same beside the main thread. */
  signLater(message: string | Uint8Array): Promise<Uint8Array>;
}

// RFC 8410 §7 and §4: the wrappers around a 32-byte seed and a 32-byte public key.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * The signing key of a 32-byte seed. Give each type of signature its own seed: a cosignature does not
 * name its signer (C2SP tlog-cosignature), and messages are signed with yet another key.
 */
export function logKey(seed: Uint8Array): LogKey {
  if (seed.length !== 32) throw new RangeError('a seed is 32 bytes');
  const der = Buffer.concat([PKCS8, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(SPKI.length)),
    sign: (message) => signBytes(null, bytesOf(message), key),
    signLater: (message) =>
      new Promise((resolve, reject) => {
        signBytes(null, bytesOf(message), key, (error, signature) =>
          error ? reject(error) : resolve(signature),
        );
      }),
  };
}

/** Throws `signature` unless the Ed25519 signature is right. Call it for its throwing. */
export type VerifySignature = (message: string | Uint8Array, signature: Uint8Array) => void;

/** What verifies signatures of a 32-byte public key. @throws LogInvalid key */
export function ed25519Verifier(publicKey: Uint8Array, name: string): VerifySignature {
  const key = publicKeyOf(publicKey, name);
  return (message, signature) => {
    if (signature.length === 64 && verifyBytes(null, bytesOf(message), key, signature)) return;
    throw new LogInvalid('signature', { name });
  };
}

/** Rejects with `signature` unless the Ed25519 signature is right. Verified beside the main thread. */
export type VerifySignatureLater = (message: string, signature: Uint8Array) => Promise<void>;

/** The same as `ed25519Verifier`, beside the main thread. @throws LogInvalid key */
export function laterEd25519Verifier(publicKey: Uint8Array, name: string): VerifySignatureLater {
  const key = publicKeyOf(publicKey, name);
  return (message, signature) =>
    new Promise((resolve, reject) => {
      const invalid = (cause?: Error) => reject(new LogInvalid('signature', { name }, { cause }));
      if (signature.length !== 64) return invalid();
      verifyBytes(null, bytesOf(message), key, signature, (error, right) =>
        right ? resolve() : invalid(error ?? undefined),
      );
    });
}

function publicKeyOf(publicKey: Uint8Array, name: string): KeyObject {
  if (publicKey.length !== 32) throw new LogInvalid('key', { name });
  try {
    const der = Buffer.concat([SPKI, publicKey]);
    return createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch (cause) {
    throw new LogInvalid('key', { name }, { cause });
  }
}

const bytesOf = (message: string | Uint8Array): Uint8Array =>
  typeof message === 'string' ? Buffer.from(message) : message;

/** Whether a text can be the name of a key: not empty, no Unicode space, no plus. */
export const isKeyName = (name: string): boolean => /^[^\p{White_Space}\p{Cc}+]+$/u.test(name);

/** A key with its id: SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4], big-endian. @throws LogInvalid key */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== 32) throw new LogInvalid('key', { name });
  const named = [Buffer.from(`${name}\n`), Uint8Array.of(SIGNATURE_TYPES[type]), publicKey];
  const id = Buffer.from(hash('sha256', Buffer.concat(named), 'hex'), 'hex').readUInt32BE(0);
  return { name, id, type, publicKey };
}

/** `name+id+base64(type ‖ key)`, the form in which verifier keys are handed out. */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  const material = Buffer.concat([Uint8Array.of(SIGNATURE_TYPES[type]), publicKey]);
  return `${name}+${idText(id)}+${material.toString('base64')}`;
}

export const idText = (id: number): string => id.toString(16).padStart(8, '0');

/**
 * Reads a verifier key and recomputes its id.
 * @throws LogInvalid key
 */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, material] = /^([^+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]{44})$/.exec(text) ?? [];
  if (name === undefined || material === undefined) throw new LogInvalid('key');
  const bytes = Buffer.from(material, 'base64');
  for (const type of ['ed25519', 'cosignature'] as const) {
    if (bytes[0] !== SIGNATURE_TYPES[type]) continue;
    const key = verifierKey(name, type, new Uint8Array(bytes.subarray(1)));
    if (formatVerifierKey(key) === text) return key;
  }
  throw new LogInvalid('key');
}
