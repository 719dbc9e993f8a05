import { RenkeiError } from '../../protocol/errors.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';
import type { Caller } from './authority/caller.ts';
import { access, refuse } from './log/access.ts';
import { ownNumber } from './persons/find.ts';
import type { AddressNumberTx, NodeCopy } from './ports.ts';
import type { AddressNumbers } from './system.ts';

/** What a business system hands over for linkage: by its own number for the person. */
export interface Original {
  readonly addressNumber: string;
  /** Code of the kind of information. */
  readonly information: string;
  readonly layoutVersion: string;
  readonly published?: string | undefined;
  readonly ended?: string | undefined;
  readonly records: readonly CopyRecord[];
  readonly autoResponseDisabled?: boolean | undefined;
  readonly nonDisclosable?: boolean | undefined;
}

/**
 * Data for linkage goes from a business system through here to the node: each person is named by the
 * system’s own number, and becomes an integrated address number on the way. All or none.
 * @returns how many copies are new or have changed at the node
 * @throws RenkeiError not_found for a number that is tied to nobody, state_conflict for one person twice, and what
 *   the node says of the copies
 */
export async function link(
  system: AddressNumbers,
  caller: Caller,
  { affair, copies }: { readonly affair: string; readonly copies: readonly Original[] },
): Promise<number> {
  const asked = { operation: 'persons.link', affair } as const;
  const ready = await access(system, caller, asked, (tx, about) => {
    const named = copies.map((copy, at) => nodeCopy(tx, caller, copy, at));
    const numbers = new Set(named.map(({ integratedAddressNumber }) => integratedAddressNumber));
    for (const person of numbers) about({ person });
    once(named);
    return named;
  });
  try {
    return await system.node.putCopies(ready);
  } catch (error) {
    throw await refuse(system, caller, asked, error);
  }
}

function nodeCopy(
  tx: AddressNumberTx,
  caller: Caller,
  { addressNumber, ...copy }: Original,
  at: number,
): NodeCopy {
  const person = tx.holderOfAddressNumber(ownNumber(caller, { addressNumber }));
  if (person !== undefined) return { integratedAddressNumber: person, ...copy };
  throw new RenkeiError('not_found', {
    ja: `${at + 1}件目の宛名番号の人は登録されていません`,
    en: `Nobody is registered by the number of copy ${at + 1}`,
    extensions: { copy: at },
  });
}

/** Two numbers of one person (registered twice, and merged since) cannot both bring the same copy. */
function once(copies: readonly NodeCopy[]): void {
  const seen = new Map<string, number>();
  for (const [at, { integratedAddressNumber, information, published = '' }] of copies.entries()) {
    const key = `${integratedAddressNumber} ${information} ${published}`;
    const before = seen.get(key);
    if (before !== undefined) {
      throw new RenkeiError('state_conflict', {
        ja: `${before + 1}件目と${at + 1}件目は同じ人の同じ種類の副本です`,
        en: `Copies ${before + 1} and ${at + 1} are of one person and one kind`,
        extensions: { copies: [before, at] },
      });
    }
    seen.set(key, at);
  }
}
