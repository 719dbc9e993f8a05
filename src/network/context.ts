import { resolve } from 'node:path';
import { compilePermission } from '../protocol/permission/compile.ts';
import { isManual, manualClock, systemClock } from '../service/clock.ts';
import { type Log, makeLog } from '../service/log.ts';
import { compileLaw } from '../service/permission-lists/compile-law.ts';
import { readPermissionLists } from '../service/permission-lists/read-folder.ts';
import { makeCards } from './cards.ts';
import { checkAsks } from './config/check-asks.ts';
import { portsOf } from './config/ports.ts';
import { checkRoles } from './config/read.ts';
import { Wire } from './faults/wire.ts';
import { Journal } from './journal.ts';
import { networkKeys } from './keys.ts';
import { readLayouts } from './layouts/read-folder.ts';
import { MessageTexts } from './message-texts.ts';
import type { NetworkOptions } from './network.ts';
import { seededChances, systemChances } from './snapshot/chances.ts';
import { Doors } from './snapshot/doors.ts';
import { countStart, logFile, type Storage } from './storage.ts';
import { makeWorld } from './world/world.ts';

/** What all parties of one network are made with; nothing of it listens or stores yet. */
export async function networkContext(options: NetworkOptions) {
  const { config, folder } = options;
  const storage: Storage = options.storage ?? {
    kind: 'folder',
    path: resolve(folder, config.data),
  };
  const clock =
    options.clock ?? (config.clock === 'system' ? systemClock : manualClock(config.clock));
  const law =
    options.law ?? (await readPermissionLists(resolve(folder, config.permissionLists.folder)));
  const permission = compilePermission(law.lists, law.roles);
  checkRoles(config, permission.roles.keys());
  checkAsks(config, permission);
  const layouts = await readLayouts(resolve(folder, config.layouts.folder));
  const ports = portsOf(config);
  const { host } = config.listen;
  const chances =
    options.chance === 'seeded'
      ? seededChances(config.seed, await countStart(storage))
      : systemChances;
  const world = options.world ?? makeWorld(config);
  const journal = new Journal(clock);
  const texts = new MessageTexts();
  journal.watch(
    () => undefined,
    (last) => texts.forgetAfter(last),
  );
  /** Who is asked at an address, filled in as addresses are handed out. */
  const names = new Map<string, string>();
  const wire = new Wire({
    seed: config.seed,
    clock,
    manual: isManual(clock),
    observe: journal.observe,
    keep: (body) => texts.keep(journal.last, body),
    names,
  });
  const file = logFile(storage);
  const log = (service: string): Log =>
    file === undefined
      ? makeLog({ service, level: 'silent', clock })
      : makeLog({ service, to: { file }, clock });
  return {
    config,
    storage,
    clock,
    law,
    layouts,
    chance: chances.of,
    chances,
    log,
    journal,
    texts,
    names,
    /** What goes between the parties, and where they let it in. */
    wire,
    doors: new Doors(wire.flights),
    keys: await networkKeys(
      config.seed,
      config.agencies.map((agency) => agency.code),
    ),
    world,
    cards: makeCards(config.seed, world.residents),
    via: options.via ?? ((_from: string, _to: string, url: string) => url),
    gatewayOverrides: options.gatewayOverrides,
    proofs: options.proofs ?? 'required',
    compileLaw,
    /** Where each party listens, filled in as they start. */
    urls: new Map<string, string>(),
    listen: (
      party:
        | 'gateway'
        | 'registry'
        | 'control'
        | { readonly node: string }
        | { readonly addressNumbers: string },
    ) => {
      const port =
        typeof party === 'string'
          ? ports[party]
          : 'node' in party
            ? ports.nodes.get(party.node)
            : ports.addressNumbers.get(party.addressNumbers);
      return { host, port: options.freePorts ? 0 : (port ?? 0) };
    },
  };
}

export type NetworkContext = Awaited<ReturnType<typeof networkContext>>;

/** Where a party finds another. @throws RangeError for one that never started */
export function urlOf({ urls, names, via }: NetworkContext, from: string, to: string): string {
  const url = urls.get(to);
  if (url === undefined) throw new RangeError(`${to} does not listen`);
  const found = via(from, to, url);
  names.set(found, to);
  return found;
}
