import { flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { lazyConsole } from '../../console/lazy-console.ts';
import { removeRunningFile } from '../../network/running-file.ts';
import { startNetwork } from '../../network/start-network.ts';
import { usage } from '../output/cli-failure.ts';
import { runningFileByEnvironment, runningFileIn, runningFileOfMemory } from '../places.ts';
import { announce, say } from './announce.ts';
import { loadConfig } from './load-config.ts';
import { startFailure } from './start-failure.ts';
import { complianceRoutes, loadTools } from './tools.ts';
import { untilStopped } from './until-stopped.ts';

interface Options {
  readonly config?: string;
  readonly data?: string;
  readonly memory?: boolean;
  readonly seed?: string;
  readonly freePorts?: boolean;
  readonly json?: boolean;
}

const MORE = `
終了コード / exit codes
  0  停止の合図で終了した / stopped when told to (Ctrl-C, SIGTERM)
  1  起動できなかった / did not start

環境変数 / environment
  RENKEI_RUNNING  接続情報のファイル / the running file: where it listens, and the tokens of its callers
  RENKEI_DEBUG=1  誤りの詳細を出す / details of an error
  NO_COLOR        色を付けない / no colours`;

/** `renkei up`: the whole network, until it is told to stop. */
export function upCommand(): Command {
  return new Command('up')
    .description('ネットワークを起動する / start the network: gateway, registry, agencies')
    .option(
      '--config <file>',
      '設定 / configuration (default: ./renkei.yaml, or the package’s own)',
    )
    .option('--data <folder>', 'データのフォルダー / data folder, instead of the configuration’s')
    .addOption(
      new Option('--memory', 'データを残さない / keep everything in memory').conflicts('data'),
    )
    .option('--seed <text>', '種 / seed of the invented world, instead of the configuration’s')
    .option('--free-ports', '空いているポートを使う / use whichever ports are free')
    .option('--json', '準備ができたら JSON を1行出す / write one line of JSON when ready')
    .addHelpText('after', MORE)
    .action(run);
}

async function run({ config, seed, memory, freePorts, json, ...options }: Options): Promise<void> {
  if (seed === '') throw usage('--seed が空です', '--seed is empty');
  const loaded = await loadConfig(config, seed);
  const { folder } = loaded;
  const data = memory ? undefined : resolve(options.data ?? resolve(folder, loaded.config.data));
  const told = runningFileByEnvironment();
  const runningFile = told ?? (data === undefined ? runningFileOfMemory() : runningFileIn(data));
  const network = await startNetwork({
    config: loaded.config,
    folder,
    storage: data === undefined ? { kind: 'memory' } : { kind: 'folder', path: data },
    console: lazyConsole,
    controlRoutes: complianceRoutes(await loadTools()),
    ...(freePorts && { freePorts: true }),
  }).catch((error: unknown) => {
    throw startFailure(error, loaded, runningFile);
  });
  // Whatever ends this process, short of SIGKILL, the file does not outlive it.
  process.once('exit', () => removeRunningFile(runningFile));
  try {
    const stopped = untilStopped();
    announce(network, {
      config: loaded.file,
      data,
      runningFile,
      ownFolder: told === undefined && data === undefined,
      json: json === true,
    });
    flushCompileCache();
    await stopped;
    say('停止しています / stopping');
  } finally {
    removeRunningFile(runningFile);
    await network.close();
  }
  say('停止しました / stopped');
  process.exit(0);
}
