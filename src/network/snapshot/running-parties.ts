import type { RunningAddressNumbers } from '../../address-numbers/index.ts';
import type { AgencyNode, RunningAgency } from '../../agency/index.ts';
import type { RunningGateway } from '../../gateway/index.ts';
import { GATEWAY, REGISTRY } from '../../protocol/identifiers.ts';
import type { RunningRegistry } from '../../registry/index.ts';
import { type AddressNumberTokens, makeAddressNumberCallers } from '../address-number-callers.ts';
import { addressNumbersOf } from '../address-number-party.ts';
import { systemsOf } from '../business-systems.ts';
import type { NetworkContext } from '../context.ts';
import { finishedOrHeld } from '../faults/finished-or-held.ts';
import { agencyOf, gatewayOf, registryOf } from '../parties.ts';
import { type Credentials, makeCredentials } from '../principals.ts';
import type { Databases } from './snapshot.ts';

type Callers = ReturnType<typeof makeAddressNumberCallers>['callers'];
type Principals = ReturnType<typeof makeCredentials>['principals'];

/** The parties that run now. All of them can be closed and started again, also on other data. */
export class RunningParties {
  readonly agencies = new Map<string, RunningAgency>();
  readonly addressNumbers = new Map<string, RunningAddressNumbers>();
  readonly credentials = new Map<string, Credentials>();
  /** By agency: tokens of its address-number system’s callers. */
  readonly addressNumberTokens = new Map<string, AddressNumberTokens>();
  readonly #context: NetworkContext;
  readonly #ready: () => boolean;
  readonly #overrides: ((agency: string) => Partial<AgencyNode>) | undefined;
  readonly #principals = new Map<string, Principals>();
  readonly #callers = new Map<string, Callers>();
  #gateway: RunningGateway | undefined;
  #registry: RunningRegistry | undefined;

  constructor(
    context: NetworkContext,
    ready: () => boolean,
    overrides: ((agency: string) => Partial<AgencyNode>) | undefined,
  ) {
    this.#context = context;
    this.#ready = ready;
    this.#overrides = overrides;
    for (const agency of context.config.agencies) {
      const { code } = agency;
      const systems = systemsOf(agency).map(({ id }) => id);
      const chance = context.chance(`${code} credentials`);
      const { credentials, principals } = makeCredentials(chance, systems);
      this.credentials.set(code, credentials);
      this.#principals.set(code, principals);
      const own = context.chance(`${code} address-number callers`);
      const { tokens, callers } = makeAddressNumberCallers(own, systems);
      this.addressNumberTokens.set(code, tokens);
      this.#callers.set(code, callers);
    }
  }

  /** @throws RangeError when it does not run */
  get gateway(): RunningGateway {
    return running(this.#gateway, GATEWAY);
  }

  /** @throws RangeError when it does not run */
  get registry(): RunningRegistry {
    return running(this.#registry, REGISTRY);
  }

  /** A running node. @throws RangeError */
  agency(code: string): RunningAgency {
    return running(this.agencies.get(code), `agency ${code}`);
  }

  /** Starts the gateway and the registry, which have nobody to wait for. */
  async startMiddle(databases?: Databases): Promise<void> {
    const { urls } = this.#context;
    this.#gateway = await gatewayOf(this.#context, this.#ready, databases?.gateway);
    urls.set(GATEWAY, this.#gateway.url);
    this.#registry = await registryOf(this.#context, this.#ready, databases?.registry);
    urls.set(REGISTRY, this.#registry.url);
  }

  /** Starts a node, which still has to recover what was under way when it ended. */
  async startAgency(code: string, databases?: Databases): Promise<RunningAgency> {
    const agency = await agencyOf(this.#context, code, {
      credentials: running(this.credentials.get(code), `agency ${code}`),
      principals: this.#principals.get(code) ?? new Map(),
      ready: this.#ready,
      overrides: this.#overrides?.(code) ?? {},
      contents: databases?.nodes[code],
    });
    this.agencies.set(code, agency);
    this.#context.urls.set(code, agency.url);
    return agency;
  }

  async startAddressNumbers(code: string, databases?: Databases): Promise<RunningAddressNumbers> {
    const { addressNumbers } = running(this.credentials.get(code), `agency ${code}`);
    const started = await addressNumbersOf(this.#context, code, {
      callers: this.#callers.get(code) ?? new Map(),
      nodeToken: addressNumbers,
      ready: this.#ready,
      contents: databases?.addressNumbers[code],
    });
    const system: RunningAddressNumbers = {
      ...started,
      // Called here rather than asked over HTTP, it waits where requests from outside wait.
      acquireCodes: (persons) => this.#context.doors.admit(() => started.acquireCodes(persons)),
    };
    this.addressNumbers.set(code, system);
    return system;
  }

  /** Ends a node as if it had been switched off. */
  async stopAgency(code: string): Promise<void> {
    const agency = this.agency(code);
    this.agencies.delete(code);
    // What it has on its way and a fault holds is lost with it.
    this.#context.wire.holds.lose(code);
    await agency.close();
  }

  /** Ends everybody, those first who speak to the others. */
  async closeAll(): Promise<void> {
    this.#context.wire.holds.lose();
    const systems = [...this.addressNumbers.values()];
    this.addressNumbers.clear();
    await Promise.all(systems.map((system) => system.close()));
    const agencies = [...this.agencies.values()];
    this.agencies.clear();
    await Promise.all(agencies.map((agency) => agency.close()));
    const [registry, gateway] = [this.#registry, this.#gateway];
    this.#registry = undefined;
    this.#gateway = undefined;
    await registry?.close();
    await gateway?.close();
  }

  /** Resolves when no party has anything under way. */
  async settled(): Promise<void> {
    const systems = [...this.addressNumbers.values()];
    for (const party of [...systems, this.gateway, ...this.agencies.values(), this.gateway]) {
      await party.settled();
    }
  }

  /** What is due by the clock, at every party; a party that a fault holds up keeps nobody else waiting. */
  async maintain(): Promise<void> {
    // One after the other: who reaches the gateway first must not be left to chance (invariant 8).
    const failed: unknown[] = [];
    const systems = [...this.addressNumbers.values()];
    for (const party of [this.gateway, ...this.agencies.values(), ...systems]) {
      const { flights } = this.#context.wire;
      await finishedOrHeld(flights, party.maintain()).catch((error: unknown) => failed.push(error));
    }
    if (failed.length > 0) throw failed[0];
  }
}

function running<Party>(party: Party | undefined, name: string): Party {
  if (party === undefined) throw new RangeError(`${name} does not run`);
  return party;
}
