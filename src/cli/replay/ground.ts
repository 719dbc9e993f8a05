import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ground } from '../../compliance/run/prepare.ts';
import { nearest } from '../../network/config/nearest.ts';
import { readPermissionList } from '../../protocol/permission/read.ts';
import {
  type PermissionLists,
  readPermissionLists,
} from '../../service/permission-lists/read-folder.ts';
import { usage } from '../output/cli-failure.ts';
import { PACKAGE_ROOT } from '../places.ts';
import { loadConfig } from '../up/load-config.ts';
import { listFile, type Options } from './options.ts';

export type GroundOptions = Pick<Options, 'config' | 'list' | 'at' | 'seed'>;

/**
 * The network’s configuration and the law that scenarios are replayed by. The package’s own configuration unless one
 * is named: what a scenario says must not depend on the folder in which it is replayed.
 */
export async function groundOf({ config, list, at, seed }: GroundOptions): Promise<Ground> {
  const loaded = await loadConfig(config ?? join(PACKAGE_ROOT, 'renkei.yaml'));
  const law = await readPermissionLists(join(loaded.folder, loaded.config.permissionLists.folder));
  return {
    base: loaded.config,
    folder: loaded.folder,
    law,
    ...{ seed, at },
    ...(list !== undefined && { list: await listOf(list, law) }),
  };
}

async function listOf(
  list: string,
  law: PermissionLists,
): Promise<PermissionLists['lists'][number]> {
  const file = listFile(list);
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw usage(`${list} を読めません`, `cannot read ${list}`);
    });
    return readPermissionList(text, list);
  }
  const found = law.lists.find(({ id }) => id === list);
  if (found) return found;
  const ids = law.lists.map(({ id }) => id);
  const meant = nearest(list, ids);
  throw usage(`照合リスト ${list} はありません`, `there is no permission list ${list}`, {
    ja: meant ? `${meant} ではありませんか` : `使えるもの: ${ids.join('、')}`,
    en: meant ? `did you mean ${meant}?` : `lists: ${ids.join(', ')}`,
  });
}
