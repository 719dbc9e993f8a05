import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListFrom } from '../../protocol/permission/check.ts';
import { readPermissionList } from '../../protocol/permission/read.ts';

export const ROLES = 'roles.json';

/** The lists of a folder by path: every `*.json` that is neither a schema nor the role table. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /(?<!\.schema)\.json$/.test(name) && name !== ROLES)
    .sort()
    .map((name) => join(folder, name));
}

/** The lists of a folder, none if there is no such folder yet. Throws PermissionListInvalid. */
export async function readableLists(folder: string): Promise<readonly ListFrom[]> {
  const files = await listFiles(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return Promise.all(
    files.map(async (file) => ({
      file,
      list: readPermissionList(await readFile(file, 'utf8'), file),
    })),
  );
}
