import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RenkeiError } from '../../protocol/errors.ts';
import type { Storage } from '../storage.ts';
import { databaseFiles } from './database-files.ts';
import type { Databases, Snapshot } from './snapshot.ts';
import { fromStateFile, StateFile, toStateFile } from './state-file.ts';

/** Where the first state lies beside the data: the same files again, and the rest of it in one more. */
function placeOf(storage: Storage) {
  if (storage.kind === 'memory') return undefined;
  const path = join(storage.path, 'first');
  return { copies: { kind: 'folder', path } as const, rest: join(path, 'state.json') };
}

const EMPTY = new Uint8Array();
const NONE: Databases = { gateway: EMPTY, registry: EMPTY, nodes: {}, addressNumbers: {} };

/** Keeps the state of a network that was filled just now, a file for each database. */
export async function writeFirst(storage: Storage, snapshot: Snapshot): Promise<void> {
  const place = placeOf(storage);
  if (!place) return;
  for (const { path, bytes } of databaseFiles(place.copies, snapshot.databases)) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, bytes, { mode: 0o600 });
  }
  const rest = toStateFile({ ...snapshot, databases: NONE });
  await writeFile(place.rest, JSON.stringify(rest), { mode: 0o600 });
}

/** @throws RenkeiError state_conflict when nothing was kept */
export async function readFirst(storage: Storage): Promise<Snapshot> {
  const place = placeOf(storage);
  const text = place && (await readFile(place.rest, 'utf8').catch(() => undefined));
  if (!place || !text) throw nothingKept();
  const { databases: _, ...rest } = fromStateFile(StateFile.parse(JSON.parse(text)));
  const nodes: Record<string, Uint8Array> = {};
  const addressNumbers: Record<string, Uint8Array> = {};
  let gateway: Uint8Array = EMPTY;
  let registry: Uint8Array = EMPTY;
  const wanted = {
    gateway,
    registry,
    nodes: every(rest.running),
    addressNumbers: every(rest.running),
  };
  for (const { path, party, what } of databaseFiles(place.copies, wanted)) {
    const bytes = new Uint8Array(await readFile(path));
    if (what === 'gateway') gateway = bytes;
    else if (what === 'registry') registry = bytes;
    else if (what === 'node') nodes[party] = bytes;
    else addressNumbers[party] = bytes;
  }
  return { ...rest, databases: { gateway, registry, nodes, addressNumbers } };
}

const every = (codes: readonly string[]) =>
  Object.fromEntries(codes.map((code) => [code, new Uint8Array()]));

const nothingKept = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: '最初の状態が保存されていません',
    en: 'The first state was not kept',
    hint: {
      ja: '`renkei up` を終了し、データフォルダーを消してから起動してください',
      en: 'Stop `renkei up`, remove the data folder, and start again',
    },
  });
