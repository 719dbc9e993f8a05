import { checkTogether, type ListFrom } from '../../protocol/permission/check.ts';
import { affairCode, informationCode } from '../../protocol/permission/codes.ts';
import { PermissionListInvalid, type Reason } from '../../protocol/permission/invalid.ts';
import { readPermissionList, readRoleTable } from '../../protocol/permission/read.ts';
import type { PermissionList } from '../../protocol/permission/schema.ts';
import { tuplesOfItem } from './tuples.ts';

/** Something that is wrong: in which file and item, and why. */
export interface Fault {
  readonly file: string;
  readonly item?: string;
  readonly reason: Reason;
}

/** How much a list holds. */
export interface Measure {
  readonly file: string;
  readonly id: string;
  readonly from: string;
  readonly until?: string;
  readonly items: number;
  readonly provisions: number;
  /** Distinct (inquirer, item, provider, information). */
  readonly tuples: number;
  readonly kinds: number;
  readonly roles: number;
}

export interface Verified {
  readonly lists: readonly Measure[];
  readonly faults: readonly Fault[];
}

/** A file to verify; the role table is told by its name. */
export interface FileText {
  readonly file: string;
  readonly text: string;
  readonly roles: boolean;
}

/** What stands in for a head that is wrong, so that the items are looked at all the same. */
const HEAD = {
  id: 'x',
  title: 'x',
  lawNumber: 'x',
  inForce: { from: '2000-01-01' },
  source: { text: 'x', textAsOf: '2000-01' },
};

/** Checks every file and all lists together, and goes on after what is wrong. */
export function verifyFiles(files: readonly FileText[]): Verified {
  const faults: Fault[] = [];
  const sound: ListFrom[] = [];
  for (const { file, text, roles } of files) {
    if (roles) faults.push(...faultsOf(() => void readRoleTable(text, file)));
    else {
      const found = listFaults(file, text);
      faults.push(...found);
      if (found.length === 0) sound.push({ file, list: readPermissionList(text, file) });
    }
  }
  const together: ListFrom[] = [];
  for (const one of sound) {
    const found = faultsOf(() => checkTogether([...together, one]));
    faults.push(...found);
    if (found.length === 0) together.push(one);
  }
  return { lists: sound.map(({ file, list }) => measureOf(file, list)), faults };
}

/** More than this nobody reads. */
const MOST = 200;

/** One fault for each item that has any, and one for the head; in the order of the file. */
function listFaults(file: string, text: string): readonly Fault[] {
  const faults: { readonly at: number; readonly fault: Fault }[] = [];
  let rest = text;
  while (faults.length < MOST) {
    const [fault] = faultsOf(() => void readPermissionList(rest, file));
    if (fault === undefined) break;
    const json: unknown = parse(rest);
    const items: unknown = Object(json).items;
    const at = fault.item === undefined || !Array.isArray(items) ? -1 : placeOf(fault.item, items);
    // What was put in its place is sound, so a second fault there is one that can't be got round.
    if (faults.some((one) => one.at === at)) break;
    faults.push({ at, fault });
    if (!Array.isArray(items)) break;
    // A filler rather than a gap: the places of the others stay what they are.
    rest = JSON.stringify(
      at < 0 ? { ...HEAD, items } : { ...Object(json), items: items.with(at, filler(at)) },
    );
  }
  return faults.sort((a, b) => a.at - b.at).map(({ fault }) => fault);
}

/** A sound item under a number that no law reaches. */
const filler = (at: number) => ({
  item: `9999の${(at % 9999) + 1}`,
  inquirers: ['x'],
  affair: { code: affairCode('x'), name: 'x' },
  provisions: [{ providers: ['x'], information: [{ code: informationCode('x'), name: 'x' }] }],
});

/** "#3" is the third; of two items with one number the later one is meant. */
function placeOf(item: string, items: readonly unknown[]): number {
  if (item.startsWith('#')) return Number(item.slice(1)) - 1;
  return items.findLastIndex((one) => Object(one).item === item);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultsOf(check: () => void): readonly Fault[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof PermissionListInvalid)) throw error;
    const { file, item, reason } = error;
    return [{ file, ...(item !== undefined && { item }), reason }];
  }
}

export function measureOf(file: string, { id, inForce, items }: PermissionList): Measure {
  const provisions = items.flatMap((item) => item.provisions);
  const tuples = items.flatMap((item) =>
    [...tuplesOfItem(item)].map(({ inquirer, provider, information }) =>
      [item.item, inquirer, provider, information.code].join('\n'),
    ),
  );
  const kinds = provisions.flatMap(({ information }) => information.map(({ code }) => code));
  const roles = [
    ...items.flatMap(({ inquirers }) => inquirers),
    ...provisions.flatMap(({ providers }) => providers),
  ];
  return {
    file,
    id,
    ...inForce,
    items: items.length,
    provisions: provisions.length,
    tuples: new Set(tuples).size,
    kinds: new Set(kinds).size,
    roles: new Set(roles).size,
  };
}
