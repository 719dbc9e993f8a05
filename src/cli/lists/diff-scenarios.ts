import { relative } from 'node:path';
import {
  diffScenarios,
  type ScenarioDiff,
  type UnderList,
} from '../../compliance/lists/diff-scenarios.ts';
import { findFiles } from '../../compliance/scenario/find-files.ts';
import { japaneseDay } from '../../protocol/day.ts';
import type { PermissionList } from '../../protocol/permission/schema.ts';
import { groundOf } from '../replay/ground.ts';
import type { Section } from './section.ts';

/** Replays a folder of scenarios by both lists, against the package’s own network. */
export async function scenarioChanges(
  folder: string,
  lists: { readonly a: PermissionList; readonly b: PermissionList },
  now: number,
): Promise<ScenarioDiff> {
  return await diffScenarios(
    await findFiles([folder]),
    await groundOf({}),
    lists,
    japaneseDay(now),
  );
}

/** The tests that change, with what they come to by each list. */
export const scenarioSection = ({ tests, changes }: ScenarioDiff): Section => ({
  title: `変わるシナリオ scenarios that change, of ${tests} tests`,
  head: ['シナリオ scenario', '前 before', '後 after'],
  rows: changes.map(({ file, id, before, after }) => [
    `${relative('.', file)}#${id}`,
    wordsOf(before),
    wordsOf(after),
  ]),
});

const wordsOf = ({ verdict, codes }: UnderList): string => [verdict, ...codes].join(' ');
