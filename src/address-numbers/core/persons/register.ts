import { RenkeiError } from '../../../protocol/errors.ts';
import type { Randomness } from '../../../service/ports.ts';
import type { Caller } from '../authority/caller.ts';
import { access } from '../log/access.ts';
import type { AddressNumbers } from '../system.ts';
import { ownNumber } from './find.ts';
import { readIndividualNumber } from './individual-number.ts';
import type { Basics, Registration, Source } from './person.ts';
import type { PersonReads, PersonTx } from './ports.ts';

type OwnNumber = { readonly system?: string | undefined; readonly addressNumber: string };

export interface NewPerson {
  readonly affair: string;
  readonly individualNumber?: string | undefined;
  readonly basics: Basics;
  readonly addressNumbers: readonly OwnNumber[];
}

/**
 * Registers somebody new and gives them an integrated address number. Nobody gets two for one individual
 * number or one business system’s number.
 * @throws RenkeiError state_conflict for somebody who is registered already, message_malformed
 */
export function registerPerson(
  system: AddressNumbers,
  caller: Caller,
  { affair, individualNumber, basics, addressNumbers }: NewPerson,
): Promise<string> {
  return access(system, caller, { operation: 'persons.register', affair }, (tx, about) => {
    const number = individualNumber && readIndividualNumber(individualNumber);
    const own = addressNumbers.map((each) => ownNumber(caller, each));
    if (number === undefined && own.length === 0) throw withoutAny();
    const person = freshNumber(tx, system.randomness);
    const at = system.clock.now();
    const source = sourceOf(caller);
    tx.addPerson({ integratedAddressNumber: person, individualNumber: number, basics, source, at });
    for (const each of own) {
      if (tx.holderOfAddressNumber(each) !== undefined) throw taken();
      tx.tieAddressNumber(each, person);
    }
    about({ person });
    return person;
  });
}

/** Ties one more of a business system’s numbers to somebody. @throws RenkeiError not_found, state_conflict */
export function tieNumber(
  system: AddressNumbers,
  caller: Caller,
  { affair, person, ...number }: { readonly affair: string; readonly person: string } & OwnNumber,
): Promise<void> {
  const asked = { operation: 'persons.register', affair, person } as const;
  return access(system, caller, asked, (tx) => {
    if (tx.person(person)?.mergedInto !== undefined || !tx.person(person)) {
      throw new RenkeiError('not_found');
    }
    const own = ownNumber(caller, number);
    const holder = tx.holderOfAddressNumber(own);
    if (holder !== undefined && holder !== person) throw taken();
    tx.tieAddressNumber(own, person);
  });
}

/** Persons as the resident register hands them over. Doing it twice changes nothing. */
export function enrol(
  tx: PersonTx,
  persons: readonly (Registration & { readonly addressNumbers?: readonly Required<OwnNumber>[] })[],
): void {
  for (const { addressNumbers = [], ...person } of persons) {
    tx.addPerson(person);
    for (const { system, addressNumber } of addressNumbers) {
      if (system === undefined) continue;
      const number = { system, addressNumber };
      const holder = tx.holderOfAddressNumber(number);
      if (holder === undefined) tx.tieAddressNumber(number, person.integratedAddressNumber);
      else if (holder !== person.integratedAddressNumber) throw taken();
    }
  }
}

export const sourceOf = (caller: Caller): Source =>
  caller.kind === 'business-system' && caller.residentRegister ? 'resident-register' : 'entered';

/** Fifteen digits that nobody has or had. */
export function freshNumber(reads: PersonReads, randomness: Randomness): string {
  for (;;) {
    const drawn = Buffer.from(randomness.bytes(8)).readBigUInt64BE();
    // 2^64 is 18,446 times 10^15: the last digits favour nobody to speak of.
    const number = String(drawn % 10n ** 15n).padStart(15, '0');
    if (!reads.person(number)) return number;
  }
}

const withoutAny = (): RenkeiError =>
  new RenkeiError('message_malformed', {
    ja: '個人番号か、業務システムの宛名番号が要ります',
    en: 'An individual number or a business system’s number is needed',
    extensions: { fields: [{ field: '/individualNumber', issue: 'missing' }] },
  });

const taken = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: 'この宛名番号は他の人に使われています',
    en: 'That number of the business system is somebody else’s',
  });
