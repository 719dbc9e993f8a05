import type { OpenAddressNumbers } from '../address-numbers/index.ts';
import type { RunningAgency } from '../agency/index.ts';
import { GATEWAY, REGISTRY } from '../protocol/identifiers.ts';
import { systemClock } from '../service/clock.ts';
import { networkContext } from './context.ts';
import { startControl } from './control/start-control.ts';
import { fillAgency } from './fill.ts';
import type { Network, NetworkOptions } from './network.ts';
import { addressNumbersOf, agencyOf, gatewayOf, registryOf } from './parties.ts';
import { type Credentials, makeCredentials } from './principals.ts';
import { isFilled, markFilled } from './storage.ts';

const MAINTENANCE_MS = 30_000;

/**
 * Starts a gateway, a registry, and a node and an address-number system for each agency, gives them their
 * people and copies, and resolves when all of it is ready. What was started is stopped again if anything fails.
 * @throws ConfigInvalid, PermissionListInvalid, PortInUse, StorageBusy, OtherWorld
 */
export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const context = await networkContext(options);
  const { config, storage, clock, journal, world, urls } = context;
  const filled = { seed: config.seed, residents: config.residents.count };
  const started: (() => Promise<void>)[] = [];
  const agencies = new Map<string, RunningAgency>();
  const addressNumbers = new Map<string, OpenAddressNumbers>();
  const credentials = new Map<string, Credentials>();
  const principals = new Map<string, ReturnType<typeof makeCredentials>['principals']>();
  let ready = false;
  const isReady = () => ready;

  const closeAll = async () => {
    ready = false;
    for (const close of started.splice(0).reverse()) await close();
  };

  const startAgency = async (code: string): Promise<RunningAgency> => {
    const agency = await agencyOf(context, code, {
      principals: principals.get(code) ?? new Map(),
      ready: isReady,
      overrides: options.overrides?.(code) ?? {},
    });
    agencies.set(code, agency);
    urls.set(code, agency.url);
    return agency;
  };

  try {
    const full = await isFilled(storage, filled);
    const gateway = await gatewayOf(context, isReady);
    started.push(gateway.close);
    urls.set(GATEWAY, gateway.url);
    const registry = await registryOf(context, isReady);
    started.push(registry.close);
    urls.set(REGISTRY, registry.url);
    started.push(async () => {
      await Promise.all([...agencies.values()].map((agency) => agency.close()));
    });
    for (const { code } of config.agencies) {
      const made = makeCredentials(context.chance(`${code} credentials`));
      credentials.set(code, made.credentials);
      principals.set(code, made.principals);
      const agency = await startAgency(code);
      await agency.recover();
      const system = addressNumbersOf(context, code, made.credentials);
      addressNumbers.set(code, system);
      started.push(system.close);
      const holdings = world.agencies.get(code);
      if (!full && holdings) await fillAgency(holdings, system, agency);
    }
    await markFilled(storage, filled);

    const settled = async () => {
      for (const party of [gateway, ...agencies.values(), gateway]) await party.settled();
    };
    const maintain = async () => {
      await Promise.all([gateway, ...agencies.values()].map((party) => party.maintain()));
      await settled();
    };
    const agency = (code: string): RunningAgency => {
      const running = agencies.get(code);
      if (!running) throw new RangeError(`agency ${code} does not run`);
      return running;
    };
    const network = {
      ...{
        config,
        world,
        clock,
        journal,
        gateway,
        registry,
        agencies,
        addressNumbers,
        credentials,
      },
      agency,
      async stopAgency(code: string) {
        const running = agency(code);
        agencies.delete(code);
        await running.close();
      },
      async startAgency(code: string) {
        const running = await startAgency(code);
        await running.recover();
        return running;
      },
      settled,
      maintain,
      close: closeAll,
      [Symbol.asyncDispose]: closeAll,
    };
    const control = await startControl(network, {
      listen: context.listen('control'),
      log: context.log('control'),
      ready: isReady,
    });
    started.push(control.close);
    if (clock === systemClock) started.push(maintainedEvery(MAINTENANCE_MS, maintain));
    ready = true;
    return { ...network, control };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** @returns stops it */
function maintainedEvery(ms: number, maintain: () => Promise<void>): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    // What fails now (a full disk, a gateway that is down) is due again next time; it is in the log.
    last = last.then(maintain).catch(() => undefined);
  }, ms);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await last;
  };
}
