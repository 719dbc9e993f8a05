import {
  type ConfirmationView,
  type PersonView,
  registered,
} from '../../protocol/persons-api/persons.ts';
import type { Calls } from '../call/calls.ts';
import type { AnswerOf, RequestOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** What is told besides the affair. */
type Without<Request, Key extends PropertyKey = 'affair'> = Request extends unknown
  ? Omit<Request, Key>
  : never;

/** Persons by individual number, by systems’ own numbers, by integrated address number. */
export class RegisteredPersons {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** @returns the integrated address number. @throws NodeError not_found … */
  async find(
    sought: RequestOf<typeof registered.find>,
    options: CallOptions = {},
  ): Promise<string> {
    const given = { ...options, repeatable: true };
    return (await this.#calls.send(registered.find, sought, given)).integratedAddressNumber;
  }

  /** The way back, for callers whose grant says so. */
  async individualNumber(
    integratedAddressNumber: string,
    affair: string,
    options: CallOptions = {},
  ): Promise<string> {
    const asked = { affair, integratedAddressNumber };
    const given = { ...options, repeatable: true };
    return (await this.#calls.send(registered.individualNumber, asked, given)).individualNumber;
  }

  /** Basic items, and the business systems’ own numbers. */
  show(person: string, affair: string, options: CallOptions = {}): Promise<PersonView> {
    return this.#calls.read(registered.show, { ...options, ...naming(person), query: { affair } });
  }

  /** Compares what somebody says of themselves with what is held, item by item. */
  confirm(
    told: RequestOf<typeof registered.confirm>,
    options: CallOptions = {},
  ): Promise<ConfirmationView> {
    return this.#calls.send(registered.confirm, told, { ...options, repeatable: true });
  }

  /** Registers somebody new. @returns the integrated address number */
  async register(
    person: RequestOf<typeof registered.register>,
    options: CallOptions = {},
  ): Promise<string> {
    return (await this.#calls.send(registered.register, person, options)).integratedAddressNumber;
  }

  async changeBasics(
    person: string,
    affair: string,
    basics: RequestOf<typeof registered.changeBasics>['basics'],
    options: CallOptions = {},
  ): Promise<void> {
    const change = { affair, basics };
    await this.#calls.send(registered.changeBasics, change, { ...options, ...naming(person) });
  }

  /** Their first individual number, or the one in place of the old. */
  async setIndividualNumber(
    person: string,
    affair: string,
    number: Without<RequestOf<typeof registered.setIndividualNumber>>,
    options: CallOptions = {},
  ): Promise<void> {
    const change = { affair, ...number };
    const given = { ...options, ...naming(person) };
    await this.#calls.send(registered.setIndividualNumber, change, given);
  }

  /** Ties a business system’s own number to somebody. */
  async tie(
    person: string,
    affair: string,
    number: Without<RequestOf<typeof registered.tie>>,
    options: CallOptions = {},
  ): Promise<void> {
    const given = { ...options, ...naming(person) };
    await this.#calls.send(registered.tie, { affair, ...number }, given);
  }

  /** Identification codes for persons that have none yet (番号法21条の2). @returns for how many */
  async acquireCodes(
    persons: readonly string[],
    affair: string,
    options: CallOptions = {},
  ): Promise<number> {
    const asked = { affair, persons: [...persons] };
    return (await this.#calls.send(registered.acquire, asked, options)).acquired;
  }

  /** Registers copies at the node, by the system’s own numbers; all or none, and the same again changes nothing. */
  link(
    affair: string,
    copies: RequestOf<typeof registered.link>['copies'],
    options: CallOptions = {},
  ): Promise<AnswerOf<typeof registered.link>> {
    return this.#calls.send(registered.link, { affair, copies }, { ...options, repeatable: true });
  }

  /** Others with the same reading of the name, birth date and sex: registered twice? */
  async alike(person: string, options: CallOptions = {}): Promise<readonly string[]> {
    return (await this.#calls.read(registered.alike, { ...options, ...naming(person) })).alike;
  }
}

const naming = (integratedAddressNumber: string) => ({ params: { integratedAddressNumber } });
