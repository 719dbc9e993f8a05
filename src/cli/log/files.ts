import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { usage } from '../output/cli-failure.ts';
import { KEYS_FILE } from './keys.ts';

const NAME = /^renkei-([0-9a-z]+)\.ndjson$/;

/** An export of one party’s log. */
export interface LogFile {
  readonly party: string;
  readonly file: string;
  readonly bytes: number;
}

/** The exports in a folder, or a file itself. @throws CliFailure usage */
export async function logFiles(paths: readonly string[]): Promise<LogFile[]> {
  const found = (await Promise.all(paths.map(filesAt))).flat();
  if (found.length > 0) return found;
  throw usage('ログの書き出しがありません', 'there are no exports of logs', {
    ja: 'renkei log export フォルダー で書き出せます。ファイル名は renkei-当事者.ndjson',
    en: 'renkei log export FOLDER writes them; they are named renkei-PARTY.ndjson',
  });
}

async function filesAt(path: string): Promise<LogFile[]> {
  const kind = await stat(path).catch(() => {
    throw usage(`${path} がありません`, `there is no ${path}`);
  });
  const files = kind.isDirectory()
    ? (await readdir(path)).sort().map((name) => join(path, name))
    : [path];
  return await Promise.all(
    files.flatMap((file) => {
      const party = NAME.exec(basename(file))?.[1];
      return party === undefined
        ? []
        : [stat(file).then(({ size }) => ({ party, file, bytes: size }))];
    }),
  );
}

/** Where the keys are, unless told: beside the first export. */
export const keysBeside = ({ file }: LogFile): string => join(dirname(file), KEYS_FILE);
