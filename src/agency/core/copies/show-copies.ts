import { RenkeiError } from '../../../protocol/errors.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { today } from '../today.ts';
import type { Keeper } from './keeper.ts';
import type { Copy, CopyKey, CopyReads } from './ports.ts';

/** A copy with the version that counts today. */
export interface Held {
  readonly copy: Copy;
  readonly inForce: Copy | undefined;
}

/** What is held, page by page; who looked is written to the operation log. */
export function listCopies(
  node: Keeper,
  by: Principal,
  only: { readonly information?: string | undefined; readonly person?: string | undefined },
  after: CopyKey | undefined,
  limit: number,
): Promise<readonly Held[]> {
  return node.store.transact((tx) => {
    const found = tx.copiesAfter(after, limit, only).map((copy) => heldOf(node, tx, copy));
    tx.note(done(node, by, 'copies.show', { ...only, count: found.length }));
    return found;
  });
}

/** All versions of one copy; the look is written to the operation log with the person. @throws RenkeiError not_found */
export function showCopy(
  node: Keeper,
  by: Principal,
  person: string,
  information: string,
): Promise<readonly Held[]> {
  return node.store.transact((tx) => {
    const versions = tx.copyVersions(person, information).map((copy) => heldOf(node, tx, copy));
    if (versions.length === 0) throw new RenkeiError('not_found');
    tx.note(done(node, by, 'copies.show', { person, information }));
    return versions;
  });
}

const heldOf = (node: Keeper, reads: CopyReads, copy: Copy): Held => ({
  copy,
  inForce: reads.copy(copy.integratedAddressNumber, copy.information, today(node)),
});
