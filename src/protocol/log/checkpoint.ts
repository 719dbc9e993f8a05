import type { TreeHead } from './consistency.ts';
import { EMPTY_ROOT, isHash, sameHash } from './hash.ts';
import { LogInvalid } from './log-invalid.ts';
import {
  formatNote,
  type LaterNoteVerifier,
  type NoteSignature,
  type NoteSigner,
  type NoteVerifier,
  openNote,
  parseNote,
  signNote,
} from './signed-note.ts';
import { isCount } from './tree.ts';

/** What a log says of itself: whose it is, how long, with which root (C2SP tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  /** The log's name, also the name of its key. */
  readonly origin: string;
  /** Lines that the log adds. renkei's logs add none. */
  readonly extensions: readonly string[];
}

/** The text that is signed. Throws RangeError for what no checkpoint can say. */
export function checkpointText(checkpoint: Omit<Checkpoint, 'extensions'>): string {
  const { origin, size, root } = checkpoint;
  if (!/^[^\n]+$/.test(origin) || !isCount(size) || !isHash(root)) {
    throw new RangeError('not a checkpoint');
  }
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/**
 * Reads a checkpoint's text. Exactly one text says the same: no leading zeros, no other spelling of the
 * root. Sizes from 2^53 on are refused.
 * @throws LogInvalid checkpoint
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', decimal = '', base64 = '', ...rest] = text.split('\n');
  const extensions = rest.slice(0, -1);
  const size = Number(decimal);
  const root = new Uint8Array(Buffer.from(base64, 'base64'));
  const exact =
    rest.at(-1) === '' &&
    origin !== '' &&
    extensions.every((line) => line !== '') &&
    /^(0|[1-9][0-9]*)$/.test(decimal) &&
    isCount(size) &&
    isHash(root) &&
    Buffer.from(root).toString('base64') === base64 &&
    (size > 0 || sameHash(root, EMPTY_ROOT));
  if (!exact) throw new LogInvalid('checkpoint');
  return { origin, size, root, extensions };
}

/** A log's signed checkpoint. The signer's name is the origin. */
export const signCheckpoint = ({ size, root }: TreeHead, signer: NoteSigner): string =>
  signNote(checkpointText({ origin: signer.name, size, root }), signer);

/** A log as its readers know it. */
export interface KnownLog {
  readonly origin: string;
  /** More than one while a key is being replaced. */
  readonly keys: readonly NoteVerifier[];
}

export interface OpenedCheckpoint extends Checkpoint {
  /** The signed text, which is also what cosigners sign. */
  readonly text: string;
  /** Who signed besides the log, as far as they are known. */
  readonly cosigned: readonly NoteSignature[];
  /** The note with the signatures that were verified and no others: what is worth keeping. */
  readonly note: string;
}

/**
 * Opens a checkpoint of one log: the log's own signature, then form and origin. Cosignatures of known
 * witnesses must be right too; others are ignored.
 * @throws LogInvalid note, signature, checkpoint
 */
export function openCheckpoint(
  note: string,
  { origin, keys }: KnownLog,
  witnesses: readonly NoteVerifier[] = [],
): OpenedCheckpoint {
  const { text, verified } = openNote(note, [...keys, ...witnesses]);
  const byLog = (one: NoteSignature) =>
    keys.some(({ name, id }) => one.name === name && one.id === id);
  if (!verified.some(byLog)) throw new LogInvalid('signature', { name: origin });
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== origin) throw new LogInvalid('checkpoint', { name: origin });
  return {
    ...checkpoint,
    text,
    cosigned: verified.filter((one) => !byLog(one)),
    note: formatNote({ text, signatures: verified }),
  };
}

/** A log by its name and its one key, whose checkpoints are opened beside the main thread. */
export interface LaterKnownLog {
  readonly origin: string;
  readonly key: LaterNoteVerifier;
}

/**
 * As `openCheckpoint`, beside the main thread, by the log’s own signature alone.
 * Rejects with LogInvalid note, signature, checkpoint.
 */
export async function openCheckpointLater(
  note: string,
  { origin, key }: LaterKnownLog,
): Promise<Checkpoint & { readonly text: string }> {
  const { text, signatures } = parseNote(note);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== origin) throw new LogInvalid('checkpoint', { name: origin });
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  if (own.length === 0) throw new LogInvalid('signature', { name: origin });
  for (const { signature } of own) await key.verify(text, signature);
  return { ...checkpoint, text };
}
