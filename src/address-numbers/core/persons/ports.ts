import type { AddressNumber, Basics, Person, Registration, Source } from './person.ts';

export interface PersonReads {
  person(integratedAddressNumber: string): Person | undefined;
  individualNumberOf(integratedAddressNumber: string): string | undefined;
  /** Whose individual number it is. */
  holderOf(individualNumber: string): string | undefined;
  holderOfAddressNumber(number: AddressNumber): string | undefined;
  addressNumbersOf(integratedAddressNumber: string): readonly AddressNumber[];
  /** Numbers that were merged into this one. */
  mergedInto(integratedAddressNumber: string): readonly string[];
  /** Others whose name, birth date and sex read alike: they may be registered twice. */
  alike(integratedAddressNumber: string): readonly string[];
}

export interface PersonTx extends PersonReads {
  /** @throws RenkeiError state_conflict when either number is somebody’s already */
  addPerson(person: Registration): void;
  changeBasics(integratedAddressNumber: string, basics: Basics | undefined, at: number): void;
  /** @throws RenkeiError state_conflict when it is somebody else’s */
  setIndividualNumber(
    integratedAddressNumber: string,
    individualNumber: string | undefined,
    at: number,
  ): void;
  setSource(integratedAddressNumber: string, source: Source, at: number): void;
  /** Ties a business system’s number, or moves it to another person. */
  tieAddressNumber(number: AddressNumber, integratedAddressNumber: string): void;
  /** Marks a person as merged into another, or as a person again. It must have neither number nor basics. */
  setMerged(integratedAddressNumber: string, into: string | undefined, at: number): void;
}
