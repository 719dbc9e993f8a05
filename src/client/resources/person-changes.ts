import { type ChangeView, changes } from '../../protocol/persons-api/changes.ts';
import type { Calls } from '../call/calls.ts';
import type { QueryOf, RequestOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** Merges and splits of registrations: proposed by one, approved by another. */
export class PersonChanges {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Proposes that two registrations are one person. */
  merge(merge: RequestOf<typeof changes.merge>, options: CallOptions = {}): Promise<ChangeView> {
    return this.#calls.send(changes.merge, merge, options);
  }

  /** Proposes that one registration is two persons. */
  split(split: RequestOf<typeof changes.split>, options: CallOptions = {}): Promise<ChangeView> {
    return this.#calls.send(changes.split, split, options);
  }

  /** In the order of their proposal; open ones unless told. */
  async list(
    query: QueryOf<typeof changes.list> = {},
    options: CallOptions = {},
  ): Promise<readonly ChangeView[]> {
    return (await this.#calls.read(changes.list, { ...options, query })).changes;
  }

  show(id: string, options: CallOptions = {}): Promise<ChangeView> {
    return this.#calls.read(changes.show, { ...options, params: { id } });
  }

  /** Approves, as another person: it is carried out, here and at the node. */
  approve(id: string, options: CallOptions = {}): Promise<ChangeView> {
    return this.#calls.send(changes.approve, {}, { ...options, params: { id } });
  }

  decline(id: string, options: CallOptions = {}): Promise<ChangeView> {
    return this.#calls.send(changes.decline, {}, { ...options, params: { id } });
  }
}
