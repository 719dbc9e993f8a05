import type { Permission } from '../../protocol/permission/compile.ts';

/** The permission lists as they are handed to the nodes: canonical JSON by digest. */
export interface PublishedLists {
  readonly lists: readonly { readonly id: string; readonly digest: string }[];
  readonly roles: string;
  readonly documents: ReadonlyMap<string, string>;
}

/** Lists and roles as they decide and as they are published: one and the same law. */
export interface Law {
  readonly permission: Permission;
  readonly published: PublishedLists;
}

/** The law that the gateway goes by now. It changes as a whole or not at all. */
export class CurrentLaw implements Law {
  #law: Law;

  constructor(law: Law) {
    this.#law = law;
  }

  get permission(): Permission {
    return this.#law.permission;
  }

  get published(): PublishedLists {
    return this.#law.published;
  }

  take(law: Law): void {
    this.#law = law;
  }
}
