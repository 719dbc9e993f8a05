import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export const EXPECTED_FAILURES = 'expected-failures.yaml';

/** A path that is neither a file nor a folder. */
export class ScenariosNotFound extends Error {
  override readonly name = 'ScenariosNotFound';
  readonly code = 'scenarios_not_found';
  readonly path: string;
  readonly ja: string;
  readonly en: string;

  constructor(path: string) {
    super(`no such file or folder: ${path}`);
    this.path = path;
    this.ja = `ファイルもフォルダーもありません: ${path}`;
    this.en = `There is no such file or folder: ${path}`;
  }
}

/**
 * Scenario files by their paths, each once, sorted. In a folder all `.yaml` and `.yml` files below it count, but
 * for expected failures and configurations (`renkei.yaml`, `*.network.yaml`).
 * @throws ScenariosNotFound
 */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const kind = await stat(path).catch(() => undefined);
      if (kind?.isFile()) return [path];
      if (kind?.isDirectory()) return await filesBelow(path);
      throw new ScenariosNotFound(path);
    }),
  );
  return [...new Set(found.flat())].sort();
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isScenarioName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.split('/').includes('node_modules'));
}

const isScenarioName = (name: string): boolean =>
  /\.ya?ml$/.test(name) &&
  basename(name) !== EXPECTED_FAILURES &&
  name !== 'renkei.yaml' &&
  !/\.network\.ya?ml$/.test(name);
