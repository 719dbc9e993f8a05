/** Turns the facts (tables cut into cells, by name only) into permission lists with codes. */
import { z } from 'zod';
import { affairCode, informationCode } from '../../src/protocol/permission/codes.ts';
import type { PermissionList, RoleTable } from '../../src/protocol/permission/schema.ts';

const factItem = z.strictObject({
  item: z.string(),
  inquirers: z.array(z.string()),
  affair: z.string(),
  article: z.string().exactOptional(),
  provisions: z.array(
    z.strictObject({ providers: z.array(z.string()), information: z.array(z.string()) }),
  ),
});
type FactItem = z.infer<typeof factItem>;

const head = { title: z.string(), text_as_of: z.string(), reading: z.string() };
const order = z.strictObject({
  ...head,
  law_number: z.string(),
  in_force_from: z.string(),
  items: z.array(factItem),
});
const beppyo = z.strictObject({
  ...head,
  law_number: z.string(),
  in_force_until: z.string(),
  items: z.array(factItem),
});
const additions = z.strictObject({
  title: z.string(),
  in_force_until: z.string(),
  source: z.string(),
  items: z.array(factItem),
});
const roleFacts = z.strictObject({
  title: z.string(),
  source: z.string(),
  reading: z.string(),
  members: z.record(z.string(), z.array(z.string())),
});

const CUT =
  'The statutory text cut into cells: law numbers, definitions and closing words taken out, limits in brackets kept.';

/** The table of Article 2 of the order, in force since the lists left the Act. */
export function orderList(facts: unknown): PermissionList {
  const { title, law_number, in_force_from, text_as_of, items } = order.parse(facts);
  return {
    id: 'order-r6-9',
    title: title.normalize('NFC'),
    lawNumber: law_number.normalize('NFC'),
    inForce: { from: in_force_from },
    source: { text: `${title}. ${CUT}`, textAsOf: text_as_of },
    items: items.map(withCodes),
  };
}

/** 別表第二: the text of one day and the items that later documents cite, put where they belong. */
export function beppyoList(facts: unknown, added: unknown): PermissionList {
  const table = beppyo.parse(facts);
  const later = additions.parse(added);
  return {
    id: 'beppyo-2',
    title: '行政手続における特定の個人を識別するための番号の利用等に関する法律 別表第二',
    lawNumber: table.law_number.normalize('NFC'),
    // What was in force before the day of the text isn't known here, so nothing is said about it.
    inForce: { from: table.text_as_of, until: table.in_force_until },
    source: {
      text: `${table.title}. ${CUT} Items ${later.items.map(({ item }) => item).join(', ')}: ${later.source}.`,
      textAsOf: table.text_as_of,
    },
    items: [...table.items, ...later.items].sort(byNumber).map(withCodes),
  };
}

/** The collective roles, as the tables define them. */
export function roleTable(facts: unknown): RoleTable {
  const { title, source, members } = roleFacts.parse(facts);
  return { title, source, members };
}

const withCodes = ({ item, article, affair, inquirers, provisions }: FactItem) => ({
  item,
  ...(article !== undefined && { article }),
  inquirers: inquirers.map((name) => name.normalize('NFC')),
  affair: { code: affairCode(affair), name: affair.normalize('NFC') },
  provisions: provisions.map(({ providers, information }) => ({
    providers: providers.map((name) => name.normalize('NFC')),
    information: information.map((name) => ({
      code: informationCode(name),
      name: name.normalize('NFC'),
    })),
  })),
});

/** 16, 16の2, 16の3, 17: the law inserts with branch numbers. */
function byNumber(a: FactItem, b: FactItem): number {
  const [left, right] = [a, b].map(({ item }) => item.split('の').map(Number));
  for (const [at, one] of (left ?? []).entries()) {
    const difference = one - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return (left?.length ?? 0) - (right?.length ?? 0);
}
