import type { Difference, ListDiff } from './diff.ts';
import { meaning } from './names.ts';

/** What of the differences is wanted; everything that is given must hold. */
export interface DiffFilter {
  /** Inquirer or provider. */
  readonly role?: string;
  /** Name, part of one, or code. */
  readonly information?: string;
  /** Number of an item in either list; what it was matched with belongs to it. */
  readonly item?: string;
}

/** A word that neither list knows; filtering by it would say that nothing changed. */
export class NothingMeant extends Error {
  override readonly name = 'NothingMeant';
  readonly field: keyof DiffFilter;
  readonly word: string;

  constructor(field: keyof DiffFilter, word: string) {
    super(`${field}: ${word}`);
    this.field = field;
    this.word = word;
  }
}

/** The part of the differences that a filter wants. Throws NothingMeant. */
export function filterDiff(diff: ListDiff, filter: DiffFilter): ListDiff {
  const all = [...diff.permitted, ...diff.denied, ...diff.unchanged];
  const wants = [byRole(all, filter), byInformation(all, filter), byItem(diff, filter)].filter(
    (want) => want !== undefined,
  );
  if (wants.length === 0) return diff;
  const wanted = (one: Difference) => wants.every((want) => want(one));
  const permitted = diff.permitted.filter(wanted);
  const denied = diff.denied.filter(wanted);
  const unchanged = diff.unchanged.filter(wanted);
  const left = [...permitted, ...denied, ...unchanged];
  const itemsA = new Set(left.flatMap((one) => one.itemsA));
  const itemsB = new Set(left.flatMap((one) => one.itemsB));
  return {
    ...diff,
    permitted,
    denied,
    unchanged,
    moves: diff.moves.filter(({ from, to }) => itemsA.has(from) || itemsB.has(to)),
    ended: diff.ended.filter((item) => itemsA.has(item)),
    added: diff.added.filter((item) => itemsB.has(item)),
  };
}

type Want = (one: Difference) => boolean;

function byRole(all: readonly Difference[], { role }: DiffFilter): Want | undefined {
  if (role === undefined) return undefined;
  const means = meaning(role, new Set(all.flatMap((one) => [one.inquirer, one.provider])));
  if (means === undefined) throw new NothingMeant('role', role);
  return ({ inquirer, provider }) => means(inquirer) || means(provider);
}

function byInformation(
  all: readonly Difference[],
  { information: word }: DiffFilter,
): Want | undefined {
  if (word === undefined) return undefined;
  const means =
    meaning(word, new Set(all.map((one) => one.information.code))) ??
    meaning(word, new Set(all.map((one) => one.information.name)));
  if (means === undefined) throw new NothingMeant('information', word);
  return ({ information }) => means(information.code) || means(information.name);
}

function byItem(diff: ListDiff, { item }: DiffFilter): Want | undefined {
  if (item === undefined) return undefined;
  const a = new Set([item]);
  const b = new Set([item]);
  for (const { from, to, also } of diff.moves) {
    if (from === item) for (const one of [to, ...also]) b.add(one);
    if (to === item || also.includes(item)) a.add(from);
  }
  const inA = (one: Difference) => one.itemsA.some((number) => a.has(number));
  const inB = (one: Difference) => one.itemsB.some((number) => b.has(number));
  const all = [...diff.permitted, ...diff.denied, ...diff.unchanged];
  if (!all.some((one) => one.itemsA.includes(item) || one.itemsB.includes(item))) {
    throw new NothingMeant('item', item);
  }
  return (one) => inA(one) || inB(one);
}
