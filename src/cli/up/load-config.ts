import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { readConfig } from '../../network/config/read.ts';
import type { NetworkConfig } from '../../network/config/schema.ts';
import { CliFailure } from '../output/cli-failure.ts';
import { defaultConfig, PACKAGE_ROOT } from '../places.ts';

export interface LoadedConfig {
  readonly config: NetworkConfig;
  /** Absolute. */
  readonly file: string;
  /** Where its relative paths start from. */
  readonly folder: string;
}

const LISTS = 'permission-lists';

/**
 * Reads the configuration that is named, the one here, or the package’s own. One that leaves the permission
 * lists at their default and has none beside it gets the package’s.
 * @throws ConfigInvalid, CliFailure config_not_found
 */
export async function loadConfig(named: string | undefined, seed?: string): Promise<LoadedConfig> {
  const file = named === undefined ? defaultConfig() : resolve(named);
  const config = readConfig(await textOf(file), file);
  const folder = dirname(file);
  // The same object, changed: what is found out later is told with its line.
  if (seed !== undefined) config.seed = seed;
  const { permissionLists } = config;
  if (permissionLists.folder === LISTS && !existsSync(join(folder, LISTS))) {
    permissionLists.folder = relative(folder, join(PACKAGE_ROOT, LISTS));
  }
  return { config, file, folder };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    if (cause.code !== 'ENOENT' && cause.code !== 'EISDIR') throw cause;
    const finding = {
      place: file,
      ja: '設定ファイルがありません',
      en: 'There is no such configuration file',
      hint: {
        ja: '--config に renkei.yaml の場所を指定してください',
        en: 'Say with --config where renkei.yaml is',
      },
    };
    throw new CliFailure('config_not_found', { findings: [finding] }, { cause });
  }
}
