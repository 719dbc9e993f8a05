import type { AgencyNode } from '../../node.ts';
import type { AgencyTx } from '../../ports.ts';
import { ALWAYS, type Copy } from '../ports.ts';
import { PersonsSeen } from './persons-seen.ts';
import type { CopyImport, ImportChange, StagedRows } from './ports.ts';

/** How much is applied in one transaction, in staged rows and in characters: a turn that nobody notices. */
const ROWS_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 600_000;
const UNSTAGED_AT_ONCE = 1000;

type Keeper = Pick<AgencyNode, 'store' | 'clock' | 'layouts'>;
type Counts = {
  -readonly [Key in 'added' | 'replaced' | 'unchanged' | 'deleted']: CopyImport[Key];
};

/**
 * Applies an accepted import to the end, a part at a time. Each part is one transaction with how far it has come,
 * so that whoever is killed in between goes on where it was, and does nothing twice.
 */
export async function applyImport(
  node: Keeper,
  it: CopyImport,
  seen?: PersonsSeen,
): Promise<CopyImport> {
  const whose = seen ?? (await seenAgain(node, it));
  for (let now = it; ; ) {
    if (now.state !== 'accepted') return now;
    const { id } = now;
    now = await node.store.transact((tx) => applyPart(node, tx, id, whose) ?? now);
  }
}

function applyPart(node: Keeper, tx: AgencyTx, id: string, seen: PersonsSeen) {
  const it = tx.copyImport(id);
  if (it?.state !== 'accepted') return it;
  const { added, replaced, unchanged, deleted } = it;
  const counts: Counts = { added, replaced, unchanged, deleted };
  let { applied } = it;
  let [rows, characters] = [0, 0];
  while (applied < it.staged && rows < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE) {
    // Whoever stands apart in the file is whole with their first rows; the later ones are passed over.
    const parts = seen.groupsFrom(applied).flatMap((at) => tx.stagedRows(it.first + at) ?? []);
    for (const version of Map.groupBy(parts, ({ published }) => published).values()) {
      if (it.mode === 'delete') deleteCopies(tx, it, version, counts);
      else replaceCopy(node, tx, it, version, counts);
    }
    applied += 1;
    // To pass one over costs little.
    rows += parts.length + 0.1;
    for (const { records } of parts) characters += records.length;
  }
  const change: ImportChange = { applied, ...counts };
  const ended = { state: 'applied', finishedAt: node.clock.now() } as const;
  tx.changeCopyImport(id, applied < it.staged ? change : { ...change, ...ended });
  return tx.copyImport(id);
}

function deleteCopies(
  tx: AgencyTx,
  { information }: CopyImport,
  parts: readonly StagedRows[],
  counts: Counts,
): void {
  const [head] = parts;
  if (!head) return;
  const gone = tx
    .copyVersions(head.person, information)
    .filter(({ published }) => head.published === undefined || published === head.published);
  for (const version of gone) tx.deleteCopy(version);
  counts.deleted += gone.length;
  if (gone.length === 0) counts.unchanged += 1;
}

/** Puts one version of one person’s copy in its place. What the file does not say stays as it was. */
function replaceCopy(
  { layouts }: Keeper,
  tx: AgencyTx,
  it: CopyImport,
  parts: readonly StagedRows[],
  counts: Counts,
): void {
  const [head] = parts;
  if (!head) return;
  const { person, ended } = head;
  const { information, layoutVersion = '', day = ALWAYS } = it;
  const versions = tx.copyVersions(person, information);
  const latest = versions.findLast((version) => version.published <= day);
  const published = head.published ?? it.published ?? placeOf(latest, day, ended);
  const there = versions.find((version) => version.published === published);
  const before = there ?? latest;
  const copy: Copy = {
    integratedAddressNumber: person,
    information,
    published,
    ended: ended === undefined ? there?.ended : endOf(ended, published),
    layoutVersion,
    datedBy: layouts.find(information, layoutVersion)?.datedBy,
    records: merged(parts),
    autoResponseDisabled: head.autoResponseDisabled ?? before?.autoResponseDisabled ?? false,
    nonDisclosable: head.nonDisclosable ?? before?.nonDisclosable ?? false,
  };
  if (there && alike(there, copy)) {
    counts.unchanged += 1;
    return;
  }
  tx.putCopy(copy);
  counts[there ? 'replaced' : 'added'] += 1;
}

/**
 * Where a version goes that names no day: in the place of the one in force, so that the same file changes nothing
 * when it comes again. One that has ended stays, and a new one begins, unless the file says about ends itself.
 */
function placeOf(latest: Copy | undefined, day: string, ended: string | undefined): string {
  if (!latest) return ALWAYS;
  const over = latest.ended !== undefined && latest.ended <= day;
  return over && ended === undefined ? day : latest.published;
}

/** What ended before it began never counted: the same as ending on its first day. */
const endOf = (ended: string, published: string): string | undefined =>
  ended === '' ? undefined : ended < published ? published : ended;

const merged = (parts: readonly StagedRows[]): string =>
  parts.length === 1
    ? (parts[0]?.records ?? '[]')
    : `[${parts.map(({ records }) => records.slice(1, -1)).join(',')}]`;

const alike = (one: Copy, other: Copy): boolean =>
  one.records === other.records &&
  one.ended === other.ended &&
  one.layoutVersion === other.layoutVersion &&
  one.datedBy === other.datedBy &&
  one.autoResponseDisabled === other.autoResponseDisabled &&
  one.nonDisclosable === other.nonDisclosable;

/** After a start, out of the staged rows, whose rows stand where. */
async function seenAgain(node: Keeper, { first, staged }: CopyImport): Promise<PersonsSeen> {
  const seen = new PersonsSeen();
  const PAGE = 5000;
  for (let from = first; ; ) {
    const page = node.store.read.stagedPersons(from, PAGE);
    for (const { seq, person } of page) {
      if (seq >= first + staged) return seen;
      // Those of persons who were left out are gone.
      seen.skipTo(seq - first);
      seen.add(person);
      from = seq + 1;
    }
    if (page.length < PAGE) return seen;
    await node.store.transact(() => undefined);
  }
}

/** Removes staged rows that nobody needs any more, some at a time. */
export async function unstageAll(
  node: Pick<AgencyNode, 'store'>,
  from: number,
  until: number,
): Promise<void> {
  for (let removed = -1; removed !== 0; ) {
    removed = await node.store.transact((tx) => tx.unstage(from, until, UNSTAGED_AT_ONCE));
  }
}
