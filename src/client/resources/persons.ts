import { copies } from '../../protocol/node-api/copies.ts';
import { persons } from '../../protocol/node-api/persons.ts';
import { retention } from '../../protocol/node-api/retention.ts';
import type { Calls } from '../call/calls.ts';
import type { AnswerOf, RequestOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** What an address-number system tells its node. Its entry has to allow it (`uses`). */
export class Persons {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Two integrated address numbers are one person; once per id. */
  merge(
    merge: RequestOf<typeof persons.merge>,
    options: CallOptions = {},
  ): Promise<AnswerOf<typeof persons.merge>> {
    return this.#calls.send(persons.merge, merge, { ...options, repeatable: true });
  }

  /** One integrated address number is two persons; once per id. */
  split(
    split: RequestOf<typeof persons.split>,
    options: CallOptions = {},
  ): Promise<AnswerOf<typeof persons.split>> {
    return this.#calls.send(persons.split, split, { ...options, repeatable: true });
  }

  /** Acquisition numbers (取得番号) for persons that have no code yet. @param numbers integrated address numbers */
  async beginAcquisition(
    numbers: readonly string[],
    options: CallOptions = {},
  ): Promise<AnswerOf<typeof persons.beginAcquisition>['acquisitions']> {
    const body = { persons: [...numbers] };
    return (await this.#calls.send(persons.beginAcquisition, body, options)).acquisitions;
  }

  /** What it has to keep of its access log beyond its time, and until when the gateway vouched for the time. */
  held(options: CallOptions = {}): Promise<AnswerOf<typeof retention.heldPersons>> {
    return this.#calls.read(retention.heldPersons, options);
  }

  /** Registers copies, all or none; the same again changes nothing. */
  linkCopies(
    linked: RequestOf<typeof copies.link>['copies'],
    options: CallOptions = {},
  ): Promise<AnswerOf<typeof copies.link>> {
    const body = { copies: [...linked] };
    return this.#calls.send(copies.link, body, { ...options, repeatable: true });
  }
}
