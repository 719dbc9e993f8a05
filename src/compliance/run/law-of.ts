import { PermissionListInvalid } from '../../protocol/permission/invalid.ts';
import { readPermissionList } from '../../protocol/permission/read.ts';
import type { PermissionList } from '../../protocol/permission/schema.ts';
import type { PermissionLists } from '../../service/permission-lists/read-folder.ts';
import { ScenarioInvalid } from '../scenario/invalid.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { readReference } from './references.ts';

const EVER = '1900-01-01';

/** One list and no other, on whatever day: “what if this were the law?” */
export const aloneInForce = (law: PermissionLists, list: PermissionList): PermissionLists => ({
  roles: law.roles,
  lists: [{ ...list, inForce: { from: EVER } }],
});

/**
 * The law after a switch, from the one that counts now and the lists that there were at first.
 * @throws ScenarioInvalid for a list that there is not
 */
export async function lawFrom(
  { law, lists }: { readonly law: PermissionLists; readonly lists: PermissionLists },
  { id, file, without }: Actions['list'],
  scenarioFile: string,
): Promise<PermissionLists> {
  if (without !== undefined) {
    const kept = (list: PermissionList): PermissionList => ({
      ...list,
      items: list.items.filter(({ item }) => !without.includes(item)),
    });
    return { ...law, lists: law.lists.map(kept) };
  }
  if (file !== undefined) {
    return aloneInForce(law, await listIn(scenarioFile, file));
  }
  const list = lists.lists.find((each) => each.id === id);
  if (list) return aloneInForce(law, list);
  const reason = { ja: `照合リスト ${id} はありません`, en: `there is no permission list ${id}` };
  throw new ScenarioInvalid(scenarioFile, [{ reason }]);
}

async function listIn(scenarioFile: string, file: string): Promise<PermissionList> {
  try {
    return readPermissionList(await readReference(scenarioFile, file), file);
  } catch (cause) {
    if (!(cause instanceof PermissionListInvalid)) throw cause;
    throw new ScenarioInvalid(scenarioFile, [{ path: file, reason: cause.reason }], { cause });
  }
}
