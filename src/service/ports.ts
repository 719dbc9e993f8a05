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
