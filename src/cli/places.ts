import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the package itself is. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../../', import.meta.url));

const CONFIG = 'renkei.yaml';

/** The configuration that is meant when none is named: the one here, otherwise the package’s own. */
export const defaultConfig = (): string => {
  const here = resolve(CONFIG);
  return existsSync(here) ? here : join(PACKAGE_ROOT, CONFIG);
};

/** The running file of a network whose data is in this folder. */
export const runningFileIn = (data: string): string => join(data, 'running.json');

/** The running file of a network in memory: the user’s own runtime folder, or one that is made theirs. */
export const runningFileOfMemory = (): string => {
  const runtime = process.env.XDG_RUNTIME_DIR;
  const folder =
    runtime && existsSync(runtime)
      ? join(runtime, 'renkei')
      : join(tmpdir(), `renkei-${process.getuid?.() ?? 'user'}`);
  return join(folder, 'running.json');
};

/** RENKEI_RUNNING: the running file, wherever it would be otherwise. */
export const runningFileByEnvironment = (): string | undefined => {
  const path = process.env.RENKEI_RUNNING;
  return path === undefined || path === '' ? undefined : resolve(path);
};
