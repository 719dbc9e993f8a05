import { type HoldView, retention } from '../../protocol/node-api/retention.ts';
import type { Calls } from '../call/calls.ts';
import type { RequestOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** Legal holds: records that are kept beyond their time (番号法施行令29条). */
export class Holds {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The newest first; those that were lifted too. */
  async list(options: CallOptions = {}): Promise<readonly HoldView[]> {
    return (await this.#calls.read(retention.holds, options)).holds;
  }

  /** Holds the records that everything told is true of. */
  place(hold: RequestOf<typeof retention.hold>, options: CallOptions = {}): Promise<HoldView> {
    return this.#calls.send(retention.hold, hold, options);
  }

  /** What it held goes if its time is over. */
  release(hold: string, options: CallOptions = {}): Promise<HoldView> {
    return this.#calls.send(retention.release, {}, { ...options, params: { hold } });
  }
}
