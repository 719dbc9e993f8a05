import { join, resolve } from 'node:path';
import { compilePermission } from '../protocol/permission/compile.ts';
import { manualClock, systemClock } from '../service/clock.ts';
import { type Log, makeLog } from '../service/log.ts';
import { makeCompileLaw } from '../service/permission-lists/compile-law.ts';
import { readPermissionLists } from '../service/permission-lists/read-folder.ts';
import type { Randomness } from '../service/ports.ts';
import { seededRandomness, systemRandomness } from '../service/randomness.ts';
import { portsOf } from './config/ports.ts';
import { checkRoles } from './config/read.ts';
import { Journal } from './journal.ts';
import { networkKeys } from './keys.ts';
import type { ChanceFor, NetworkOptions } from './network.ts';
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
  const law = await readPermissionLists(join(folder, config.permissionLists.folder));
  checkRoles(config, compilePermission(law.lists, law.roles).roles.keys());
  const ports = portsOf(config);
  const { host } = config.listen;
  const chance: ChanceFor =
    options.chance === 'seeded'
      ? seededChance(config.seed, await countStart(storage))
      : () => systemRandomness;
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
    chance,
    log,
    journal: new Journal(clock),
    keys: await networkKeys(
      config.seed,
      config.agencies.map((agency) => agency.code),
    ),
    world: makeWorld(config),
    compileLaw: makeCompileLaw(),
    /** Where each party listens, filled in as they start. */
    urls: new Map<string, string>(),
    listen: (party: 'gateway' | 'registry' | 'control' | { readonly node: string }) => {
      const port = typeof party === 'string' ? ports[party] : (ports.nodes.get(party.node) ?? 0);
      return { host, port: options.freePorts ? 0 : port };
    },
  };
}

/** A party that stops and starts goes on with its chance: identifiers that come twice are taken for replays. */
function seededChance(seed: string, start: number): ChanceFor {
  const streams = new Map<string, Randomness>();
  return (party) => {
    const found = streams.get(party);
    if (found) return found;
    const stream = seededRandomness(seed, start === 1 ? party : `${party} start ${start}`);
    streams.set(party, stream);
    return stream;
  };
}

export type NetworkContext = Awaited<ReturnType<typeof networkContext>>;

/** Where a party listens. @throws RangeError for one that never started */
export function urlOf({ urls }: NetworkContext, party: string): string {
  const url = urls.get(party);
  if (url === undefined) throw new RangeError(`${party} does not listen`);
  return url;
}
