import { dirname } from 'node:path';
import { ConfigInvalid } from '../../network/config/invalid.ts';
import { readConfig } from '../../network/config/read.ts';
import type { NetworkConfig } from '../../network/config/schema.ts';
import type { PermissionLists } from '../../service/permission-lists/read-folder.ts';
import { ScenarioInvalid } from '../scenario/invalid.ts';
import { type ReadScenario, refuseAny } from '../scenario/read.ts';
import { unknownKinds } from '../scenario/unknown-kinds.ts';
import { configOf } from './config-of.ts';
import { aloneInForce, lawFrom } from './law-of.ts';
import { readReference, recordsReader } from './references.ts';
import { castOf } from './world-of.ts';

/** A scenario with everything that it runs on. */
export interface Prepared {
  readonly read: ReadScenario;
  readonly base: NetworkConfig;
  /** Where the configuration’s relative paths start from. */
  readonly folder: string;
  readonly law: PermissionLists;
}

/** What a replay goes by, for all its scenarios. */
export interface Ground {
  readonly base: NetworkConfig;
  readonly folder: string;
  readonly law: PermissionLists;
  /** Instead of each scenario’s own. */
  readonly seed?: string | undefined;
  readonly at?: string | undefined;
  /** This list alone, in force at all times. */
  readonly list?: PermissionLists['lists'][number] | undefined;
}

/**
 * Sees that a scenario can run: its agencies, its references, the names that it takes from the lists.
 * @throws ScenarioInvalid
 */
export async function prepare(read: ReadScenario, ground: Ground): Promise<Prepared> {
  const { scenario, file } = read;
  const lists = [...ground.law.lists, ...(ground.list ? [ground.list] : [])];
  refuseAny(unknownKinds(scenario, lists), file, read.locate);
  const own = await networkOf(read);
  const changed = {
    ...scenario,
    ...(ground.seed !== undefined && { seed: ground.seed }),
    ...(ground.at !== undefined && { now: ground.at }),
  };
  const prepared: Prepared = {
    read: { ...read, scenario: changed },
    base: own ?? ground.base,
    folder: own ? dirname(file) : ground.folder,
    law: ground.list ? aloneInForce(ground.law, ground.list) : ground.law,
  };
  const { parties } = configOf(prepared.read, prepared.base);
  await castOf(changed, parties, recordsReader(file));
  for (const { steps = [] } of changed.tests) {
    for (const step of steps) {
      if (step.list) await lawFrom({ law: prepared.law, lists: prepared.law }, step.list, file);
      if (step.import?.file !== undefined) await recordsReader(file)(step.import);
    }
  }
  return prepared;
}

async function networkOf({ scenario, file }: ReadScenario): Promise<NetworkConfig | undefined> {
  if (scenario.network === undefined) return undefined;
  try {
    return readConfig(await readReference(file, scenario.network), scenario.network);
  } catch (cause) {
    if (!(cause instanceof ConfigInvalid)) throw cause;
    throw new ScenarioInvalid(scenario.network, cause.problems, { cause });
  }
}
