import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { listFiles, ROLES } from '../../compliance/lists/read-files.ts';
import { type FileText, verifyFiles } from '../../compliance/lists/verify.ts';
import { CliFailure } from '../output/cli-failure.ts';
import { sectionText } from './section.ts';
import { fail, type ListsWorld, painterFor, say } from './world.ts';

/** `renkei lists verify`: everything that is wrong with permission lists; exit 1 if anything is. */
export const verifyCommand = (world: ListsWorld): Command =>
  new Command('verify')
    .description('check permission lists, each and together / 照合リストを検査する')
    .argument('[path...]', 'files and folders (default: the project’s permission-lists)')
    .option('--json', 'write JSON')
    .action((paths: readonly string[], options: { readonly json?: boolean }) =>
      run(world, paths, options),
    );

async function run(
  world: ListsWorld,
  paths: readonly string[],
  { json }: { readonly json?: boolean },
): Promise<void> {
  const files: FileText[] = [];
  for (const path of paths.length === 0 ? [world.folder] : paths) {
    try {
      files.push(...(await filesAt(path)));
    } catch (error) {
      fail({
        ja: `${path} を読めません (${error instanceof Error ? error.message : ''})`,
        en: `${path} cannot be read`,
      });
    }
  }
  if (files.length === 0) {
    fail({ ja: '照合リストがありません', en: 'there is no permission list' });
  }
  const { lists, faults } = verifyFiles(files);
  if (json) await say(world, `${JSON.stringify({ ok: faults.length === 0, lists, faults })}\n`);
  else {
    const paint = painterFor(world);
    const measures = {
      title: '照合リスト permission lists',
      head: [
        'id',
        '施行 in force',
        '項 items',
        '提供 provisions',
        '組 tuples',
        '情報 kinds',
        '役割 roles',
      ],
      rows: lists.map((one) => [
        one.id,
        `${one.from} – ${one.until ?? ''}`,
        ...[one.items, one.provisions, one.tuples, one.kinds, one.roles].map(String),
      ]),
    };
    await say(world, sectionText(measures, paint, world.stdout.columns));
    if (faults.length === 0) {
      await say(world, `${paint('green', '✓')} 誤りはありません / nothing is wrong\n`);
    }
  }
  const [first, ...others] = faults.map(({ file, item, reason }) => ({
    place: item === undefined ? file : `${file}: ${item}の項 (item ${item})`,
    ...reason,
  }));
  if (first !== undefined) {
    throw new CliFailure('permission_list_invalid', { findings: [first, ...others] });
  }
}

async function filesAt(path: string): Promise<readonly FileText[]> {
  const info = await stat(path);
  if (!info.isDirectory()) return [await textAt(path)];
  const roles = join(path, ROLES);
  const table = await stat(roles).catch(() => undefined);
  const texts = await Promise.all((await listFiles(path)).map(textAt));
  // Without a role table a folder of lists is of no use: that is said like any fault of the table.
  return [
    ...texts,
    table === undefined ? { file: roles, text: '', roles: true } : await textAt(roles),
  ];
}

const textAt = async (file: string): Promise<FileText> => ({
  file,
  text: await readFile(file, 'utf8'),
  roles: basename(file) === ROLES,
});
