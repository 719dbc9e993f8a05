import type { ErrorCode } from '../../../protocol/errors.ts';
import type { Caller } from '../authority/caller.ts';

/** One access: who, when, what, for which affair, on whom. No names, no individual numbers. */
export interface Access {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actorKind: Caller['kind'] | 'system';
  readonly actor: string;
  readonly department?: string | undefined;
  readonly operation: string;
  readonly outcome: 'done' | 'refused';
  readonly code?: ErrorCode | undefined;
  readonly affair?: string | undefined;
  /** Integrated address number. */
  readonly person?: string | undefined;
  /** The grant or the change that it was about. */
  readonly subject?: string | undefined;
  /** Persons, when they are not named one by one. */
  readonly count?: number | undefined;
}

export interface AccessWanted {
  readonly person?: string | undefined;
  readonly actor?: string | undefined;
}

export interface LogReads {
  /** Lines after a sequence number, oldest first. */
  accesses(
    after: number,
    limit: number,
    only?: AccessWanted,
  ): readonly { readonly seq: number; readonly access: Access }[];
  /**
   * Goes through the whole log: every line is tied to the one before it by a keyed digest, so that none is changed,
   * put in or taken out between others by somebody without the key.
   * @returns how many lines there are, and the first that does not fit
   */
  verifyLog(): {
    readonly lines: number;
    /** Lines at the beginning whose time was over; none: 0. */
    readonly pruned: number;
    readonly broken?: number | undefined;
  };
  /** When the oldest line was written (ms). */
  oldestAccess(): number | undefined;
}

/** What a legal hold is about; times in ms, the end not included. What is left out is true of every line. */
export interface AccessHold {
  readonly person?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

export interface LogTx extends LogReads {
  noteAccess(access: Access): void;
  /**
   * Deletes a few lines from the beginning, up to the first that was written at `before` (ms) or later or that a hold
   * is about. @returns how many
   */
  dropAccesses(before: number, holds: readonly AccessHold[], limit: number): number;
}
