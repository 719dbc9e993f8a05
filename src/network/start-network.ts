import { systemClock } from '../service/clock.ts';
import { networkContext } from './context.ts';
import { startControl } from './control/start-control.ts';
import { finishedOrHeld } from './faults/finished-or-held.ts';
import { fillAgency } from './fill.ts';
import type { Network, NetworkOptions, Watched } from './network.ts';
import { Instants } from './snapshot/instants.ts';
import { RunningParties } from './snapshot/running-parties.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { finishSwap } from './snapshot/swap-files.ts';
import { isFilled, markFilled } from './storage.ts';

const MAINTENANCE_MS = 30_000;

/**
 * Starts a gateway, a registry, and a node and an address-number system for each agency, gives them their
 * people and copies, and resolves when all of it is ready. What was started is stopped again if anything fails.
 * @throws ConfigInvalid, PermissionListInvalid, PortInUse, StorageBusy, OtherWorld
 */
export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const context = await networkContext(options);
  const { config, storage, clock, journal, texts, world, wire, layouts } = context;
  const filled = { seed: config.seed, residents: config.residents.count };
  const started: (() => Promise<void>)[] = [];
  let ready = false;
  const isReady = () => ready;
  const parties = new RunningParties(context, isReady, options.overrides);

  const closeAll = async () => {
    ready = false;
    for (const close of started.splice(0).reverse()) await close();
  };

  try {
    const full = await isFilled(storage, filled);
    await finishSwap(storage);
    started.push(() => parties.closeAll());
    await parties.startMiddle();
    for (const { code } of config.agencies) {
      const agency = await parties.startAgency(code);
      await agency.recover();
      const system = await parties.startAddressNumbers(code);
      await system.maintain();
      const holdings = world.agencies.get(code);
      if (!full && holdings) await fillAgency(holdings, system, agency);
    }
    for (const agency of parties.agencies.values()) agency.carryOn();
    const instants = new Instants(context, parties, closeAll);
    if (!full) await instants.rememberFirst();
    await markFilled(storage, filled);

    const network: Watched = {
      ...{ config, world, layouts, clock, journal, texts, faults: wire.faults },
      // Going back replaces them, so they are asked for each time.
      get gateway() {
        return parties.gateway;
      },
      get registry() {
        return parties.registry;
      },
      ...{ agencies: parties.agencies, addressNumbers: parties.addressNumbers },
      cards: context.cards,
      credentials: parties.credentials,
      addressNumberTokens: parties.addressNumberTokens,
      agency: (code: string) => parties.agency(code),
      stopAgency: (code: string) => parties.stopAgency(code),
      async startAgency(code: string) {
        const running = await parties.startAgency(code);
        await running.recover();
        running.carryOn();
        return running;
      },
      settled: () => finishedOrHeld(wire.flights, parties.settled()),
      maintain: () => instants.maintain(),
      advance: (ms: number) => instants.advance(ms),
      advanceTo: (instant: number) => instants.advanceTo(instant),
      snapshot: () => instants.snapshot(),
      restore: (snapshot: Snapshot) => instants.restore(snapshot),
      reset: () => instants.reset(),
      close: closeAll,
      [Symbol.asyncDispose]: closeAll,
    };
    const control = await startControl(network, {
      listen: context.listen('control'),
      log: context.log('control'),
      ready: isReady,
      console: options.console,
      more: options.controlRoutes,
    });
    started.push(control.close);
    if (clock === systemClock) {
      started.push(maintainedEvery(MAINTENANCE_MS, () => instants.maintain()));
    }
    ready = true;
    return Object.assign(network, { control });
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
