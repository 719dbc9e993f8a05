import type { Faults } from '../../network/faults/faults.ts';
import type { Journal } from '../../network/journal.ts';
import type { Network } from '../../network/network.ts';
import type { Snapshot } from '../../network/snapshot/snapshot.ts';
import { Caller } from './caller.ts';
import { AgencyClient } from './client.ts';
import { TestClock } from './clock.ts';
import { type NewCopy, putCopy } from './copies.ts';
import { keepingGlobals } from './globals.ts';
import { type ExchangeRecords, recordsOf } from './records.ts';
import { Residents } from './residents.ts';
import { type ExchangeOf, exchangeOf } from './reviews.ts';

/** A whole network for one test: gateway, registry, a node for each agency, invented residents. */
export class TestNetwork implements AsyncDisposable {
  readonly clock: TestClock;
  /** Finds invented people. */
  readonly resident: Residents;
  /** What is underneath, for what is not told here. */
  readonly network: Network;
  readonly #caller: Caller;
  readonly #cleanUp: () => Promise<void>;

  constructor(network: Network, cleanUp: () => Promise<void> = async () => undefined) {
    this.#cleanUp = cleanUp;
    this.network = network;
    this.clock = new TestClock(network);
    this.resident = new Residents(network.world);
    this.#caller = new Caller(network);
  }

  /** The callers of one agency: business system and staff. @throws RenkeiError agency_unknown */
  client(agency: string): AgencyClient {
    this.#caller.url(agency);
    return new AgencyClient(this.network, this.#caller, agency);
  }

  /** Where `gateway`, `registry`, `control` or an agency listens. */
  url(party: string): string {
    return this.#caller.url(party);
  }

  /** What goes wrong between the parties: `network.faults.add({ message: 'delivery', action: 'drop', times: 1 })`. */
  get faults(): Faults {
    return this.network.faults;
  }

  /** Everything that happened, in order. */
  get journal(): Journal {
    return this.network.journal;
  }

  /** What the three parties keep of an exchange: `expect(network.recordsOf(outcome)).toAgree()`. */
  recordsOf(of: ExchangeOf): ExchangeRecords {
    return recordsOf(this.network, exchangeOf(of));
  }

  /** Changes what an agency holds of somebody. */
  putCopy(copy: NewCopy): Promise<void> {
    return putCopy(this.network, copy);
  }

  /** Resolves when nothing is under way: never sleep in a test. */
  settled(): Promise<void> {
    return this.network.settled();
  }

  /** Switches a node off. Its data stays with `storage: 'folder'`; in memory it is lost. */
  async stop(agency: string): Promise<void> {
    this.#caller.url(agency);
    await this.network.stopAgency(agency);
  }

  /** Switches it on again: it fetches what came meanwhile. */
  async start(agency: string): Promise<void> {
    await keepingGlobals(() => this.network.startAgency(agency));
  }

  /** Everything at this instant, to go back to: quicker than a new network for each test. */
  snapshot(): Promise<Snapshot> {
    return this.network.snapshot();
  }

  /** Goes back: data, clock, faults, journal and chance. What is then done gives the same bytes again. */
  restore(snapshot: Snapshot): Promise<void> {
    return keepingGlobals(() => this.network.restore(snapshot));
  }

  /** Goes back to how it started. */
  reset(): Promise<void> {
    return keepingGlobals(() => this.network.reset());
  }

  async close(): Promise<void> {
    this.#caller.close();
    await this.network.close();
    await this.#cleanUp();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
