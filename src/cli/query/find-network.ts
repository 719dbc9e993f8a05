import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { isAlive, type RunningFile, readRunningFile } from '../../network/running-file.ts';
import { CliFailure } from '../output/cli-failure.ts';
import {
  defaultConfig,
  runningFileByEnvironment,
  runningFileIn,
  runningFileOfMemory,
} from '../places.ts';

export interface Found {
  readonly path: string;
  readonly running: RunningFile;
}

/** Looks where networks leave their running files, for one that runs. */
export function findRunning(named?: string): Found | undefined {
  for (const path of placesOf(named)) {
    const running = readRunningFile(path);
    if (running && isAlive(running.pid)) return { path, running };
  }
  return undefined;
}

/** @throws CliFailure network_not_running, exit 3 */
export function theRunning(named?: string): Found {
  const found = findRunning(named);
  if (found) return found;
  throw new CliFailure('network_not_running', {
    exit: 3,
    findings: [
      {
        place: placesOf(named).join(', '),
        ja: '起動しているネットワークが見つかりません',
        en: 'No running network was found',
        hint: {
          ja: '別の端末で renkei up を実行してください。起動しているなら --running か RENKEI_RUNNING に running.json の場所を指定してください',
          en: 'Run renkei up in another terminal; if it runs, say where its running.json is, with --running or RENKEI_RUNNING',
        },
      },
    ],
  });
}

function placesOf(named: string | undefined): string[] {
  const told = named === undefined ? runningFileByEnvironment() : resolve(named);
  return told === undefined
    ? [runningFileIn(dataFolderOf(defaultConfig())), runningFileOfMemory()]
    : [told];
}

/** The data folder of a configuration, whatever else is wrong with it. */
function dataFolderOf(config: string): string {
  let data: unknown;
  try {
    data = parseDocument(readFileSync(config, 'utf8')).get('data');
  } catch {
    // No configuration: its default counts.
  }
  return resolve(dirname(config), typeof data === 'string' ? data : 'data');
}
