import { RenkeiError } from '../../../protocol/errors.ts';
import type { Caller } from '../authority/caller.ts';
import { access } from '../log/access.ts';
import type { AddressNumbers } from '../system.ts';
import { theCurrent } from './current.ts';
import { compareIdentity, type Item, plain, type Verdict } from './identity.ts';
import { readIndividualNumber } from './individual-number.ts';

/** What somebody says of themselves. */
export type Told = { readonly [Key in Item]?: string | undefined };

export interface Confirmed {
  readonly person: string;
  /** Everything that was told matches. */
  readonly identical: boolean;
  readonly items: { readonly [Key in Item]?: Verdict };
}

/**
 * Confirms a person’s identity for whoever names them by integrated address number or individual number.
 * Tells match or not for each item, and nothing of what is held.
 * @throws RenkeiError not_found, message_malformed
 */
export function confirmIdentity(
  system: AddressNumbers,
  caller: Caller,
  {
    affair,
    person,
    individualNumber,
    told,
  }: {
    readonly affair: string;
    readonly person?: string | undefined;
    readonly individualNumber?: string | undefined;
    readonly told: Told;
  },
): Promise<Confirmed> {
  const asked = { operation: 'persons.confirm', affair, person } as const;
  return access(system, caller, asked, (tx, about) => {
    saySomething(told);
    const number =
      individualNumber === undefined ? person : tx.holderOf(readIndividualNumber(individualNumber));
    if (number === undefined) throw new RenkeiError('not_found');
    const { integratedAddressNumber, basics } = theCurrent(tx, number);
    about({ person: integratedAddressNumber });
    const items = compareIdentity(basics, told);
    const identical = Object.values(items).every((verdict) => verdict === 'match');
    return { person: integratedAddressNumber, identical, items };
  });
}

/** Something that is nothing but spaces would match everything that is empty. */
function saySomething(told: Told): void {
  const empty = Object.entries(told).filter(
    ([item, text]) => text !== undefined && plain(item as Item, text) === '',
  );
  if (empty.length === 0) return;
  throw new RenkeiError('message_malformed', {
    ja: `${empty.map(([item]) => item).join('、')} に文字がありません`,
    en: `${empty.map(([item]) => item).join(', ')}: nothing in it`,
    extensions: { fields: empty.map(([item]) => ({ field: `/${item}`, issue: 'too_small' })) },
  });
}
