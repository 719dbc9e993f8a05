import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { japaneseDay } from '../../protocol/day.ts';
import { clampInto, isCalendarDate } from '../../protocol/permission/in-force.ts';
import { PermissionListInvalid, type Reason } from '../../protocol/permission/invalid.ts';
import type { PermissionList } from '../../protocol/permission/schema.ts';
import {
  type PermissionLists,
  readPermissionLists,
} from '../../service/permission-lists/read-folder.ts';
import { CliFailure } from '../output/cli-failure.ts';
import { failureOf } from '../output/failure.ts';
import type { Paint } from '../output/style.ts';

/** What the commands have of the world; tests bring their own. */
export interface ListsWorld {
  readonly stdout: Writable & { readonly columns?: number };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where permission lists are, unless a command is told otherwise. */
  readonly folder: string;
}

/** The real one. */
export const theWorld = (): ListsWorld => ({
  stdout: process.stdout,
  now: Date.now,
  folder: fileURLToPath(new URL('../../../permission-lists/', import.meta.url)),
});

/** Writes to standard output. Whoever reads it may stop at any time (`| head`): that is no error. */
export async function say({ stdout }: ListsWorld, text: string): Promise<void> {
  try {
    await pipeline([text], stdout, { end: false });
  } catch (error) {
    const closed = error instanceof Error && 'code' in error && error.code === 'EPIPE';
    if (!closed) throw error;
  }
}

/** Colours for the command's output; none where it isn't a terminal. */
export const painterFor =
  ({ stdout }: ListsWorld): Paint =>
  (colour, text) =>
    styleText(colour, text, { stream: stdout, validateStream: true });

/** Ends a command with an error for people: exit 1. */
export function fail(reason: Reason, hint?: Reason, code = 'usage'): never {
  throw new CliFailure(code, { findings: [{ ...reason, ...(hint && { hint }) }] });
}

/** The lists of a folder; a list that is wrong ends the command. */
export async function loadLists(
  world: ListsWorld,
  folder: string | undefined,
): Promise<PermissionLists> {
  try {
    return await readPermissionLists(folder ?? world.folder);
  } catch (error) {
    if (!(error instanceof PermissionListInvalid)) throw error;
    const [finding] = failureOf(error).findings;
    const hint = {
      ja: 'renkei lists verify がすべての誤りを示します',
      en: 'renkei lists verify shows everything that is wrong',
    };
    throw new CliFailure('permission_list_invalid', { findings: [{ ...finding, hint }] });
  }
}

export function listNamed(lists: readonly PermissionList[], id: string): PermissionList {
  const list = lists.find((one) => one.id === id);
  if (list !== undefined) return list;
  const known = lists.map((one) => one.id).join(', ');
  return fail(
    { ja: `照合リスト「${id}」はありません`, en: `there is no list "${id}"` },
    { ja: `あるのは ${known}`, en: `there are: ${known}` },
  );
}

/**
 * The day on which a list is looked at: the one given, on which it must be in force, or of its own days
 * the one nearest to today.
 */
export function dayFor(
  world: ListsWorld,
  { id, inForce }: PermissionList,
  at: string | undefined,
): string {
  if (at === undefined) return clampInto(inForce, japaneseDay(world.now()));
  const day = dateOf(at);
  if (clampInto(inForce, day) === day) return day;
  const period = `${inForce.from} – ${inForce.until ?? ''}`;
  return fail({
    ja: `${id} は ${day} に施行されていません（${period}）`,
    en: `${id} is not in force on ${day} (${period})`,
  });
}

export function dateOf(text: string): string {
  if (isCalendarDate(text)) return text;
  return fail({
    ja: `日付は YYYY-MM-DD です: ${text}`,
    en: `a date must be YYYY-MM-DD: ${text}`,
  });
}
