import { Command } from 'commander';
import { findItems, type ItemFilter } from '../../compliance/lists/find-items.ts';
import { itemNumberOf } from '../../compliance/lists/law/numbers.ts';
import { japaneseDay } from '../../protocol/day.ts';
import { listInForce } from '../../protocol/permission/in-force.ts';
import { itemsSection, itemText } from './item-text.ts';
import { sectionText } from './section.ts';
import {
  dateOf,
  dayFor,
  fail,
  type ListsWorld,
  listNamed,
  loadLists,
  painterFor,
  say,
} from './world.ts';

interface Options extends ItemFilter {
  readonly at?: string;
  readonly lists?: string;
  readonly json?: boolean;
}

/** `renkei lists show`: the items of a list that are wanted, or one item in full. */
export const showCommand = (world: ListsWorld): Command =>
  new Command('show')
    .description('show the items of a permission list / 照合リストの項を示す')
    .argument('[list]', 'id of the list (default: the one in force)')
    .option('--item <number>', '項, in full: 25, 16の2')
    .option('--inquirer <role>', '情報照会者: items by which a holder of the role may ask')
    .option(
      '--provider <role>',
      '情報提供者: provisions by which a holder of the role may be asked',
    )
    .option('--information <name|code>', '特定個人情報, or a part of its name')
    .option('--affair <name|code>', '事務, or a part of its name')
    .option('--at <date>', 'the day in Japan, YYYY-MM-DD (default: today)')
    .option('--lists <folder>', 'folder of the permission lists')
    .option('--json', 'write JSON')
    .action((id: string | undefined, options: Options) => run(world, id, options));

async function run(
  world: ListsWorld,
  id: string | undefined,
  { at, lists: folder, json, ...filter }: Options,
): Promise<void> {
  const { lists, roles } = await loadLists(world, folder);
  const today = at === undefined ? japaneseDay(world.now()) : dateOf(at);
  const list = id === undefined ? listInForce(lists, today) : listNamed(lists, id);
  if (list === undefined) {
    const known = lists.map((one) => `${one.id} ${one.inForce.from} – ${one.inForce.until ?? ''}`);
    return fail(
      {
        ja: `${today} に施行されている照合リストはありません`,
        en: `no list is in force on ${today}`,
      },
      { ja: known.join('、'), en: 'name a list, or another day with --at' },
    );
  }
  const date = dayFor(world, list, at);
  const item = filter.item === undefined ? undefined : (itemNumberOf(filter.item) ?? filter.item);
  const wanted = { ...filter, ...(item !== undefined && { item }) };
  const items = findItems(list, date, wanted, roles);
  if (items.length === 0) {
    fail(
      { ja: `${list.id} に該当する項はありません`, en: `no item of ${list.id} matches` },
      {
        ja: '条件を減らすか、名称の一部で探してください',
        en: 'give fewer conditions, or a part of a name',
      },
    );
  }
  const { items: _, ...head } = list;
  if (json) {
    await say(world, `${JSON.stringify({ list: head, date, items })}\n`);
    return;
  }
  const paint = painterFor(world);
  const [first] = items;
  const text =
    item !== undefined && first !== undefined
      ? itemText(first, list, date, paint)
      : sectionText(itemsSection(items, list, date, wanted), paint, world.stdout.columns);
  await say(world, text);
}
