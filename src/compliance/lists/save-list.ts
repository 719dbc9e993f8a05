import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTogether } from '../../protocol/permission/check.ts';
import { overlap } from '../../protocol/permission/in-force.ts';
import type { Reason } from '../../protocol/permission/invalid.ts';
import { printPermissionList } from '../../protocol/permission/print.ts';
import { readPermissionList } from '../../protocol/permission/read.ts';
import type { PermissionList } from '../../protocol/permission/schema.ts';
import { readableLists } from './read-files.ts';

/** Why a list isn't written: nothing is wrong with the list itself. */
export class SaveRefused extends Error {
  override readonly name = 'SaveRefused';
  readonly code: 'list_exists' | 'list_overlaps';
  readonly reason: Reason;
  readonly hint: Reason;

  constructor(code: SaveRefused['code'], reason: Reason, hint: Reason, options?: ErrorOptions) {
    super(`${code}: ${reason.ja} / ${reason.en}`, options);
    this.code = code;
    this.reason = reason;
    this.hint = hint;
  }
}

/** A list that may be written, checked against those that are there. */
export interface Writable {
  readonly file: string;
  readonly text: string;
}

/**
 * Checks a list as if it stood in a folder of permission lists: in itself, and together with all others
 * there. Throws PermissionListInvalid and, if it is in force at the same time as another one, SaveRefused.
 */
export async function prepareList(folder: string, list: PermissionList): Promise<Writable> {
  const file = join(folder, `${list.id}.json`);
  const text = printPermissionList(list);
  readPermissionList(text, file);
  const others = (await readableLists(folder)).filter((other) => other.file !== file);
  const same = others.find((other) => overlap(other.list.inForce, list.inForce));
  if (same !== undefined) throw overlaps(same.list, list);
  checkTogether([...others, { file, list }]);
  return { file, text };
}

/** Writes it at once or not at all. Throws SaveRefused if the file is there and `force` isn't given. */
export async function writeList(
  folder: string,
  { file, text }: Writable,
  force: boolean,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    // A link is refused where a file already is; a rename replaces it.
    await (force ? rename(temporary, file) : link(temporary, file));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') throw exists(file);
    throw cause;
  } finally {
    await rm(temporary, { force: true });
  }
}

const exists = (file: string) =>
  new SaveRefused(
    'list_exists',
    { ja: `${file} はもうあります`, en: `${file} is already there` },
    { ja: '--force で置き換えます', en: 'replace it with --force, or choose another --id' },
  );

function overlaps(other: PermissionList, list: PermissionList): SaveRefused {
  const { from, until } = other.inForce;
  const before = new Date(Date.parse(`${list.inForce.from}T00:00:00Z`) - 86_400_000);
  const day = before.toISOString().slice(0, 10);
  const fixable = until === undefined && from <= day;
  return new SaveRefused(
    'list_overlaps',
    {
      ja: `施行期間が ${other.id} (${from} – ${until ?? ''}) と重なっています`,
      en: `its time in force overlaps that of ${other.id} (${from} – ${until ?? ''})`,
    },
    fixable
      ? {
          ja: `${other.id}.json の inForce に "until": "${day}" を加えてください`,
          en: `give ${other.id}.json an "until" in its inForce: "${day}"`,
        }
      : {
          ja: '--from と --until を確かめてください',
          en: 'look at --from and --until; only one list can be in force on a day',
        },
  );
}
