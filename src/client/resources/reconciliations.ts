import {
  type DifferenceView,
  type ReconciliationView,
  reconciliations,
} from '../../protocol/node-api/reconciliations.ts';
import type { Calls } from '../call/calls.ts';
import type { FileSource } from '../call/file.ts';
import type { QueryOf } from '../call/operations.ts';
import { pages } from '../call/pages.ts';
import type { CallOptions } from '../options.ts';
import type { Written } from './imports.ts';

/** Originals against copies, so that drift is seen. Nothing is changed. */
export class Reconciliations {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Compares all originals of a kind with the copies in force. */
  send(
    originals: FileSource,
    about: QueryOf<typeof reconciliations.send> & Written,
    options: CallOptions = {},
  ): Promise<ReconciliationView> {
    const { encoding, ...query } = about;
    return this.#calls.upload(reconciliations.send, originals, {
      ...{ ...options, query, charset: encoding },
    });
  }

  /** The newest first. */
  async list(
    query: QueryOf<typeof reconciliations.list> = {},
    options: CallOptions = {},
  ): Promise<readonly ReconciliationView[]> {
    return (await this.#calls.read(reconciliations.list, { ...options, query })).reconciliations;
  }

  show(id: string, options: CallOptions = {}): Promise<ReconciliationView> {
    return this.#calls.read(reconciliations.show, { ...options, params: { id } });
  }

  /** What differs, one by one: persons, lines and items, no values. Kept of the last one of each kind. */
  differences(id: string, options: CallOptions = {}): AsyncIterable<DifferenceView> {
    return pages<DifferenceView, number>(async (after) => {
      const query = after === undefined ? {} : { after };
      const page = await this.#calls.read(reconciliations.differences, {
        ...{ ...options, query, params: { id } },
      });
      return { items: page.differences, next: page.next };
    });
  }
}
