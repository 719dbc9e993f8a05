import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AgencyCode } from '../protocol/identifiers.ts';
import { oneTimeCodes } from '../service/one-time-codes.ts';
import type { Network } from './network.ts';
import { readySecrets } from './principals.ts';

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
      /** By id, the one above among them. */
      businessSystems: z.record(z.string(), Token),
      /** Open sessions of the ready members of staff, and what they log in with. */
      staff: z.record(z.string(), Token),
      staffSecrets: z.record(
        z.string(),
        z.strictObject({ password: z.string(), oneTimeCodes: z.string().describe('Base32') }),
      ),
      /** The address-number system, and tokens of its own callers by their ids. */
      addressNumbers: z.strictObject({ url: Url, callers: z.record(z.string(), Token) }),
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
    const { businessSystem, businessSystems, staff } = credentials;
    const addressNumbers = {
      url: network.addressNumbers.get(code)?.url ?? '',
      callers: { ...network.addressNumberTokens.get(code) },
    };
    const { url } = network.agency(code);
    const staffSecrets = secretsOf(network.config.seed, code, Object.keys(staff));
    const callers = { businessSystem, businessSystems, staff, staffSecrets, addressNumbers };
    return { code, name, roles, url, ...callers };
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
    agencies: agencies.map((agency) => ({
      ...agency,
      businessSystems: { ...agency.businessSystems },
      staff: { ...agency.staff },
    })),
  };
}

/** What the ready users of an agency log in with, unless it has been changed since. */
const secretsOf = (seed: string, agency: string, logins: readonly string[]) =>
  Object.fromEntries(
    logins.map((login) => {
      const { password, secret } = readySecrets(seed, agency, login);
      return [login, { password, oneTimeCodes: oneTimeCodes.base32(secret) }];
    }),
  );

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
