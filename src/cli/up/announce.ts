import type { Network } from '../../network/network.ts';
import {
  isAlive,
  readRunningFile,
  runningFileOf,
  writeRunningFile,
} from '../../network/running-file.ts';
import { calledAs, shown } from '../output/invocation.ts';
import { paintFor } from '../output/style.ts';
import { findRunning } from '../query/find-network.ts';
import { readyJson, readyText } from './table.ts';
import { triesFor } from './try-next.ts';

export interface Circumstances {
  /** The configuration, absolute. */
  readonly config: string;
  /** The data folder, absolute; none for a network in memory. */
  readonly data: string | undefined;
  readonly runningFile: string;
  /** Whether the folder of the running file is for running files alone. */
  readonly ownFolder: boolean;
  readonly json: boolean;
}

/** Writes the running file, then says that all is ready. @throws FolderNotPrivate */
export function announce(network: Network, about: Circumstances): void {
  const { config, data, runningFile, ownFolder, json } = about;
  const running = runningFileOf(network, { config, data, started: performance.timeOrigin });
  noteOther(runningFile);
  writeRunningFile(runningFile, running, ownFolder);
  const more = findRunning()?.path === runningFile ? [] : ['--running', shown(runningFile)];
  const { seed, clock } = network.config;
  const ready = {
    ...{ running, runningFile, seed, clock },
    tries: json ? [] : triesFor(network, calledAs(), more),
    seconds: performance.now() / 1000,
    megabytes: Math.round(process.memoryUsage.rss() / 1e6),
  };
  process.stdout.write(json ? `${readyJson(ready)}\n` : readyText(ready, paintFor(process.stdout)));
}

/** Networks in memory have one running file for each user: the latest is found, unless told otherwise. */
function noteOther(runningFile: string): void {
  const other = readRunningFile(runningFile);
  if (!other || other.pid === process.pid || !isAlive(other.pid)) return;
  say(`注意 note: 別の renkei（プロセス ${other.pid}）も起動中です。renkei query はこちらを使います
  Another renkei (process ${other.pid}) is running; renkei query will use this one. RENKEI_RUNNING keeps them apart`);
}

/** To people, beside whatever programs read. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
