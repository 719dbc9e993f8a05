import { health } from '../protocol/health.ts';
import { Calls } from './call/calls.ts';
import { Connection } from './call/connection.ts';
import type { CallOptions, NodeOptions } from './options.ts';
import { AccessLog, Grants } from './resources/address-numbers-authority.ts';
import { PersonChanges } from './resources/person-changes.ts';
import { RegisteredPersons } from './resources/registered-persons.ts';

/** An agency’s address-number system (団体内統合宛名システム), as its business systems and staff use it. */
export class AddressNumbersClient {
  readonly persons: RegisteredPersons;
  /** Two registrations that are one person, one that is two. */
  readonly changes: PersonChanges;
  readonly grants: Grants;
  readonly accessLog: AccessLog;
  readonly #calls: Calls;

  constructor({ system, token, ...options }: AddressNumbersOptions) {
    const connection = new Connection({ ...options, node: system }, { token: async () => token });
    this.#calls = new Calls(connection);
    this.persons = new RegisteredPersons(this.#calls);
    this.changes = new PersonChanges(this.#calls);
    this.grants = new Grants(this.#calls);
    this.accessLog = new AccessLog(this.#calls);
  }

  /** Whether it runs. @throws NodeError node_unreachable … */
  async live(options: CallOptions = {}): Promise<boolean> {
    return (await this.#calls.read(health.live, options)).status === 'ok';
  }

  /** Whether it can do its work now. @throws NodeError node_unreachable … */
  async ready(options: CallOptions = {}): Promise<boolean> {
    return (await this.#calls.read(health.ready, options)).status === 'ready';
  }
}

export type AddressNumbersOptions = Omit<NodeOptions, 'node'> & {
  /** Where it listens: a port of its own, not the node’s. */
  readonly system: string | URL;
  /** One of its own; a node’s does not count there. */
  readonly token: string;
};

/**
 * Individual numbers go nowhere but here: keep them out of everything else, and out of logs.
 * @example
 * const { persons } = addressNumbers({ system: 'http://127.0.0.1:8902', token });
 * const integratedAddressNumber = await persons.find({ affair, individualNumber });
 */
export const addressNumbers = (options: AddressNumbersOptions): AddressNumbersClient =>
  new AddressNumbersClient(options);
