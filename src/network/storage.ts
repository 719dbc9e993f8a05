import { appendFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the parties keep their data: a folder with a file for each, or nowhere. */
export type Storage =
  | { readonly kind: 'memory' }
  | { readonly kind: 'folder'; readonly path: string };

const MEMORY = ':memory:';

export const gatewayFile = (storage: Storage): string =>
  storage.kind === 'memory' ? MEMORY : join(storage.path, 'gateway.sqlite');

export const registryFile = (storage: Storage): string =>
  storage.kind === 'memory' ? MEMORY : join(storage.path, 'registry.sqlite');

export const agencyFile = (storage: Storage, code: string, what: 'node' | 'address-numbers') =>
  storage.kind === 'memory' ? MEMORY : join(storage.path, 'agencies', code, `${what}.sqlite`);

export const logFile = (storage: Storage): string | undefined =>
  storage.kind === 'memory' ? undefined : join(storage.path, 'renkei.log');

/** The data was filled from another seed than the configuration’s. */
export class OtherWorld extends Error {
  override readonly name = 'OtherWorld';
  readonly code = 'data_of_another_seed';
  readonly ja: string;
  readonly en: string;
  readonly hint = {
    ja: '元の種に戻すか、別のデータフォルダーを指定してください',
    en: 'Go back to that seed, or choose another data folder',
  };

  constructor(path: string) {
    super(`the data was filled from another seed: ${path}`);
    this.ja = `データは別の種から作られています: ${path}`;
    this.en = `The data was filled from another seed: ${path}`;
  }
}

/** Which world fills the data: written last, so that an interrupted filling is done again. */
export interface Filled {
  readonly seed: string;
  readonly residents: number;
}

/** @throws OtherWorld */
export async function isFilled(storage: Storage, wanted: Filled): Promise<boolean> {
  if (storage.kind === 'memory') return false;
  await mkdir(storage.path, { recursive: true, mode: 0o700 });
  const text = await readFile(markOf(storage.path), 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const found: Filled = JSON.parse(text);
  if (found.seed !== wanted.seed || found.residents !== wanted.residents) {
    throw new OtherWorld(storage.path);
  }
  return true;
}

export async function markFilled(storage: Storage, filled: Filled): Promise<void> {
  if (storage.kind === 'folder') {
    await writeFile(markOf(storage.path), JSON.stringify(filled), { mode: 0o600 });
  }
}

/** How often a network was started on this data, now included. */
export async function countStart(storage: Storage): Promise<number> {
  if (storage.kind === 'memory') return 1;
  await mkdir(storage.path, { recursive: true, mode: 0o700 });
  const file = join(storage.path, 'starts');
  // A byte each: nothing to read and write back, so nothing that a kill could cut in two.
  await appendFile(file, '.');
  return (await stat(file)).size;
}

const markOf = (path: string): string => join(path, 'world.json');
