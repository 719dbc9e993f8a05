import { RenkeiError } from '../../../../protocol/errors.ts';
import type { Form } from '../../../../protocol/layouts/compile.ts';
import type { AgencyNode } from '../../node.ts';
import type { Principal } from '../../principal.ts';
import { done } from '../../staff/operations.ts';
import { today } from '../../today.ts';
import { versionPages } from '../in-order.ts';
import { type Compared, comparePerson } from './compare-person.ts';
import { RowsInOrder } from './in-order.ts';
import { type HeldOfPerson, personsHeld } from './persons-held.ts';
import type { Difference, OriginalRow, Reconciliation } from './ports.ts';
import { Tally } from './tally.ts';

type Keeper = Pick<AgencyNode, 'store' | 'clock' | 'layouts' | 'scratch' | 'reconciling'>;

/** Rows of the originals as they come; a difference stands for a row that cannot be read. */
export type OriginalPages = AsyncIterable<readonly (OriginalRow | Difference)[]>;

/** Differences are listed one by one up to here; all are counted. */
export const MOST_LISTED = 200_000;
/** Persons compared in one turn; then others have theirs. */
const PERSONS_AT_ONCE = 200;
const DROPPED_AT_ONCE = 2000;

/**
 * Compares all originals of a kind with the copies that are in force: a merge of both in the order of
 * persons, in constant memory. What was found is kept until the next one of this kind; that it was done, and its
 * counts, for good, in one transaction with the line in the operation log.
 * @throws RenkeiError state_conflict while another of this kind is under way; whatever `pages` throws: then nothing
 * was compared
 */
export async function reconcileCopies(
  node: Keeper,
  by: Principal,
  id: string,
  form: Form,
  pages: OriginalPages,
): Promise<Reconciliation> {
  const { information } = form;
  if (node.reconciling.has(information)) throw underWay();
  node.reconciling.set(information, id);
  const scratch = node.scratch();
  try {
    await dropOld(node);
    const startedAt = node.clock.now();
    const list = new DifferenceList(node, id);
    const sorted = new RowsInOrder(scratch);
    const tally = new Tally();
    for await (const page of pages) {
      tally.originals(page.length);
      for (const row of page) {
        if (!('kind' in row)) sorted.add(row);
        else {
          tally.difference(row);
          list.add(row);
        }
      }
      await list.write();
    }
    await compareAll(node, form, sorted, tally, list);
    const { listed } = list;
    const about = { id, information, layoutVersion: form.version, by: by.id, startedAt, listed };
    const ended = { ...about, ...tally.counts, finishedAt: node.clock.now() };
    await node.store.transact((tx) => {
      tx.addReconciliation(ended);
      const count = ended.missing + ended.surplus + ended.different + ended.unreadable;
      tx.note(done(node, by, 'copies.reconcile', { information, count }));
    });
    return ended;
  } finally {
    node.reconciling.delete(information);
    scratch.close();
    // What cannot be cleared away now is before the next one.
    await dropOld(node).catch(() => undefined);
  }
}

const underWay = () =>
  new RenkeiError('state_conflict', {
    ja: 'この情報の照合はすでに行われています',
    en: 'Copies of this kind are being reconciled already',
    hint: { ja: '終わってからもう一度送ってください', en: 'Send it again when that is done' },
  });

async function compareAll(
  node: Keeper,
  form: Form,
  sorted: RowsInOrder,
  tally: Tally,
  list: DifferenceList,
): Promise<void> {
  const held = personsHeld(versionPages(node.store.read, form.information), today(node));
  let persons = 0;
  for (const compared of merged(form, sorted.persons(), held)) {
    tally.person(compared);
    for (const difference of compared.differences) list.add(difference);
    persons += 1;
    if (persons % PERSONS_AT_ONCE === 0) await list.write();
  }
  await list.write();
}

/** Walks along both in the order of persons. */
function* merged(
  form: Form,
  originals: Iterator<readonly OriginalRow[]>,
  held: Iterator<HeldOfPerson>,
): Generator<Compared, void, undefined> {
  let left = originals.next();
  let right = held.next();
  while (!left.done || !right.done) {
    const rows = left.done ? [] : left.value;
    const there = right.done ? undefined : right.value;
    const [one, other] = [rows[0]?.person, there?.person];
    const person = one === undefined || (other !== undefined && other < one) ? other : one;
    if (person === undefined) return;
    const mine = one === person ? rows : [];
    const { versions = [], inForce } = other === person ? (there ?? {}) : {};
    if (mine.length > 0 || inForce) yield comparePerson(form, person, mine, versions, inForce);
    if (one === person) left = originals.next();
    if (other === person) right = held.next();
  }
}

/** Writes differences as they are found, some at a time; each write is also a turn for everybody else. */
class DifferenceList {
  readonly #node: Keeper;
  readonly #id: string;
  #waiting: Difference[] = [];
  #listed = 0;

  constructor(node: Keeper, id: string) {
    this.#node = node;
    this.#id = id;
  }

  get listed(): number {
    return this.#listed;
  }

  add(difference: Difference): void {
    if (this.#listed + this.#waiting.length < MOST_LISTED) this.#waiting.push(difference);
  }

  async write(): Promise<void> {
    const [waiting, from] = [this.#waiting, this.#listed];
    this.#waiting = [];
    this.#listed += waiting.length;
    await this.#node.store.transact((tx) => {
      if (waiting.length > 0) tx.addDifferences(this.#id, from, waiting);
    });
  }
}

/** Only the last of each kind, and what is under way, keeps its list; one that was broken off leaves nothing. */
async function dropOld(node: Keeper): Promise<void> {
  for (let dropped = -1; dropped !== 0; ) {
    dropped = await node.store.transact((tx) => {
      const last = tx.kindsHeld().flatMap((kind) => tx.lastReconciliation(kind)?.id ?? []);
      return tx.dropDifferences([...last, ...node.reconciling.values()], DROPPED_AT_ONCE);
    });
  }
}
