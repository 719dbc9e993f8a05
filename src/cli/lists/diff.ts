import { Command } from 'commander';
import { diffLists } from '../../compliance/lists/diff.ts';
import { type DiffFilter, filterDiff, NothingMeant } from '../../compliance/lists/diff-filter.ts';
import { summaryOf } from '../../compliance/lists/diff-summary.ts';
import { itemNumberOf } from '../../compliance/lists/law/numbers.ts';
import { expandedBy } from '../../compliance/lists/tuples.ts';
import { scenarioChanges, scenarioSection } from './diff-scenarios.ts';
import { diffSections } from './diff-sections.ts';
import { tuplesText } from './diff-tuples.ts';
import { sectionMarkdown, sectionText } from './section.ts';
import { dayFor, fail, type ListsWorld, listNamed, loadLists, painterFor, say } from './world.ts';

interface Options extends DiffFilter {
  readonly atA?: string;
  readonly atB?: string;
  readonly expand?: boolean;
  readonly tuples?: boolean;
  readonly scenarios?: string;
  readonly lists?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** `renkei lists diff A B`: what B allows that A doesn't, and the other way round. */
export const diffCommand = (world: ListsWorld): Command =>
  new Command('diff')
    .description('compare two permission lists, tuple by tuple / 二つの照合リストを比べる')
    .argument('<a>', 'id of the list before')
    .argument('<b>', 'id of the list after')
    .option('--role <role>', 'only what this inquirer or provider is part of')
    .option('--information <name|code>', 'only this 特定個人情報 (or a part of its name)')
    .option('--item <number>', 'only this 項 of either list, and the items it moved to')
    .option('--expand', 'take a collective role as every role that it takes in')
    .option('--tuples', 'list every tuple (always, when --role, --information or --item is given)')
    .option('--at-a <date>', 'the day A is looked at (default: its day nearest to today)')
    .option('--at-b <date>', 'the day B is looked at')
    .option('--scenarios <dir>', 'replay these scenarios by A and by B: which tests change?')
    .option('--lists <folder>', 'folder of the permission lists')
    .option('--json', 'write JSON: every tuple, and the counts')
    .option('--markdown', 'write Markdown: every tuple, and the counts')
    .action((a: string, b: string, options: Options) => run(world, a, b, options));

async function run(world: ListsWorld, idA: string, idB: string, options: Options): Promise<void> {
  if (options.json && options.markdown) {
    fail({
      ja: '--json と --markdown はどちらか一つです',
      en: 'either --json or --markdown',
    });
  }
  const { lists, roles } = await loadLists(world, options.lists);
  const [a, b] = [listNamed(lists, idA), listNamed(lists, idB)];
  const whole = diffLists(
    { list: a, date: dayFor(world, a, options.atA) },
    { list: b, date: dayFor(world, b, options.atB) },
    options.expand ? expandedBy(roles) : undefined,
  );
  const filter = filterOf(options);
  const diff = wanted(() => filterDiff(whole, filter));
  const scenarios =
    options.scenarios === undefined
      ? undefined
      : await scenarioChanges(options.scenarios, { a, b }, world.now());
  if (options.json) {
    const found = { ...diff, summary: summaryOf(diff), ...(scenarios && { scenarios }) };
    await say(world, `${JSON.stringify(found)}\n`);
    return;
  }
  if (options.markdown) {
    const sections = [
      ...diffSections(diff, { a, b }, true),
      ...(scenarios ? [scenarioSection(scenarios)] : []),
    ].map(sectionMarkdown);
    const title = `# ${a.id} → ${b.id}\n\n${a.title}（${a.lawNumber}）→ ${b.title}（${b.lawNumber}）`;
    await say(world, `${title}\n\n${sections.join('\n')}`);
    return;
  }
  const paint = painterFor(world);
  const sections = [
    ...diffSections(diff, { a, b }, false),
    ...(scenarios ? [scenarioSection(scenarios)] : []),
  ].map((one) => sectionText(one, paint, world.stdout.columns));
  const tuples = options.tuples === true || Object.keys(filter).length > 0;
  await say(world, [...sections, ...(tuples ? [tuplesText(diff, paint)] : [])].join('\n'));
}

function filterOf({ role, information, item }: Options): DiffFilter {
  return {
    ...(role !== undefined && { role }),
    ...(information !== undefined && { information }),
    ...(item !== undefined && { item: itemNumberOf(item) ?? item }),
  };
}

function wanted<Result>(filter: () => Result): Result {
  try {
    return filter();
  } catch (error) {
    if (!(error instanceof NothingMeant)) throw error;
    return fail(
      {
        ja: `--${error.field}「${error.word}」はどちらの照合リストにもありません`,
        en: `neither list has the ${error.field} "${error.word}"`,
      },
      { ja: '名称の一部でも探せます', en: 'a part of the name will do' },
    );
  }
}
