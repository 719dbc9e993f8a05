import type { Clock } from '../../service/ports.ts';

/** How a wait ended: the message goes on, or it is lost. */
export type Released = 'go' | 'lost';

export interface Hold {
  /** The fault that holds it, if one does. */
  readonly fault?: string;
  /** Who sends the request it belongs to. */
  readonly from: string;
  /** By the network’s clock, milliseconds; left out: until something else happens. */
  readonly due?: number;
  /** Goes when a message has passed here. */
  readonly link?: string;
}

interface Waiting extends Hold {
  readonly resolve: (released: Released) => void;
  readonly timer?: NodeJS.Timeout | undefined;
}

/** Beyond it Node’s timers fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Messages that wait. By a manual clock nothing is released until it is told that time has moved; by the
 * machine’s a timer does it.
 */
export class Holds {
  readonly #clock: Clock;
  readonly #byTimer: boolean;
  readonly #waiting = new Set<Waiting>();
  readonly #expecting = new Set<() => void>();

  constructor(clock: Clock, byTimer: boolean) {
    this.#clock = clock;
    this.#byTimer = byTimer;
  }

  /** Waits; `cancel` ends the wait without anybody being told. */
  hold(hold: Hold): { readonly released: Promise<Released>; readonly cancel: () => void } {
    const { promise, resolve } = Promise.withResolvers<Released>();
    const { due } = hold;
    const end = () => this.#end(waiting, 'go');
    const timer =
      this.#byTimer && due !== undefined
        ? setTimeout(end, Math.min(Math.max(0, due - this.#clock.now()), LONGEST_TIMER_MS))
        : undefined;
    const waiting: Waiting = { ...hold, resolve, timer };
    this.#waiting.add(waiting);
    for (const look of this.#expecting) look();
    return {
      released: promise,
      cancel: () => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
      },
    };
  }

  /** Resolves when faults hold at least so many messages. */
  whenHeld(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      const held = [...this.#waiting].filter(({ fault }) => fault !== undefined);
      if (held.length < count) return;
      this.#expecting.delete(look);
      resolve();
    };
    this.#expecting.add(look);
    look();
    return promise;
  }

  /** When the next one goes by the clock, or undefined. */
  get nextDue(): number | undefined {
    const dues = [...this.#waiting].flatMap(({ due }) => (due === undefined ? [] : [due]));
    return dues.length === 0 ? undefined : Math.min(...dues);
  }

  /** Lets go what is due now, in the order in which it was due. */
  releaseDue(): void {
    const now = this.#clock.now();
    const due = [...this.#waiting].filter((each) => each.due !== undefined && each.due <= now);
    due.sort((one, other) => (one.due ?? 0) - (other.due ?? 0));
    for (const each of due) this.#end(each, 'go');
  }

  /** Whether somebody waits for the next message here. */
  isAwaited(link: string): boolean {
    return [...this.#waiting].some((each) => each.link === link);
  }

  /** A message has passed here: whoever waited for it follows. */
  passed(link: string): void {
    this.#endWhere((each) => each.link === link, 'go');
  }

  /** Ends what one fault holds, or what all of them hold. */
  endFault(fault?: string): void {
    this.#endWhere(
      (each) => each.fault !== undefined && (fault ?? each.fault) === each.fault,
      'go',
    );
  }

  /** Loses what a party has on its way, or what everybody has. */
  lose(from?: string): void {
    this.#endWhere((each) => (from ?? each.from) === each.from, 'lost');
  }

  #endWhere(which: (waiting: Waiting) => boolean, released: Released): void {
    for (const each of [...this.#waiting].filter(which)) this.#end(each, released);
  }

  #end(waiting: Waiting, released: Released): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(waiting);
    waiting.resolve(released);
  }
}
