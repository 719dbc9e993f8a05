import { RenkeiError } from '../../protocol/errors.ts';
import type { PermissionLists } from '../../protocol/messages/permission-lists.ts';
import type { Permission } from '../../protocol/permission/compile.ts';
import { Lifetime } from './lifetime.ts';

/** This node’s own copy of the permission lists. */
export class ListCopy extends Lifetime {
  #permission: Permission | undefined;

  /** The lists, if the copy counts at `now` (ms). @throws RenkeiError list_copy_stale */
  at(now: number): Permission {
    if (this.#permission && this.counts(now)) return this.#permission;
    throw new RenkeiError('list_copy_stale', {
      hint: {
        ja: '照合リストの写しを更新できるまで、このノードは提供を停止します',
        en: 'This node stops providing until it can refresh its copy of the list',
      },
    });
  }

  /** Takes over a statement that was verified; `compile` is called when the lists have changed. */
  take(claims: PermissionLists, compile: () => Permission): void {
    const permission =
      this.#permission && claims.version === this.version ? this.#permission : compile();
    this.renew(claims);
    this.#permission = permission;
  }
}
