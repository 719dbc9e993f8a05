import { type CorrectionView, corrections } from '../../protocol/node-api/corrections.ts';
import type { Calls } from '../call/calls.ts';
import type { RequestOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** Corrections of this agency’s records: one proposes, another decides (番号法31条; R-702). */
export class Corrections {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Asked for by the person, proposed, and decided on. */
  async list(options: CallOptions = {}): Promise<readonly CorrectionView[]> {
    return (await this.#calls.read(corrections.list, options)).corrections;
  }

  /** @param facts what the record of the exchange should say */
  propose(
    exchange: string,
    facts: RequestOf<typeof corrections.propose>['facts'],
    options: CallOptions = {},
  ): Promise<CorrectionView> {
    return this.#calls.send(corrections.propose, { exchange, facts }, options);
  }

  /** Proposes what the person concerned asks for. */
  takeUp(id: string, options: CallOptions = {}): Promise<CorrectionView> {
    return this.#calls.send(corrections.takeUp, {}, { ...options, params: { id } });
  }

  /** Approves, as another person: it is told to all. */
  approve(id: string, options: CallOptions = {}): Promise<CorrectionView> {
    return this.#calls.send(corrections.approve, {}, { ...options, params: { id } });
  }

  /** Turns it down, as another person. */
  decline(id: string, options: CallOptions = {}): Promise<CorrectionView> {
    return this.#calls.send(corrections.decline, {}, { ...options, params: { id } });
  }
}
