import { canonicalJson } from '../../../protocol/encoding.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../service/ports.ts';
import type { AgencyStore, AgencyTx } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { merge } from './merge.ts';
import type { PersonChangeRequest, PersonChangeResult } from './ports.ts';
import { split } from './split.ts';

/** What changes persons: a node, or what a test puts in its place. */
export interface PersonsKeeper {
  readonly store: AgencyStore;
  readonly clock: Clock;
}

/**
 * Follows a merge or a split that the address-number system carries out: codes, copies, drafts, inquiries and
 * reviews in one transaction, with its lines in the operation log, or nothing. Asked again under the same id, as
 * after a lost reply or a kill, it answers what came of it the first time.
 * @throws RenkeiError state_conflict, naming in its extensions what stands in the way
 */
export function changePersons(
  node: PersonsKeeper,
  by: Principal,
  request: PersonChangeRequest,
): Promise<PersonChangeResult> {
  const asked = canonicalJson(JSON.parse(JSON.stringify(request)));
  return node.store.transact((tx) => {
    const known = tx.personChange(request.id);
    if (known) {
      if (known.request === asked) return known.result;
      throw new RenkeiError('state_conflict', {
        ja: '同じ id の別の統合・分離があります',
        en: 'Another change of persons has this id',
      });
    }
    const at = node.clock.now();
    const result = request.kind === 'merge' ? merge(tx, request, at) : split(tx, request);
    tx.addPersonChange(request.id, asked, result, at);
    note(node, tx, by, request);
    return result;
  });
}

/** One line for each of both persons: whoever looks one of them up finds it. */
function note(node: PersonsKeeper, tx: AgencyTx, by: Principal, it: PersonChangeRequest): void {
  const both = it.kind === 'merge' ? [it.stays, it.goes] : [it.from, it.to];
  for (const person of both) tx.note(done(node, by, 'persons.change', { person, subject: it.id }));
}
