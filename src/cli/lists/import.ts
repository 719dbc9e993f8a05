import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command, Option } from 'commander';
import { TABLES, type TableChoice } from '../../compliance/lists/law/choose-table.ts';
import { importLaw } from '../../compliance/lists/law/import-law.ts';
import { readLawFile } from '../../compliance/lists/law/read-law-file.ts';
import { LawRefused } from '../../compliance/lists/law/refused.ts';
import { ROLES } from '../../compliance/lists/read-files.ts';
import { prepareList, SaveRefused, writeList } from '../../compliance/lists/save-list.ts';
import { strangersIn } from '../../compliance/lists/strangers.ts';
import { measureOf } from '../../compliance/lists/verify.ts';
import { ListId } from '../../protocol/identifiers.ts';
import { readPermissionLists } from '../../service/permission-lists/read-folder.ts';
import { CliFailure } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';
import { type ImportReport, importText } from './import-text.ts';
import { dateOf, fail, type ListsWorld, painterFor, say } from './world.ts';

interface Options {
  readonly id: string;
  readonly from: string;
  readonly until?: string;
  readonly lawNumber?: string;
  readonly title?: string;
  readonly textAsOf?: string;
  readonly table: TableChoice;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `renkei lists import FILE.xml`: a permission list from a law file of e-Gov, and a report of doubts. */
export const importCommand = (world: ListsWorld): Command =>
  new Command('import')
    .description('make a permission list of a law file (法令標準XML) / 法令XMLから照合リストを作る')
    .argument('<file>', 'the XML of e-Gov 法令検索')
    .requiredOption('--id <id>', 'id of the list, e.g. order-r9-1')
    .requiredOption('--from <date>', 'first day in force, YYYY-MM-DD')
    .option('--until <date>', 'last day in force (default: until further notice)')
    .option('--law-number <text>', 'default: what the file says, in Arabic digits')
    .option('--title <text>', 'default: the law’s title and the table’s name')
    .option('--text-as-of <date>', 'day or month whose text it is (default: --from)')
    .addOption(new Option('--table <which>', 'which table').choices([...TABLES]).default('auto'))
    .option('--out <folder>', 'where to write (default: the project’s permission-lists)')
    .option('--dry-run', 'check and report, write nothing')
    .option('--force', 'replace a list of the same id')
    .option('--json', 'write the report as JSON')
    .action((file: string, options: Options) => run(world, file, options));

async function run(world: ListsWorld, file: string, options: Options): Promise<void> {
  const { id, lawNumber, title, textAsOf, table } = options;
  if (!ListId.safeParse(id).success || id === basename(ROLES, '.json')) {
    fail({
      ja: `--id は英小文字・数字・ハイフンです: ${id}`,
      en: `--id must be lower-case letters, digits and hyphens (and not "roles"): ${id}`,
    });
  }
  const from = dateOf(options.from);
  const until = options.until === undefined ? undefined : dateOf(options.until);
  const folder = options.out ?? world.folder;
  try {
    const imported = importLaw(await readLawFile(file), {
      id,
      from,
      table,
      ...(until !== undefined && { until }),
      ...(lawNumber !== undefined && { lawNumber }),
      ...(title !== undefined && { title }),
      ...(textAsOf !== undefined && { textAsOf }),
    });
    const writable = await prepareList(folder, imported.list);
    const written = options.dryRun !== true;
    if (written) await writeList(folder, writable, options.force === true);
    const known = await Promise.all([folder, world.folder].map(readIfThere));
    const report: ImportReport = {
      file: writable.file,
      written,
      usable: await isThere(join(folder, ROLES)),
      measure: measureOf(writable.file, imported.list),
      title: imported.list.title,
      lawNumber: imported.list.lawNumber,
      deleted: imported.deleted,
      strangers: strangersIn(
        imported.list,
        known.flatMap((one) => one?.lists.filter((list) => list.id !== id) ?? []),
        known.find((one) => one !== undefined)?.roles,
      ),
      doubts: imported.doubts,
    };
    await say(
      world,
      options.json
        ? `${JSON.stringify(report)}\n`
        : importText(report, painterFor(world), world.stdout.columns),
    );
  } catch (error) {
    throw refusalOf(error);
  }
}

/** A refusal for people. What it quotes of the file can't do anything to their terminal. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof LawRefused || error instanceof SaveRefused)) return error;
  const { code, reason, hint } = error;
  const item = error instanceof LawRefused ? error.item : undefined;
  const finding = { ja: harmless(reason.ja), en: harmless(reason.en), hint };
  const place = item === undefined ? {} : { place: `${item}の項 (item ${item})` };
  return new CliFailure(code, { findings: [{ ...place, ...finding }] }, { cause: error });
}

/** A folder's lists for their names only: what is wrong with them is said elsewhere. */
const readIfThere = (folder: string) => readPermissionLists(folder).catch(() => undefined);

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
