import { type Replayed, replay } from '../replay.ts';
import type { Ground } from '../run/prepare.ts';
import type { TestVerdict } from '../run/results.ts';

/** What one test comes to by one list: its verdict and the codes that came up. */
export interface UnderList {
  readonly verdict: TestVerdict;
  readonly codes: readonly string[];
}

/** A test that another law judges differently. */
export interface ScenarioChange {
  readonly file: string;
  readonly id: string;
  readonly before: UnderList;
  readonly after: UnderList;
}

export interface ScenarioDiff {
  readonly tests: number;
  readonly changes: readonly ScenarioChange[];
}

type List = NonNullable<Ground['list']>;

/**
 * Replays the same scenarios by one list and by another, each as if it alone had always been in force, and
 * tells which tests come to something else.
 * @throws ScenariosInvalid
 */
export async function diffScenarios(
  files: readonly string[],
  ground: Omit<Ground, 'list'>,
  lists: { readonly a: List; readonly b: List },
  today: string,
): Promise<ScenarioDiff> {
  const by = async (list: List) =>
    resultsOf(await replay({ files, ground: { ...ground, list }, today }));
  const before = await by(lists.a);
  const after = await by(lists.b);
  const changes = [...before].flatMap(([key, was]) => {
    const is = after.get(key);
    return is === undefined || same(was, is)
      ? []
      : [{ file: was.file, id: was.id, before: under(was), after: under(is) }];
  });
  return { tests: before.size, changes };
}

type Result = Replayed['files'][number]['tests'][number];

const resultsOf = ({ files }: Replayed): Map<string, Result> =>
  new Map(files.flatMap(({ tests }) => tests.map((test) => [`${test.file}#${test.id}`, test])));

const under = ({ verdict, codes }: Result): UnderList => ({ verdict, codes: [...codes].sort() });

const same = (was: Result, is: Result): boolean =>
  JSON.stringify(under(was)) === JSON.stringify(under(is));
