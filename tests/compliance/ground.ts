import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReplayOptions, replay } from '../../src/compliance/replay.ts';
import { type Report, reportOf } from '../../src/compliance/report/report.ts';
import type { Ground } from '../../src/compliance/run/prepare.ts';
import { readConfig } from '../../src/network/config/read.ts';
import { readPermissionLists } from '../../src/service/permission-lists/read-folder.ts';

export const ROOT = join(import.meta.dirname, '../..');
const config = join(ROOT, 'renkei.yaml');

/** What `renkei replay` goes by when nothing is told. */
export const ground: Ground = {
  base: readConfig(readFileSync(config, 'utf8'), config),
  folder: ROOT,
  law: await readPermissionLists(join(ROOT, 'permission-lists')),
};

export const TODAY = '2026-11-22';

export async function reportFor(options: Partial<ReplayOptions>): Promise<Report> {
  const replayed = await replay({ files: [], ground, today: TODAY, ...options });
  const about = { at: undefined, list: undefined, seed: undefined, filter: undefined };
  return reportOf(replayed, {
    version: '0',
    startedAt: '2026-11-22T00:00:00.000Z',
    options: about,
  });
}

/** The report without what a stopwatch put there. */
export const timeless = (report: Report): unknown =>
  JSON.parse(JSON.stringify(report, (key, value) => (key === 'durationMs' ? 0 : value)));

const KIND = '予防接種法による予防接種の実施に関する情報';

/** A scenario as short as can be: one inquiry under item 25, and what is expected of it. */
export const oneInquiry = (expect: string, { query = '', before = '' } = {}): string => `version: 1
name: 一つの照会
seed: test
now: 2026-11-22T09:00:00+09:00
inquirers: {甲市: {roles: 市長}}
providers: {乙市: {roles: 市長}}
persons:
  人: {knownTo: {甲市: , 乙市: {copies: [{information: ${KIND}, records: [{回: 1}]}]}}}
tests:
  - id: one
    steps:
${before}      - id: ask
        query: {inquirer: 甲市, provider: 乙市, person: 人, item: "25", information: ${KIND}${query}}
        expect: ${expect}
`;
