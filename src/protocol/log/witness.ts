import {
  type KnownLog,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
} from './checkpoint.ts';
import { type TreeHead, verifyConsistency } from './consistency.ts';
import { sameHash } from './hash.ts';
import { LogInvalid } from './log-invalid.ts';
import { type NoteVerifier, parseNote } from './signed-note.ts';

/** What a witness keeps of another party's log: the largest checkpoint that it accepted, as signed. */
export interface Seen {
  readonly origin: string;
  readonly note: string;
}

/** What a party shows: its checkpoint, and the proof that it continues the tree of `from` leaves. */
export interface Shown {
  readonly note: string;
  readonly from: number;
  readonly proof: readonly Uint8Array[];
}

/** Two checkpoints that the same log signed and that don't go together. Both verify on their own. */
export interface Evidence {
  readonly kind: 'fork' | 'rollback' | 'consistency';
  readonly origin: string;
  readonly seen: string;
  readonly shown: string;
}

/** Keep `seen`, then cosign `checkpoint.text`; nothing else may be cosigned. */
export interface Accepted {
  readonly verdict: 'accepted';
  readonly checkpoint: OpenedCheckpoint;
  readonly seen: Seen;
}
/** The proof starts elsewhere than where this witness is: show again from there (tlog-witness, 409). */
export interface Elsewhere {
  readonly verdict: 'elsewhere';
  readonly from: number;
  readonly to: number;
}
/** Don't cosign. Keep the evidence, if there is any: without one, anybody may have made it up. */
export interface Refused {
  readonly verdict: 'refused';
  readonly fault: LogInvalid;
  readonly evidence?: Evidence;
}
export type Observation = Accepted | Elsewhere | Refused;

/**
 * A witness's step (C2SP tlog-witness, “add-checkpoint”) for one log. Pure: run it and keep `seen` in
 * one transaction, or two steps at once could take the witness back.
 *
 * - accepted: signed, and nothing before it was altered. The first checkpoint is taken on trust, with
 *   `from` 0.
 * - elsewhere: not judged yet.
 * - refused `fork`: the same size with another root, proof enough for anybody (`verifyFork`).
 * - refused `rollback`: smaller than what was seen. A late message looks the same: ask for the proof
 *   from its size to that of what was seen, and `verifyEarlier`; only then it is innocent.
 * - refused `consistency`: larger, and the proof from what was seen does not hold.
 * - refused `note`, `signature`, `checkpoint`: not this log's word, so it says nothing about the log.
 */
export function observe(log: KnownLog, seen: Seen | undefined, shown: Shown): Observation {
  // What was kept was verified when it came, and is the witness's own.
  const last = seen === undefined ? undefined : parseCheckpoint(parseNote(seen.note).text);
  const { from, proof } = shown;
  let checkpoint: OpenedCheckpoint;
  try {
    checkpoint = openCheckpoint(shown.note, log);
  } catch (fault) {
    if (fault instanceof LogInvalid) return { verdict: 'refused', fault };
    throw fault;
  }
  const { note } = checkpoint;
  const accepted: Accepted = {
    verdict: 'accepted',
    checkpoint,
    seen: { origin: log.origin, note },
  };
  const refused = (kind: Evidence['kind'], before: TreeHead & { note: string }): Refused => ({
    verdict: 'refused',
    fault: new LogInvalid(kind, { from: before.size, to: checkpoint.size, name: log.origin }),
    evidence: { kind, origin: log.origin, seen: before.note, shown: note },
  });
  if (seen === undefined || last === undefined) {
    return from === 0 ? accepted : { verdict: 'elsewhere', from: 0, to: checkpoint.size };
  }
  const before = { ...last, note: seen.note };
  if (checkpoint.size < last.size) return refused('rollback', before);
  if (checkpoint.size === last.size) {
    // The statement that was kept stays: the new one may carry other signatures, and says no more.
    if (sameHash(checkpoint.root, last.root)) return { ...accepted, seen };
    return refused('fork', before);
  }
  if (from !== last.size) return { verdict: 'elsewhere', from: last.size, to: checkpoint.size };
  try {
    verifyConsistency(proof, last, checkpoint);
  } catch (fault) {
    if (fault instanceof LogInvalid) return refused('consistency', before);
    throw fault;
  }
  return accepted;
}

/**
 * Clears a smaller checkpoint: proves that the tree that was seen begins with it.
 * @throws LogInvalid consistency, or what `openCheckpoint` throws
 */
export function verifyEarlier(
  log: KnownLog,
  seen: Seen,
  earlier: string,
  proof: readonly Uint8Array[],
): void {
  verifyConsistency(proof, openCheckpoint(earlier, log), openCheckpoint(seen.note, log));
}

/**
 * Verifies evidence of a fork, as a third party would: one key, one size, two roots.
 * @throws LogInvalid fork when it proves nothing, or what `openCheckpoint` throws
 */
export function verifyFork(
  { origin, seen, shown }: Evidence,
  keys: readonly NoteVerifier[],
): { readonly seen: OpenedCheckpoint; readonly shown: OpenedCheckpoint } {
  const log = { origin, keys };
  const one = openCheckpoint(seen, log);
  const other = openCheckpoint(shown, log);
  if (one.size !== other.size || sameHash(one.root, other.root)) {
    throw new LogInvalid('fork', { from: one.size, to: other.size, name: origin });
  }
  return { seen: one, shown: other };
}
