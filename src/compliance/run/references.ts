import { readFile, realpath } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { z } from 'zod';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { ScenarioInvalid } from '../scenario/invalid.ts';

/** The records of a copy, written in the scenario or in a file beside it. */
export type ReadRecords = (copy: {
  readonly records?: readonly CopyRecord[] | undefined;
  readonly file?: string | undefined;
}) => Promise<readonly CopyRecord[]>;

/**
 * The text of a file that a scenario refers to. Links are followed, and must not lead out of its folder either.
 * @throws ScenarioInvalid
 */
export async function readReference(scenarioFile: string, path: string): Promise<string> {
  const folder = dirname(resolve(scenarioFile));
  try {
    const [home, target] = await Promise.all([realpath(folder), realpath(resolve(folder, path))]);
    const way = relative(home, target);
    if (way.startsWith('..') || resolve(home, way) !== target) throw outside(scenarioFile, path);
    return await readFile(target, 'utf8');
  } catch (cause) {
    if (cause instanceof ScenarioInvalid) throw cause;
    const reason = { ja: `${path} を読めません`, en: `cannot read ${path}` };
    throw new ScenarioInvalid(scenarioFile, [{ reason }], { cause });
  }
}

export const recordsReader =
  (scenarioFile: string): ReadRecords =>
  async ({ records, file }) => {
    if (records !== undefined || file === undefined) return records ?? [];
    const text = await readReference(scenarioFile, file);
    const read = z.array(CopyRecord).safeParse(jsonOf(text));
    if (read.success) return read.data;
    const reason = {
      ja: `${file} は記録の一覧（JSON）ではありません`,
      en: `${file} is no list of records (JSON)`,
    };
    throw new ScenarioInvalid(scenarioFile, [{ reason }]);
  };

function outside(scenarioFile: string, path: string): ScenarioInvalid {
  const reason = {
    ja: `${path} はシナリオのフォルダーの外にあります`,
    en: `${path} lies outside the scenario’s folder`,
  };
  return new ScenarioInvalid(scenarioFile, [{ reason }]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
