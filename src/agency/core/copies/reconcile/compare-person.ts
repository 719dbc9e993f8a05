import type { Form } from '../../../../protocol/layouts/compile.ts';
import { FILE_COLUMNS } from '../../../../protocol/layouts/layout.ts';
import type { CopyRecord } from '../../../../protocol/plaintext.ts';
import { compareRows } from '../compare-rows.ts';
import type { Copy } from '../ports.ts';
import type { Difference, OriginalRow } from './ports.ts';

/** What a difference of the copy as a whole is called, where it is in no column. */
export const LAYOUT_VERSION = '版';

export interface Compared {
  readonly differences: readonly Difference[];
  /** Rows of the copies that were compared; rows that are alike on both sides. */
  readonly copies: number;
  readonly alike: number;
}

/**
 * One person’s originals against the versions of their copy. Rows that name a day of publication belong to that
 * version; the others, and whatever the file does not mention, to the one in force.
 * @param inForce of `versions`, the one that counts today
 */
export function comparePerson(
  form: Form,
  person: string,
  originals: readonly OriginalRow[],
  versions: readonly Copy[],
  inForce: Copy | undefined,
): Compared {
  const current = inForce?.published;
  const groups = Map.groupBy(originals, ({ published }) => published ?? current);
  if (inForce && !groups.has(current)) groups.set(current, []);
  const compared = [...groups].map(([published, rows]) =>
    compareVersion(
      form,
      person,
      rows,
      versions.find((version) => version.published === published),
    ),
  );
  return {
    differences: compared.flatMap(({ differences }) => differences),
    copies: compared.reduce((sum, { copies }) => sum + copies, 0),
    alike: compared.reduce((sum, { alike }) => sum + alike, 0),
  };
}

function compareVersion(
  form: Form,
  person: string,
  originals: readonly OriginalRow[],
  copy: Copy | undefined,
): Compared {
  const whole = copy ? wholeDifference(form, person, originals, copy) : [];
  // As imports write them: then nothing needs to be read.
  if (copy?.records === `[${originals.map(({ record }) => record).join(',')}]`) {
    return { differences: whole, copies: originals.length, alike: originals.length };
  }
  const right: readonly CopyRecord[] = copy ? JSON.parse(copy.records) : [];
  const left: readonly CopyRecord[] = originals.map(({ record }) => JSON.parse(record));
  const key = form.key.flatMap((at) => form.items[at]?.item.name ?? []);
  const rows = compareRows(left, right, key).map((it): Difference => {
    const line = 'left' in it ? originals[it.left]?.line : undefined;
    const row = 'right' in it ? it.right : undefined;
    return { kind: it.kind, person, line, row, items: it.kind === 'different' ? it.items : [] };
  });
  const unlike = rows.filter(({ kind }) => kind !== 'surplus').length;
  return {
    differences: [...whole, ...rows],
    copies: right.length,
    alike: originals.length - unlike,
  };
}

/** What the file tells of a copy as a whole, and is otherwise: flags, end, layout version. */
function wholeDifference(
  form: Form,
  person: string,
  originals: readonly OriginalRow[],
  copy: Copy,
): Difference[] {
  const [first] = originals;
  if (!first) return [];
  const wrong = new Set<string>();
  let line: number | undefined;
  const note = (row: OriginalRow, item: string) => {
    wrong.add(item);
    line ??= row.line;
  };
  if (copy.layoutVersion !== form.version) note(first, LAYOUT_VERSION);
  for (const row of originals) {
    const { autoResponseDisabled, nonDisclosable, ended } = row;
    if ((autoResponseDisabled ?? copy.autoResponseDisabled) !== copy.autoResponseDisabled) {
      note(row, FILE_COLUMNS.autoResponseDisabled);
    }
    if ((nonDisclosable ?? copy.nonDisclosable) !== copy.nonDisclosable) {
      note(row, FILE_COLUMNS.nonDisclosable);
    }
    const ends = copy.ended ?? '';
    if ((ended ?? ends) !== ends) note(row, FILE_COLUMNS.ended);
  }
  if (wrong.size === 0) return [];
  return [{ kind: 'different', person, line, items: [...wrong] }];
}
