import type { ErrorCode } from '../../../protocol/errors.ts';

/** Failures one after the other from which somebody counts as down. */
const DOWN = 20;
const OUTAGES: ReadonlySet<ErrorCode> = new Set(['provider_unavailable', 'provider_timeout']);

/** Counts failures, so that who is down is not asked a hundred thousand times. */
export class Outages {
  readonly #inARow = new Map<string, number>();
  #gateway = 0;

  /** Whether this provider failed so often in a row that it is better left alone for now. */
  isDown(provider: string): boolean {
    return (this.#inARow.get(provider) ?? 0) >= DOWN;
  }

  get gatewayIsDown(): boolean {
    return this.#gateway >= DOWN;
  }

  /** How an inquiry went: undefined for any end, else the code with which it failed. */
  note(provider: string, failure: ErrorCode | undefined): void {
    this.#gateway = failure === 'gateway_unavailable' ? this.#gateway + 1 : 0;
    if (failure !== undefined && OUTAGES.has(failure)) {
      this.#inARow.set(provider, (this.#inARow.get(provider) ?? 0) + 1);
    } else if (failure === undefined) this.#inARow.delete(provider);
  }
}
