import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AgencyCode } from '../protocol/identifiers.ts';
import type { Network } from './network.ts';

/** Tokens are sent to nobody but this machine, whoever wrote the file. */
const isLoopback = (text: string): boolean => {
  const url = URL.parse(text);
  return url?.protocol === 'http:' && /^(127\.[0-9.]+|\[::1\])$/.test(url.hostname);
};
const Url = z.string().refine(isLoopback, 'not an address of this machine');
const Token = z.string().min(22);

/** What a running network tells the tools of whoever started it: where everybody listens, and their tokens. */
export const RunningFile = z.strictObject({
  version: z.literal(1),
  pid: z.int().positive(),
  started: z.string(),
  /** The configuration, absolute; its data folder, null when everything is in memory. */
  config: z.string(),
  data: z.string().nullable(),
  control: Url,
  /** The operator’s: needed to change anything through the control plane. */
  controlToken: Token,
  gateway: Url,
  registry: Url,
  agencies: z.array(
    z.strictObject({
      code: AgencyCode,
      name: z.string(),
      roles: z.array(z.string()),
      url: Url,
      businessSystem: Token,
      staff: z.record(z.string(), Token),
    }),
  ),
});
export type RunningFile = z.infer<typeof RunningFile>;

/** What this process would write about a network that it runs. */
export function runningFileOf(
  network: Network,
  about: { readonly config: string; readonly data: string | undefined; readonly started: number },
): RunningFile {
  const agencies = network.config.agencies.map(({ code, name, roles }) => {
    const credentials = network.credentials.get(code);
    if (!credentials) throw new RangeError(`agency ${code} has no credentials`);
    const { businessSystem, staff } = credentials;
    return { code, name, roles, url: network.agency(code).url, businessSystem, staff };
  });
  return {
    version: 1,
    pid: process.pid,
    started: new Date(about.started).toISOString(),
    config: about.config,
    data: about.data ?? null,
    control: network.control.url,
    controlToken: network.control.token,
    gateway: network.gateway.url,
    registry: network.registry.url,
    agencies: agencies.map((agency) => ({ ...agency, staff: { ...agency.staff } })),
  };
}

/** Another user could read or change what is in this folder. */
export class FolderNotPrivate extends Error {
  override readonly name = 'FolderNotPrivate';
  readonly code = 'folder_not_private';
  readonly ja: string;
  readonly en: string;
  readonly hint = {
    ja: 'そのフォルダーを削除するか、RENKEI_RUNNING に別のファイルを指定してください',
    en: 'Remove that folder, or name another file with RENKEI_RUNNING',
  };

  constructor(path: string) {
    super(`another user has the folder: ${path}`);
    this.ja = `別の利用者が使えるフォルダーです: ${path}`;
    this.en = `Another user has access to this folder: ${path}`;
  }
}

/**
 * Writes the file whole or not at all, readable by its owner only.
 * @param own the folder is for running files alone, so nobody else may have access to it
 * @throws FolderNotPrivate
 */
export function writeRunningFile(path: string, content: RunningFile, own: boolean): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (own && process.getuid !== undefined) {
    const { uid, mode } = lstatSync(folder);
    if (uid !== process.getuid() || (mode & 0o077) !== 0) throw new FolderNotPrivate(folder);
  }
  const draft = `${path}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, path);
}

/** What the file says, or undefined when there is none, or none that a network wrote. */
export function readRunningFile(path: string): RunningFile | undefined {
  try {
    return RunningFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Removes this process’s file; one that a later network wrote in its place stays. */
export function removeRunningFile(path: string): void {
  if (readRunningFile(path)?.pid === process.pid) rmSync(path, { force: true });
}

/** Whether a process runs, ours or anybody’s. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
