import { copies, type VersionView } from '../../protocol/node-api/copies.ts';
import type { Calls } from '../call/calls.ts';
import type { NodeFile } from '../call/file.ts';
import type { AnswerOf, QueryOf } from '../call/operations.ts';
import { pages } from '../call/pages.ts';
import type { CallOptions } from '../options.ts';
import { Drafts } from './drafts.ts';
import { Imports } from './imports.ts';
import { Reconciliations } from './reconciliations.ts';

/** What the node holds for provision, as its staff see and change it. */
export class Copies {
  /** By hand: entered by one, checked by another, approved by a third. */
  readonly drafts: Drafts;
  /** Out of files. */
  readonly imports: Imports;
  /** Originals against copies. */
  readonly reconciliations: Reconciliations;
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
    this.drafts = new Drafts(calls);
    this.imports = new Imports(calls);
    this.reconciliations = new Reconciliations(calls);
  }

  /** Which versions are held, without content; `limit` is how many are fetched at once. */
  list(
    query: QueryOf<typeof copies.list> = {},
    options: CallOptions = {},
  ): AsyncIterable<VersionView> {
    return pages<VersionView, string>(async (after) => {
      const page = await this.page({ ...query, ...(after !== undefined && { after }) }, options);
      return { items: page.copies, next: page.next };
    });
  }

  /** One page of that; `next` is the `after` of the page behind it. */
  page(query: QueryOf<typeof copies.list> = {}, options: CallOptions = {}) {
    return this.#calls.read(copies.list, { ...options, query });
  }

  /**
   * A person’s copy of one kind: its versions, with the content of one, the one in force unless `published` tells.
   * @param person integrated address number
   * @param information kind of information, name or code
   */
  show(
    person: string,
    information: string,
    query: QueryOf<typeof copies.show> = {},
    options: CallOptions = {},
  ): Promise<AnswerOf<typeof copies.show>> {
    return this.#calls.read(copies.show, { ...options, query, params: { person, information } });
  }

  /** Copies of one kind as a file of the columns that an import takes. */
  export(query: QueryOf<typeof copies.export>, options: CallOptions = {}): Promise<NodeFile> {
    return this.#calls.download(copies.export, { ...options, query });
  }
}
