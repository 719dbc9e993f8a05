import type { Randomness } from '../../service/ports.ts';
import { seededRandomness, systemRandomness } from '../../service/randomness.ts';

/** How far each party’s chance has been drawn, and by which label. */
export type ChancePositions = Readonly<
  Record<string, { readonly label: string; readonly position: number }>
>;

/** Chance for each party. */
export interface Chances {
  /** The same one for a party however often it is asked for. */
  of(party: string): Randomness;
  positions(): ChancePositions;
  /** Goes on from there; parties that are not named begin anew. */
  restore(positions: ChancePositions): void;
}

/** The machine’s chance, which comes from nowhere and can’t go back. */
export const systemChances: Chances = {
  of: () => systemRandomness,
  positions: () => ({}),
  restore: () => undefined,
};

/**
 * Chance out of the seed. A party that stops and starts goes on with its own: identifiers that come twice are
 * taken for replays. Each start of a network on the same data draws from other streams.
 */
export function seededChances(seed: string, start: number): Chances {
  const streams = new Map<string, Stream>();
  const labelOf = (party: string) => (start === 1 ? party : `${party} start ${start}`);
  return {
    of(party) {
      const found = streams.get(party);
      if (found) return found;
      const stream = new Stream(seed, labelOf(party));
      streams.set(party, stream);
      return stream;
    },
    positions: () =>
      Object.fromEntries(
        [...streams].map(([party, { label, position }]) => [party, { label, position }]),
      ),
    restore(positions) {
      for (const party of new Set([...streams.keys(), ...Object.keys(positions)])) {
        const { label, position } = positions[party] ?? { label: labelOf(party), position: 0 };
        const stream = streams.get(party);
        if (stream) stream.goTo(label, position);
        else {
          const made = new Stream(seed, label);
          made.goTo(label, position);
          streams.set(party, made);
        }
      }
    },
  };
}

const AT_ONCE = 1_048_576;

/** A keystream that knows how far it has come. */
class Stream implements Randomness {
  readonly #seed: string;
  #source: Randomness;
  label: string;
  position = 0;

  constructor(seed: string, label: string) {
    this.#seed = seed;
    this.label = label;
    this.#source = seededRandomness(seed, label);
  }

  bytes(length: number): Uint8Array {
    this.position += length;
    return this.#source.bytes(length);
  }

  goTo(label: string, position: number): void {
    this.label = label;
    this.position = position;
    this.#source = seededRandomness(this.#seed, label);
    // The stream does not depend on how it is cut (randomness.ts).
    for (let left = position; left > 0; left -= AT_ONCE) {
      this.#source.bytes(Math.min(left, AT_ONCE));
    }
  }
}
