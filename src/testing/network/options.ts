import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configOf, readConfig } from '../../network/config/read.ts';
import type { NetworkConfig, NetworkConfigInput } from '../../network/config/schema.ts';
import type { NetworkOptions } from '../../network/network.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { manualClock, systemClock } from '../../service/clock.ts';
import {
  type PermissionLists,
  readPermissionLists,
} from '../../service/permission-lists/read-folder.ts';

/** Where renkei.yaml and the permission lists are. */
const SHIPPED = fileURLToPath(new URL('../../../', import.meta.url));

/** A Sunday in November 2026, nine o’clock in Japan: the order of 2024 is in force. */
export const DEFAULT_AT = '2026-11-22T09:00:00+09:00';

/** What a test says of its network. Everything has a default. */
export interface TestNetworkOptions {
  /** Codes of the agencies that take part, out of the configuration; all of them unless told. */
  readonly agencies?: readonly string[];
  /** A configuration of your own instead of the shipped renkei.yaml. */
  readonly config?: NetworkConfigInput;
  /** Folder that the relative paths of `config` start from; the shipped files’ unless told. */
  readonly folder?: string;
  /** How many invented residents. */
  readonly residents?: number;
  /** Other seeds give other residents, numbers and keys. */
  readonly seed?: string;
  /**
   * Where the clock stands (ISO 8601 with offset). It moves only when the test moves it. `'system'`: the machine’s
   * own time.
   */
  readonly at?: string;
  /** Permission lists to go by: read already, or their folder. */
  readonly lists?: PermissionLists | string;
  /** `'seeded'` (unless told): ids, keys and nonces are the same every time. */
  readonly chance?: 'seeded' | 'system';
  /** `'memory'` unless told; `'folder'`: a temporary one, so that a node that is stopped keeps its data. */
  readonly storage?: 'memory' | 'folder';
}

/**
 * What the launcher is told.
 * @throws ConfigInvalid; RenkeiError agency_unknown for a code that the configuration doesn’t have
 */
export async function launchOptions(options: TestNetworkOptions): Promise<NetworkOptions> {
  const { at = DEFAULT_AT, lists, folder = SHIPPED } = options;
  return {
    config: configFor(options),
    folder: resolve(folder),
    storage: { kind: 'memory' },
    clock: at === 'system' ? systemClock : manualClock(at),
    chance: options.chance ?? 'seeded',
    freePorts: true,
    ...(lists !== undefined && {
      law: typeof lists === 'string' ? await readPermissionLists(lists) : lists,
    }),
  };
}

function configFor({ config, agencies, residents, seed }: TestNetworkOptions): NetworkConfig {
  const whole = config === undefined ? shipped() : configOf(config);
  return {
    ...whole,
    ...(agencies !== undefined && { agencies: agencies.map((code) => agencyIn(whole, code)) }),
    ...(residents !== undefined && { residents: { count: residents } }),
    ...(seed !== undefined && { seed }),
  };
}

const shipped = (): NetworkConfig =>
  readConfig(readFileSync(join(SHIPPED, 'renkei.yaml'), 'utf8'), 'renkei.yaml');

function agencyIn({ agencies }: NetworkConfig, code: string): NetworkConfig['agencies'][number] {
  const found = agencies.find((each) => each.code === code);
  if (found) return found;
  const codes = agencies.map((each) => each.code).join(', ');
  throw new RenkeiError('agency_unknown', {
    ja: `設定に機関 ${code} はありません`,
    en: `The configuration has no agency ${code}`,
    hint: { ja: `あるのは ${codes} です`, en: `It has ${codes}` },
  });
}
