import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkKeys } from '../../network/keys.ts';
import type { Network } from '../../network/network.ts';
import { Operator } from '../../network/operator.ts';
import { startNetwork } from '../../network/start-network.ts';
import { GATEWAY, REGISTRY } from '../../protocol/identifiers.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import { type ManualClock, manualClock } from '../../service/clock.ts';
import { makeHttpClient } from '../../service/http-client/post-json.ts';
import { makeIds } from '../../service/ids.ts';
import type { PermissionLists } from '../../service/permission-lists/read-folder.ts';
import { seededRandomness } from '../../service/randomness.ts';
import { Tap } from '../tap/tap.ts';
import { configOf, type Parties } from './config-of.ts';
import type { Prepared } from './prepare.ts';
import { recordsReader } from './references.ts';
import { StorageFaults } from './storage-faults.ts';
import { type Cast, castOf } from './world-of.ts';

/** A step that waits for a message which a fault holds back would wait for ever: the clock stands still. */
const TIMEOUT_MS = 10_000;

/** A scenario’s own network while it runs, and everything that a step needs. */
export interface Stage extends AsyncDisposable {
  readonly file: string;
  readonly network: Network;
  readonly operator: Operator;
  readonly clock: ManualClock;
  readonly tap: Tap;
  readonly storage: StorageFaults;
  readonly http: ReturnType<typeof makeHttpClient>;
  readonly cast: Cast;
  readonly parties: Parties;
  readonly keys: Awaited<ReturnType<typeof networkKeys>>;
  readonly newId: () => string;
  /** The lists that it began with, and those that count now. */
  readonly lists: PermissionLists;
  law: PermissionLists;
  /** The code of an agency, or the name of a party that is none. @throws RangeError */
  codeOf(party: string): string;
  /** What the scenario calls a party. */
  nameOf(code: string): string;
  /** Records that a party has written since it was asked last. */
  newRecords(party: string): readonly ProvisionRecord[];
}

/** Starts the network of a scenario: alone, in memory, by its own clock and seed. */
export async function openStage(prepared: Prepared): Promise<Stage> {
  const { read, base, folder, law } = prepared;
  const { scenario, file } = read;
  const { config, parties } = configOf(read, base);
  const cast = await castOf(scenario, parties, recordsReader(file));
  const clock = manualClock(scenario.now);
  const storage = new StorageFaults();
  // A node in memory forgets all when it stops.
  const stops = scenario.tests.some(({ steps = [] }) => steps.some(({ stop }) => stop));
  const data = stops ? await mkdtemp(join(tmpdir(), 'renkei-replay-')) : undefined;
  const tap = await Tap.open();
  const http = makeHttpClient({
    timeoutMs: TIMEOUT_MS,
    maxBytes: 64 * 1024 * 1024,
    maxSockets: 64,
  });
  const closeAll = async () => {
    http.close();
    await tap[Symbol.asyncDispose]();
    if (data !== undefined) await rm(data, { recursive: true, force: true });
  };
  const network = await startNetwork({
    config,
    folder,
    storage: data === undefined ? { kind: 'memory' } : { kind: 'folder', path: data },
    clock,
    law,
    world: cast.world,
    chance: 'seeded',
    freePorts: true,
    via: tap.via,
    gatewayOverrides: storage.gateway,
  }).catch(async (error: unknown) => {
    await closeAll();
    throw error;
  });
  tap.introduce(GATEWAY, network.gateway.url);
  tap.introduce(REGISTRY, network.registry.url);
  for (const [code, { url }] of network.agencies) tap.introduce(code, url);
  const names = new Map([...parties].map(([name, { code }]) => [code, name]));
  const seen = new Map<string, number>();
  const newRecords = (party: string) => {
    const reads =
      party === GATEWAY
        ? network.gateway.gateway.store.read
        : network.agencies.get(party)?.node.store.read;
    const found = reads?.records(seen.get(party) ?? 0, 1_000_000) ?? [];
    const last = found.at(-1);
    if (last) seen.set(party, last.seq);
    return found.map(({ record }) => record);
  };
  for (const party of [GATEWAY, ...names.keys()]) newRecords(party);
  return {
    ...{ file, network, clock, tap, storage, http, cast, parties, law, lists: law, newRecords },
    operator: new Operator(network),
    keys: await networkKeys(
      config.seed,
      config.agencies.map(({ code }) => code),
    ),
    newId: makeIds(seededRandomness(config.seed, 'replay')),
    codeOf(party) {
      const code = parties.get(party)?.code;
      if (code !== undefined) return code;
      if (party === GATEWAY || party === REGISTRY) return party;
      throw new RangeError(`no party ${party}`);
    },
    nameOf: (code) => names.get(code) ?? code,
    async [Symbol.asyncDispose]() {
      await network.close();
      await closeAll();
    },
  };
}
