import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileLayouts, type Layouts } from '../../protocol/layouts/compile.ts';
import type { Layout } from '../../protocol/layouts/layout.ts';
import { LayoutInvalid, problem, readLayout } from './read.ts';

/** Those that come with renkei. */
export const OWN_LAYOUTS = fileURLToPath(new URL('../../../layouts/', import.meta.url));

/** They belong to the program and do not change while it runs: read once. */
let shipped: Promise<readonly Layout[]> | undefined;

/**
 * The layouts that come with renkei and those of a folder (`*.yaml`, `*.json` other than schemas), which take the
 * place of the former where kind and version are the same.
 * A folder called `layouts`, the configuration’s default, need not be there.
 * @throws LayoutInvalid for a folder or file that cannot be read, or two files for one kind and version
 */
export async function readLayouts(folder: string): Promise<Layouts> {
  shipped ??= inFolder(OWN_LAYOUTS);
  const known = await shipped;
  const own = isOwn(folder) ? [] : await inFolder(folder);
  const taken = new Set(own.flatMap(namesOf));
  return compileLayouts([
    ...known.map((layout) => ({
      ...layout,
      information: layout.information.filter((name) => !taken.has(`${name} ${layout.version}`)),
    })),
    ...own,
  ]);
}

const isOwn = (folder: string): boolean =>
  resolve(folder) === resolve(OWN_LAYOUTS) ||
  (basename(folder) === basename(OWN_LAYOUTS) && !existsSync(folder));

const namesOf = ({ information, version }: Layout): string[] =>
  information.map((name) => `${name} ${version}`);

async function inFolder(folder: string): Promise<readonly Layout[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    const reason = problem(
      'レイアウトのフォルダーを読めません',
      'the folder of layouts cannot be read',
    );
    throw new LayoutInvalid(folder, [reason], { cause });
  });
  const files = names.filter((name) => /(?<!\.schema)\.(json|ya?ml)$/.test(name)).sort();
  const read = await Promise.all(
    files.map(async (name) => {
      const file = join(folder, name);
      return { file, layout: readLayout(await textOf(file), file) };
    }),
  );
  const taken = new Map<string, string>();
  for (const { file, layout } of read) {
    for (const name of namesOf(layout)) {
      const other = taken.get(name);
      if (other !== undefined) {
        const reason = problem(
          `同じ種類と版のレイアウトが ${other} にあります`,
          `${other} has the same kind and version`,
        );
        throw new LayoutInvalid(file, [reason]);
      }
      taken.set(name, file);
    }
  }
  return read.map(({ layout }) => layout);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LayoutInvalid(file, [problem('ファイルを読めません', 'the file cannot be read')], {
      cause,
    });
  }
}
