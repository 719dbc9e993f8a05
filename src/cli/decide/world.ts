import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { japaneseDay } from '../../protocol/day.ts';
import { compilePermission, type Permission } from '../../protocol/permission/compile.ts';
import { readPermissionLists } from '../../service/permission-lists/read-folder.ts';
import { type AgencyRoles, loadAgencies } from './load-agencies.ts';

/** What the command has of the world; tests bring their own. */
export interface DecideWorld {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly loadPermission: () => Promise<Permission>;
  readonly loadAgencies: (config: string | undefined) => Promise<ReadonlyMap<string, AgencyRoles>>;
}

/** The real one. */
export const theWorld = (): DecideWorld => ({
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
  loadPermission: async () => {
    const folder = fileURLToPath(new URL('../../../permission-lists/', import.meta.url));
    const { lists, roles } = await readPermissionLists(folder);
    return compilePermission(lists, roles);
  },
  loadAgencies,
});

/** Today in Japan; worked out once a day, not once a line. */
export function todayBy(now: () => number): () => string {
  const JST = 9 * 3_600_000;
  let day = Number.NaN;
  let date = '';
  return () => {
    const instant = now();
    const current = Math.floor((instant + JST) / 86_400_000);
    if (current !== day) {
      day = current;
      date = japaneseDay(instant);
    }
    return date;
  };
}
