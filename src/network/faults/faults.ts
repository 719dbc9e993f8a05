import { RenkeiError } from '../../protocol/errors.ts';
import { derived } from '../keys.ts';
import { type Fault, FaultSchema, matches, type Passing } from './fault.ts';
import type { Holds } from './holds.ts';

export interface ListedFault extends Fault {
  readonly id: string;
  /** How many messages it has applied to. */
  readonly applied: number;
}

/** A fault that applies to one message now. */
export interface Applied {
  readonly id: string;
  readonly fault: Fault;
  /** 32 bytes that are the same for the same seed, fault and message. */
  readonly chance: Uint8Array;
}

/** Everything that decides what faults do next. */
export interface FaultsState {
  readonly next: number;
  readonly faults: readonly (ListedFault & { readonly met: number })[];
}

interface Kept {
  readonly fault: Fault;
  met: number;
  applied: number;
}

/** What goes wrong between the parties. Whatever is drawn comes from the seed. */
export class Faults {
  readonly #seed: string;
  readonly #holds: Holds;
  readonly #kept = new Map<string, Kept>();
  #next = 1;

  constructor(seed: string, holds: Holds) {
    this.#seed = seed;
    this.#holds = holds;
  }

  /** @returns its id. @throws RenkeiError message_malformed */
  add(fault: Fault): string {
    const read = FaultSchema.safeParse(fault);
    if (!read.success) throw invalid(read.error.issues.map(({ path }) => path.join('.')));
    const id = `f${this.#next}`;
    this.#next += 1;
    this.#kept.set(id, { fault: read.data, met: 0, applied: 0 });
    return id;
  }

  /** @returns whether there was one. What it held goes on. */
  remove(id: string): boolean {
    const was = this.#kept.delete(id);
    if (was) this.#holds.endFault(id);
    return was;
  }

  /** Removes all of them. What they held goes on. */
  clear(): void {
    this.#kept.clear();
    this.#holds.endFault();
  }

  /** In the order in which they were added, also those that have applied as often as they may. */
  list(): readonly ListedFault[] {
    return [...this.#kept].map(([id, { fault, applied }]) => ({ ...fault, id, applied }));
  }

  /** Resolves when at least `count` messages are held (delay, reorder): from then on time may move. */
  whenHeld(count = 1): Promise<void> {
    return this.#holds.whenHeld(count);
  }

  get any(): boolean {
    return this.#kept.size > 0;
  }

  /** The faults that apply to a message, which counts as met. */
  meet(passing: Passing): Applied[] {
    const applying: Applied[] = [];
    for (const [id, kept] of this.#kept) {
      const { fault } = kept;
      if (kept.applied >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
      if (!matches(fault, passing)) continue;
      kept.met += 1;
      const chance = derived(this.#seed, 'fault', id, String(kept.met));
      if (fractionOf(chance) >= (fault.probability ?? 1)) continue;
      kept.applied += 1;
      applying.push({ id, fault, chance });
    }
    return applying;
  }

  /** It met a message that it can do nothing to (nothing signed to corrupt). */
  undo(id: string): void {
    const kept = this.#kept.get(id);
    if (kept) kept.applied -= 1;
  }

  state(): FaultsState {
    const faults = [...this.#kept].map(([id, { fault, met, applied }]) => ({
      ...fault,
      id,
      met,
      applied,
    }));
    return { next: this.#next, faults };
  }

  restore({ next, faults }: FaultsState): void {
    this.clear();
    this.#next = next;
    for (const { id, met, applied, ...fault } of faults) {
      this.#kept.set(id, { fault, met, applied });
    }
  }
}

/** The first 48 bits as a number from 0 to below 1. */
const fractionOf = (bytes: Uint8Array): number => Buffer.from(bytes).readUIntBE(0, 6) / 2 ** 48;

function invalid(fields: readonly string[]): RenkeiError {
  const where = fields.filter(Boolean).join(', ');
  return new RenkeiError('message_malformed', {
    ja: `障害の指定が正しくありません: ${where}`,
    en: `Not a fault: ${where}`,
    hint: {
      ja: 'delaySeconds は delay のときだけ必要です。refuse と duplicate は要求にだけ使えます',
      en: 'delaySeconds belongs to delay, and to delay alone; refuse and duplicate are of requests',
    },
  });
}
