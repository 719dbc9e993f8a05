import { type LendingView, type MediumView, media } from '../../protocol/node-api/media.ts';
import type { Calls } from '../call/calls.ts';
import type { NodeFile } from '../call/file.ts';
import type { QueryOf, RequestOf } from '../call/operations.ts';
import { pages } from '../call/pages.ts';
import type { CallOptions } from '../options.ts';
import { newId } from './new-id.ts';

/** External media (外部記録媒体): the ledger, lending and return by two people each, files encrypted. */
export class Media {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Where each is, and who has it; by control number. */
  list(
    query: QueryOf<typeof media.list> = {},
    options: CallOptions = {},
  ): AsyncIterable<MediumView> {
    return pages<MediumView, string>(async (after) => {
      const asked = { ...query, ...(after !== undefined && { after }) };
      const page = await this.#calls.read(media.list, { ...options, query: asked });
      return { items: page.media, next: page.next };
    });
  }

  register(
    medium: RequestOf<typeof media.register>,
    options: CallOptions = {},
  ): Promise<MediumView> {
    return this.#calls.send(media.register, medium, options);
  }

  /** For good. @param medium its control number */
  retire(medium: string, reason: string, options: CallOptions = {}): Promise<MediumView> {
    return this.#calls.send(media.retire, { reason }, { ...options, params: { medium } });
  }

  /** Asks for a medium: nothing may be written until a supervisor approves. */
  borrow(asked: RequestOf<typeof media.borrow>, options: CallOptions = {}): Promise<LendingView> {
    const named = { ...asked, id: asked.id ?? newId() };
    return this.#calls.send(media.borrow, named, { ...options, repeatable: true });
  }

  /** The oldest first; those that are not over unless `state` tells. */
  lendings(
    query: QueryOf<typeof media.lendings> = {},
    options: CallOptions = {},
  ): AsyncIterable<LendingView> {
    return pages<LendingView, string>(async (after) => {
      const asked = { ...query, ...(after !== undefined && { after }) };
      const page = await this.#calls.read(media.lendings, { ...options, query: asked });
      return { items: page.lendings, next: page.next };
    });
  }

  lending(id: string, options: CallOptions = {}): Promise<LendingView> {
    return this.#calls.read(media.lending, { ...options, params: { id } });
  }

  /** Lends what somebody else asked for. */
  approve(id: string, options: CallOptions = {}): Promise<LendingView> {
    return this.#calls.send(media.approve, {}, { ...options, params: { id } });
  }

  reject(id: string, reason: string, options: CallOptions = {}): Promise<LendingView> {
    return this.#calls.send(media.reject, { reason }, { ...options, params: { id } });
  }

  /** Copies of the kind that it was lent for, in the age format: only whose public keys these are can open it. */
  write(
    id: string,
    how: RequestOf<typeof media.write>,
    options: CallOptions = {},
  ): Promise<NodeFile> {
    return this.#calls.order(media.write, how, { ...options, params: { id } });
  }

  /** Gives it back, and says what became of the data. */
  return(
    id: string,
    told: RequestOf<typeof media.report>,
    options: CallOptions = {},
  ): Promise<LendingView> {
    return this.#calls.send(media.report, told, { ...options, params: { id } });
  }

  /** Takes back what somebody else gives back. */
  accept(id: string, options: CallOptions = {}): Promise<LendingView> {
    return this.#calls.send(media.accept, {}, { ...options, params: { id } });
  }
}
