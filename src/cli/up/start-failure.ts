import { written } from '../../network/config/invalid.ts';
import { portPlaces } from '../../network/config/ports.ts';
import { isAlive, readRunningFile } from '../../network/running-file.ts';
import { PortInUse } from '../../service/http/listen.ts';
import { StorageBusy } from '../../service/sqlite/open-database.ts';
import { CliFailure } from '../output/cli-failure.ts';
import type { LoadedConfig } from './load-config.ts';

/** Why the network did not start, with what only the starter knows: whose port it is, who has the data. */
export function startFailure(error: unknown, { config, file }: LoadedConfig, running: string) {
  if (error instanceof PortInUse) return portInUse(error, { config, file });
  if (error instanceof StorageBusy) return dataInUse(error, running);
  return error;
}

function portInUse(error: PortInUse, { config, file }: Pick<LoadedConfig, 'config' | 'file'>) {
  const { code, port, ja, en } = error;
  const places = portPlaces(config).filter((place) => place.port === port);
  const users = places.map(({ user }) => user).join(', ');
  const keys = [...new Set(places.map(({ path }) => written(path)))].join(', ');
  const finding = {
    place: `${file}: ${keys}`,
    ja: `${ja}（${users}）`,
    en: `${en} (${users})`,
    hint: {
      ja: `${keys} を変えるか、--free-ports を指定するか、そのポートを使うプログラムを終了してください`,
      en: `Change ${keys}, or use --free-ports, or stop the program that uses the port`,
    },
  };
  return new CliFailure(code, { findings: [finding] }, { cause: error });
}

function dataInUse(error: StorageBusy, running: string) {
  const { code, path, ja, en, hint } = error;
  const found = readRunningFile(running);
  const owner = found && isAlive(found.pid) ? found.pid : undefined;
  const finding = {
    place: path,
    ja: owner === undefined ? ja : `データはプロセス ${owner} の renkei が使用中です`,
    en: owner === undefined ? en : `The data is in use by renkei, process ${owner}`,
    hint: {
      ja: `${hint.ja}（--data または --memory）`,
      en: `${hint.en} (--data or --memory)`,
    },
  };
  return new CliFailure(code, { findings: [finding] }, { cause: error });
}
