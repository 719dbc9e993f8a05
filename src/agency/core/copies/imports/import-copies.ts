import { RenkeiError } from '../../../../protocol/errors.ts';
import type { Form } from '../../../../protocol/layouts/compile.ts';
import type { AgencyNode, Principal } from '../../node.ts';
import { done } from '../../staff/operations.ts';
import { today } from '../../today.ts';
import { formOf } from '../check-form.ts';
import { applyImport, unstageAll } from './apply-import.ts';
import { checkScattered } from './check-scattered.ts';
import type { CopyImport, ImportOrder } from './ports.ts';
import { type FilePages, type ReadFile, readFile } from './read-file.ts';

type Keeper = Pick<AgencyNode, 'store' | 'clock' | 'layouts' | 'importing' | 'background'>;

/**
 * Takes a file of copies. Everything is checked before anything is in effect; the moment it is accepted is
 * one transaction with the line in the operation log, and from then on it is carried out, whatever happens.
 * @returns how it ended: `refused` with all mistakes, or `applied`; `accepted` when the disk did not let it go on
 * @throws RenkeiError state_conflict while another is under way; message_malformed for a layout that is not known
 * or a file cut short; storage_full
 */
export async function importCopies(
  node: Keeper,
  by: Principal,
  order: ImportOrder,
  pages: FilePages,
): Promise<CopyImport> {
  const form = layoutOf(node, order);
  node.importing.add(order.id);
  try {
    const begun = await begin(node, by, order);
    return await checked(node, by, begun, form, pages).catch(async (error: unknown) => {
      // What cannot be cleared away now is when it is due (finishImports).
      await drop(node, begun).catch(() => undefined);
      throw error;
    });
  } finally {
    node.importing.delete(order.id);
  }
}

/** The layout of the copies in a file, unless it only names persons. */
const layoutOf = ({ layouts }: Keeper, order: ImportOrder): Form | undefined =>
  order.mode === 'delete'
    ? undefined
    : formOf(layouts, order.information, order.layoutVersion ?? '');

const begin = (node: Keeper, by: Principal, order: ImportOrder): Promise<CopyImport> =>
  node.store.transact((tx) => {
    if (tx.copyImportsIn(['reading', 'accepted']).length > 0) {
      throw new RenkeiError('state_conflict', {
        ja: '別の副本ファイルを取り込んでいます',
        en: 'Another file of copies is being imported',
        hint: { ja: '終わってから送り直してください', en: 'Send it again when that is done' },
      });
    }
    const it: CopyImport = {
      ...order,
      state: 'reading',
      ...{ by: by.id, byKind: by.kind },
      startedAt: node.clock.now(),
      ...{ rows: 0, persons: 0, personsWithMistakes: 0, mistakes: 0, kinds: [] },
      ...{ added: 0, replaced: 0, unchanged: 0, deleted: 0 },
      ...{ first: tx.nextStaged(), staged: 0, applied: 0 },
    };
    tx.addCopyImport(it);
    return it;
  });

async function checked(
  node: Keeper,
  by: Principal,
  it: CopyImport,
  form: Form | undefined,
  pages: FilePages,
): Promise<CopyImport> {
  const read = await readFile(node, it, form, pages);
  const { findings, seen, whole } = read;
  if (form && whole && (findings.count === 0 || it.partial)) {
    await checkScattered(node, it, form, read);
  }
  const right = seen.persons - seen.wrongPersons;
  const taken = whole && right > 0 && (findings.count === 0 || it.partial);
  if (taken) await leaveOut(node, it, read);
  const ended = await conclude(node, by, it, read, taken);
  if (!taken) {
    node.background(unstageAll(node, it.first, it.first + seen.groups));
    return ended;
  }
  // From here on it is done: if not now, then by whoever is due (finishImports).
  const applied = await applyImport(node, ended, seen).catch((error: unknown) => {
    if (error instanceof RenkeiError) return ended;
    throw error;
  });
  if (applied.state === 'applied') {
    node.background(unstageAll(node, it.first, it.first + seen.groups));
  }
  return applied;
}

/** The commit point, or its refusal: durable with the report and the line in the operation log. */
function conclude(
  node: Keeper,
  by: Principal,
  { id, information }: CopyImport,
  { findings, seen, rows }: ReadFile,
  taken: boolean,
): Promise<CopyImport> {
  return node.store.transact((tx) => {
    const persons = taken ? seen.persons - seen.wrongPersons : 0;
    tx.changeCopyImport(id, {
      state: taken ? 'accepted' : 'refused',
      ...(taken ? { day: today(node) } : { finishedAt: node.clock.now() }),
      rows,
      persons,
      personsWithMistakes: seen.wrongPersons,
      mistakes: findings.count,
      kinds: findings.kinds,
      staged: seen.groups,
    });
    tx.setImportFindings(id, findings.listed);
    if (taken) tx.note(done(node, by, 'copies.import', { information, count: persons }));
    else {
      const line = done(node, by, 'copies.import', { information, count: findings.count });
      tx.note({ ...line, outcome: 'refused', code: 'message_malformed' });
    }
    const ended = tx.copyImport(id);
    if (!ended) throw new RenkeiError('not_found');
    return ended;
  });
}

/** Removes what was staged of persons who turned out to have a mistake somewhere. */
async function leaveOut(
  node: Keeper,
  { first }: CopyImport,
  { seen }: Pick<ReadFile, 'seen'>,
): Promise<void> {
  if (seen.wrongPersons === 0) return;
  const PAGE = 1000;
  for (let from = first; ; ) {
    const page = node.store.read.stagedPersons(from, PAGE);
    await node.store.transact((tx) => {
      for (const { seq, person } of page) if (seen.isWrong(person)) tx.unstage(seq, seq + 1, 1);
    });
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    from = last.seq + 1;
  }
}

/** An import that was broken off before it was accepted leaves nothing. */
async function drop(node: Pick<AgencyNode, 'store'>, { id, first }: CopyImport): Promise<void> {
  const { state } = node.store.read.copyImport(id) ?? {};
  if (state !== 'reading') return;
  await unstageAll(node, first, Number.MAX_SAFE_INTEGER);
  await node.store.transact((tx) => tx.dropCopyImport(id));
}

/**
 * After a start, and whenever maintenance is due: what was accepted is carried out, what was broken off is cleared
 * away. What this process is busy with is left alone.
 */
export async function finishImports(node: Keeper): Promise<void> {
  const under = node.store.read
    .copyImportsIn(['reading', 'accepted'])
    .filter(({ id }) => !node.importing.has(id));
  for (const it of under) {
    node.importing.add(it.id);
    try {
      if (it.state === 'reading') await drop(node, it);
      else await applyImport(node, it);
    } finally {
      node.importing.delete(it.id);
    }
  }
  // Whatever is staged later has a higher number.
  const left = node.store.read.stagedPersons(0, 1).length > 0;
  if (left && node.importing.size === 0) await unstageAll(node, 0, node.store.read.nextStaged());
}
