import { RenkeiError } from '../../../protocol/errors.ts';
import type { Caller } from '../authority/caller.ts';
import { access } from '../log/access.ts';
import type { AddressNumbers } from '../system.ts';
import { theCurrent } from './current.ts';
import { readIndividualNumber } from './individual-number.ts';
import type { AddressNumber, Person } from './person.ts';

/** By which number somebody is looked for. */
export type Sought =
  | { readonly individualNumber: string }
  | { readonly addressNumber: string; readonly system?: string | undefined };

/** From a number to the integrated address number. @throws RenkeiError not_found, message_malformed */
export function findPerson(
  system: AddressNumbers,
  caller: Caller,
  { affair, ...sought }: Sought & { readonly affair: string },
): Promise<string> {
  return access(system, caller, { operation: 'persons.find', affair }, (tx, about) => {
    const person =
      'individualNumber' in sought
        ? tx.holderOf(readIndividualNumber(sought.individualNumber))
        : tx.holderOfAddressNumber(ownNumber(caller, sought));
    if (person === undefined) throw new RenkeiError('not_found');
    about({ person });
    return person;
  });
}

/** The way back. @throws RenkeiError not_found, also for somebody who has none */
export function individualNumberFor(
  system: AddressNumbers,
  caller: Caller,
  { affair, person }: { readonly affair: string; readonly person: string },
): Promise<string> {
  const asked = { operation: 'persons.reverse', affair, person } as const;
  return access(system, caller, asked, (tx, about) => {
    const { integratedAddressNumber } = theCurrent(tx, person);
    about({ person: integratedAddressNumber });
    const number = tx.individualNumberOf(integratedAddressNumber);
    if (number === undefined) throw new RenkeiError('not_found');
    return number;
  });
}

/** A person with what is tied to them; business systems see their own numbers only. */
export interface Shown {
  readonly person: Person;
  readonly addressNumbers: readonly AddressNumber[];
  readonly mergedNumbers: readonly string[];
}

/** @throws RenkeiError not_found */
export function showPerson(
  system: AddressNumbers,
  caller: Caller,
  { affair, person }: { readonly affair: string; readonly person: string },
): Promise<Shown> {
  const asked = { operation: 'persons.show', affair, person } as const;
  return access(system, caller, asked, (tx, about) => {
    const found = theCurrent(tx, person);
    const number = found.integratedAddressNumber;
    about({ person: number });
    const own = ({ system: its }: AddressNumber) => caller.kind === 'staff' || its === caller.id;
    return {
      person: found,
      addressNumbers: tx.addressNumbersOf(number).filter(own),
      mergedNumbers: tx.mergedInto(number),
    };
  });
}

/**
 * Whose numbering a business system’s number belongs to: a system names its own, staff say which.
 * @throws RenkeiError not_authorised for another system’s, message_malformed when it is not said
 */
export function ownNumber(
  caller: Caller,
  {
    system,
    addressNumber,
  }: { readonly system?: string | undefined; readonly addressNumber: string },
): AddressNumber {
  if (caller.kind === 'business-system') {
    if (system === undefined || system === caller.id || caller.residentRegister) {
      return { system: system ?? caller.id, addressNumber };
    }
    throw new RenkeiError('not_authorised', {
      ja: '他の業務システムの宛名番号は扱えません',
      en: 'Another business system’s numbers are not this one’s to use',
    });
  }
  if (system !== undefined) return { system, addressNumber };
  throw new RenkeiError('message_malformed', {
    ja: 'どの業務システムの宛名番号かを system に書いてください',
    en: 'Say in `system` whose number it is',
    extensions: { fields: [{ field: '/system', issue: 'missing' }] },
  });
}
