import {
  type AccessView,
  accessLog,
  type GrantsView,
  type GrantView,
  grants,
} from '../../protocol/persons-api/authority.ts';
import type { Calls } from '../call/calls.ts';
import type { AnswerOf, QueryOf, RequestOf } from '../call/operations.ts';
import { pages } from '../call/pages.ts';
import type { CallOptions } from '../options.ts';

/** Who may do what for which affairs. Whatever is changed counts at once. */
export class Grants {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** All callers, and all grants that were ever given. */
  list(options: CallOptions = {}): Promise<GrantsView> {
    return this.#calls.read(grants.list, options);
  }

  give(grant: RequestOf<typeof grants.give>, options: CallOptions = {}): Promise<GrantView> {
    return this.#calls.send(grants.give, grant, options);
  }

  async withdraw(id: string, options: CallOptions = {}): Promise<void> {
    await this.#calls.send(grants.withdraw, {}, { ...options, params: { id } });
  }

  /** Everything that somebody has. @returns how many grants */
  async withdrawAll(
    whose: RequestOf<typeof grants.withdrawAll>,
    options: CallOptions = {},
  ): Promise<number> {
    return (await this.#calls.send(grants.withdrawAll, whose, options)).withdrawn;
  }
}

/** Who looked whom up, when, for which affair; refusals too. */
export class AccessLog {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Oldest first; `limit` is how many are fetched at once. */
  list(
    query: QueryOf<typeof accessLog.list> = {},
    options: CallOptions = {},
  ): AsyncIterable<AccessView> {
    return pages<AccessView, number>(async (after) => {
      const from = after === undefined ? query : { ...query, after };
      const { lines: items } = await this.#calls.read(accessLog.list, {
        ...{ ...options, query: from },
      });
      return { items, next: items.at(-1)?.seq };
    });
  }

  /** Whether the log is as it was written: `broken` is the first line that does not fit. */
  verify(options: CallOptions = {}): Promise<AnswerOf<typeof accessLog.verify>> {
    return this.#calls.read(accessLog.verify, options);
  }
}
