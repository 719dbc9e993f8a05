import type { KnownFacts, Remainder, ShownRecord } from '../protocol/log/shown.ts';
import type { HoldReason } from '../protocol/record.ts';

/**
 * What a core needs from the world and must not reach for itself. Production wires the real ones;
 * simulation wires seeded ones, so that the same seed, clock and inputs give the same outcome.
 */

/** Time as the party sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Chance: identifiers, one-time keys, nonces. */
export interface Randomness {
  bytes(length: number): Uint8Array;
}

/** Seals what is kept, at rest. `place` names table and row; bytes that were moved or altered do not open. */
export interface Vault {
  seal(plain: Uint8Array, place: string): Uint8Array;
  /** @throws Error */
  open(sealed: Uint8Array, place: string): Uint8Array;
}

/** Password hashes. They carry what they cost, so that older ones are known and can be made anew. */
export interface Passwords {
  /** @param salt 16 bytes. @throws RenkeiError rate_limited when too many wait for their turn */
  hash(password: string, salt: Uint8Array): Promise<string>;
  /** The same at little cost, for a password of 100 bits or more of chance: nothing is gained by guessing slowly. */
  hashRandom(password: string, salt: Uint8Array): Promise<string>;
  /** Takes as long whether there is a hash or none, and whatever that one cost. */
  matches(password: string, stored: string | undefined): Promise<boolean>;
  /** Whether a hash was made at the present cost. */
  isPresent(stored: string): boolean;
}

/** One-time codes by time (RFC 6238). Secrets are 20 bytes. */
export interface OneTimeCodes {
  /** The number of the time step for which a code is right, one off at most, or undefined. */
  stepOf(secret: Uint8Array, code: string, now: number): number | undefined;
  codeAt(secret: Uint8Array, now: number): string;
  /** What an authenticator app scans. */
  uriOf(secret: Uint8Array, issuer: string, label: string): string;
  base32(secret: Uint8Array): string;
  /** @throws TypeError */
  fromBase32(text: string): Uint8Array;
}

/** What happened, told to whoever watches (journal, log). Never holds a person, an answer or a key. */
export interface PartyEvent {
  /** Kind of step or message, e.g. `permit-request`. */
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  /** Identifiers that tie this event to others: inquiry, message, exchange. */
  readonly ids: readonly string[];
  /** Outcome or error code, when there is one. */
  readonly outcome?: string;
  /** Milliseconds the step took, when it is over. */
  readonly elapsedMs?: number;
  /** Harmless facts: item, digest of sealed bytes, sizes. */
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type Observe = (event: PartyEvent) => void;

/** A transaction runs alone, wholly or not at all; it is durable when the promise resolves. */
export type Transact<Tx> = <Result>(work: (tx: Tx) => Result) => Promise<Result>;

/** What a party shows of its records to another, and asks of the other's (番号法23条). */
export interface RecordProofs {
  /**
   * What goes beside a message to a party: that the record of this exchange that tells of this statement is in this
   * party's log. Undefined when there is no such record, or no log.
   */
  show(
    peer: string,
    record: { readonly exchange: string; readonly statement: string },
  ): Promise<ShownRecord | undefined>;
  /** Takes what came beside a message. Call it when the message comes: checkpoints are looked at in this order. */
  take(shown: ShownRecord | undefined): TakenProof;
}

export interface TakenProof {
  /**
   * Verifies that the sender's record, with these facts, is in its log.
   * @returns what else the record says; undefined when nothing was shown and nothing need be
   * @throws RenkeiError record_unproven, log_inconsistent
   */
  proves(peer: string, facts: KnownFacts): Promise<Remainder | undefined>;
}

/** How a party keeps its records (番号法23条1項), as it tells at /v1/status. */
export interface RecordsKept {
  /** ISO 8601. */
  readonly keep: string;
  /** When the oldest that still has its content was written; milliseconds since the epoch. */
  readonly oldest: number | undefined;
  /** Legal holds in force. */
  readonly holds: number;
  /** Alarms about others’ logs that nobody has dealt with. */
  readonly alarms: number;
}

/** Records are held while all that a hold tells is true of them; what is left out is. Times are milliseconds. */
export interface Hold {
  readonly id: string;
  readonly reason: HoldReason;
  readonly exchange?: string | undefined;
  /** By this party’s own code, or its own digest. */
  readonly person?: string | undefined;
  /** The other side, or this one: an agency that asked or was asked. */
  readonly agency?: string | undefined;
  readonly from?: number | undefined;
  /** Not included. */
  readonly until?: number | undefined;
  readonly placedBy: string;
  readonly placedAt: number;
  readonly releasedBy?: string | undefined;
  readonly releasedAt?: number | undefined;
}

/** What a hold is to hold. Days are of Japan, both included. */
export type HoldTarget = Pick<Hold, 'exchange' | 'person' | 'agency'> & {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};

/** What was pruned, or with a dry run would be. Numbers are records. */
export interface Pruning {
  /** Everything written before this instant (ms) is over. */
  readonly before: number;
  readonly pruned: number;
  /** Over, but kept: held; of an exchange that is not finished, or that has a younger record. */
  readonly held: number;
  readonly unfinished: number;
  readonly younger: number;
  /** Lines of the operation log, and whatever else has the same period. */
  readonly others: number;
}

/** Pruning and legal holds, as people ask for them (番号法施行令29条). */
export interface RecordRetention<Tx> {
  /** @param by who has it done by hand */
  prune(how: { readonly by?: string | undefined; readonly dryRun?: boolean }): Promise<Pruning>;
  /** All holds that ever were, the newest first. */
  holds(): readonly Hold[];
  /**
   * Holds records beyond their time, those that are there and those that will be.
   * @param and what else is written in its transaction
   * @throws RenkeiError not_found for an exchange that is not on record, or no longer
   */
  place(
    target: HoldTarget,
    why: { readonly reason: HoldReason; readonly by: string },
    and?: (tx: Tx, hold: Hold) => void,
  ): Promise<Hold>;
  /** Lifts a hold. @throws RenkeiError not_found, state_conflict when it was lifted before */
  release(id: string, by: string, and?: (tx: Tx, hold: Hold) => void): Promise<Hold>;
}
