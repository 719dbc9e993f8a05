import {
  type DraftRequest,
  type DraftView,
  drafts,
  type ShownDraftView,
} from '../../protocol/node-api/drafts.ts';
import type { Calls } from '../call/calls.ts';
import type { QueryOf } from '../call/operations.ts';
import { pages } from '../call/pages.ts';
import type { CallOptions } from '../options.ts';
import { newId } from './new-id.ts';

type ListQuery = QueryOf<typeof drafts.list>;

/** Copies by hand: entered by one, checked by another, approved by a third. */
export class Drafts {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Enters a new or corrected version, an end or a deletion: nothing happens until it is approved. */
  enter(draft: DraftRequest, options: CallOptions = {}): Promise<DraftView> {
    const named = { ...draft, id: draft.id ?? newId() };
    return this.#calls.send(drafts.enter, named, { ...options, repeatable: true });
  }

  /** The oldest first, without content; those that wait unless `state` tells. */
  list(query: ListQuery = {}, options: CallOptions = {}): AsyncIterable<DraftView> {
    return pages<DraftView, string>(async (after) => {
      const page = await this.page({ ...query, ...(after !== undefined && { after }) }, options);
      return { items: page.drafts, next: page.next };
    });
  }

  /** One page of that; `next` is the `after` of the page behind it. */
  page(query: ListQuery = {}, options: CallOptions = {}) {
    return this.#calls.read(drafts.list, { ...options, query });
  }

  /** A draft with its content, what it would replace, and the `digest` that goes into the next step. */
  show(id: string, options: CallOptions = {}): Promise<ShownDraftView> {
    return this.#calls.read(drafts.show, { ...options, params: { id } });
  }

  /** Checks what somebody else entered. @param digest as shown */
  check(id: string, digest: string, options: CallOptions = {}): Promise<DraftView> {
    return this.#calls.send(drafts.check, { digest }, { ...options, params: { id } });
  }

  /** Approves as a third person: it takes effect. @param digest as shown */
  approve(id: string, digest: string, options: CallOptions = {}): Promise<DraftView> {
    return this.#calls.send(drafts.approve, { digest }, { ...options, params: { id } });
  }

  /** Turns it down, or takes it back: it never takes effect. */
  reject(id: string, reason: string, options: CallOptions = {}): Promise<DraftView> {
    return this.#calls.send(drafts.reject, { reason }, { ...options, params: { id } });
  }
}
