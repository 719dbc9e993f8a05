import { LogInvalid } from './log-invalid.ts';
import {
  ed25519Verifier,
  isKeyName,
  type KeyName,
  type LogKey,
  laterEd25519Verifier,
  verifierKey,
} from './log-key.ts';

/** One signature line: who, and the bytes after the key id. */
export interface NoteSignature extends KeyName {
  readonly signature: Uint8Array;
}

/** A text and what claims to be signatures of it (C2SP signed-note). Nothing is verified yet. */
export interface SignedNote {
  /** Ends in a newline, which is signed too. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSigner extends KeyName {
  sign(text: string): Uint8Array;
}
export interface NoteVerifier extends KeyName {
  /** Throws `signature` unless the signature of the text is right. */
  verify(text: string, signature: Uint8Array): void;
}

/** A verifier that works beside the main thread. */
export interface LaterNoteVerifier extends KeyName {
  /** Rejects with `signature` unless the signature of the text is right. */
  verify(text: string, signature: Uint8Array): Promise<void>;
}

/** The same as `noteVerifier`, beside the main thread. @throws LogInvalid key */
export const laterNoteVerifier = (name: string, publicKey: Uint8Array): LaterNoteVerifier => {
  const { id } = verifierKey(name, 'ed25519', publicKey);
  return { name, id, verify: laterEd25519Verifier(publicKey, name) };
};

/** A signer of type Ed25519 (0x01) under this name. */
export const noteSigner = (name: string, key: LogKey): NoteSigner => {
  const { id } = verifierKey(name, 'ed25519', key.publicKey);
  return { name, id, sign: (text) => key.sign(text) };
};

/** A verifier of type Ed25519 (0x01) for this name and 32-byte key. @throws LogInvalid key */
export const noteVerifier = (name: string, publicKey: Uint8Array): NoteVerifier => {
  const { id } = verifierKey(name, 'ed25519', publicKey);
  return { name, id, verify: ed25519Verifier(publicKey, name) };
};

const MAX_NOTE_BYTES = 1_000_000;
/** Readers must accept 16; gateways gather more cosigners than that. */
const MAX_SIGNATURES = 100;

/** `— name base64(id ‖ signature)` and a newline. */
export function formatSignature({ name, id, signature }: NoteSignature): string {
  const bytes = Buffer.alloc(4 + signature.length);
  bytes.writeUInt32BE(id);
  bytes.set(signature, 4);
  return `— ${name} ${bytes.toString('base64')}\n`;
}

/** Reads one signature line with its newline. @throws LogInvalid note */
export function parseSignature(line: string): NoteSignature {
  const [, name, base64] = /^— (\S+) ([A-Za-z0-9+/=]+)\n$/.exec(line) ?? [];
  if (name === undefined || base64 === undefined || !isKeyName(name)) throw new LogInvalid('note');
  const bytes = Buffer.from(base64, 'base64');
  // Each signature has one spelling: no stray bits, no missing padding.
  if (bytes.length < 5 || bytes.toString('base64') !== base64) throw new LogInvalid('note');
  return { name, id: bytes.readUInt32BE(0), signature: new Uint8Array(bytes.subarray(4)) };
}

/** The note as text. Signature lines come in the order given. */
export const formatNote = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(formatSignature).join('')}`;

/** Whether a text can be signed: lines, UTF-8, no control characters. */
const isNoteText = (text: string): boolean =>
  text.endsWith('\n') &&
  text.isWellFormed() &&
  Buffer.from(text).every((byte) => byte >= 0x20 || byte === 0x0a);

/**
 * Reads a note, which is all of the text: the last empty line separates what is signed from the
 * signatures, of which there is at least one. Verifies nothing.
 * @throws LogInvalid note
 */
export function parseNote(note: string): SignedNote {
  const split = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, split);
  const lines = note.slice(split + 1);
  if (split === 0 || note.length > MAX_NOTE_BYTES || !isNoteText(note) || lines === '') {
    throw new LogInvalid('note');
  }
  const signatures = lines.split(/(?<=\n)/).map(parseSignature);
  if (signatures.length > MAX_SIGNATURES) throw new LogInvalid('note');
  return { text, signatures };
}

/** Signs a text that ends in a newline. Throws RangeError when it can't be a note's text. */
export function signNote(text: string, ...signers: readonly NoteSigner[]): string {
  if (!isNoteText(text)) throw new RangeError('not a text that can be signed');
  const signatures = signers.map((signer) => signatureBy(signer, text));
  return formatNote({ text, signatures });
}

export const signatureBy = ({ name, id, sign }: NoteSigner, text: string): NoteSignature => ({
  name,
  id,
  signature: sign(text),
});

export interface OpenedNote {
  readonly text: string;
  /** By keys that are known. */
  readonly verified: readonly NoteSignature[];
  /** By keys that are not: they say nothing. */
  readonly unknown: readonly NoteSignature[];
}

/**
 * Opens a note: every signature of a known key must be right, and at least one there must be.
 * @throws LogInvalid note, signature
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const verified: NoteSignature[] = [];
  const unknown: NoteSignature[] = [];
  for (const one of signatures) {
    const verifier = verifiers.find(({ name, id }) => name === one.name && id === one.id);
    verifier?.verify(text, one.signature);
    (verifier === undefined ? unknown : verified).push(one);
  }
  if (verified.length === 0) throw new LogInvalid('signature');
  return { text, verified, unknown };
}
