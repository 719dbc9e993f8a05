import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTogether } from '../../protocol/permission/check.ts';
import { PermissionListInvalid } from '../../protocol/permission/invalid.ts';
import { readPermissionList, readRoleTable } from '../../protocol/permission/read.ts';
import type { PermissionList, RoleTable } from '../../protocol/permission/schema.ts';

const ROLES = 'roles.json';

/** What a folder of permission lists holds: the lists, oldest first, and the one role table. */
export interface PermissionLists {
  readonly lists: readonly PermissionList[];
  readonly roles: RoleTable;
}

/**
 * Reads every list (`*.json` other than schemas) and `roles.json` of a folder and checks them,
 * each and together. Throws PermissionListInvalid; what the file system says is its cause.
 */
export async function readPermissionLists(folder: string): Promise<PermissionLists> {
  const names = await readdir(folder).catch((cause: unknown) => {
    const reason = {
      ja: '照合リストのフォルダを読めません',
      en: 'the folder of lists cannot be read',
    };
    throw new PermissionListInvalid(folder, undefined, reason, { cause });
  });
  const files = names.filter((name) => /(?<!\.schema)\.json$/.test(name) && name !== ROLES);
  if (files.length === 0) {
    const reason = { ja: '照合リストがありません', en: 'the folder holds no permission list' };
    throw new PermissionListInvalid(folder, undefined, reason);
  }
  const lists = await Promise.all(
    files.sort().map(async (file) => {
      const path = join(folder, file);
      return { file: path, list: readPermissionList(await textOf(path), path) };
    }),
  );
  lists.sort((a, b) => (a.list.inForce.from < b.list.inForce.from ? -1 : 1));
  checkTogether(lists);
  const table = join(folder, ROLES);
  return { lists: lists.map(({ list }) => list), roles: readRoleTable(await textOf(table), table) };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const reason = { ja: 'ファイルを読めません', en: 'the file cannot be read' };
    throw new PermissionListInvalid(path, undefined, reason, { cause });
  }
}
