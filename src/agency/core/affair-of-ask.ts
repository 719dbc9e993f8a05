import { japaneseDay } from '../../protocol/day.ts';
import { listInForce } from '../../protocol/permission/in-force.ts';
import type { AgencyNode } from './node.ts';
import type { Ask } from './ports.ts';
import { currentLists } from './refresh-lists.ts';

/**
 * The affair that an inquiry is for: as it names it, or that of its item by this node’s own copy of the list in
 * force today. Undefined if the list has no such item. @throws RenkeiError list_copy_stale
 */
export async function affairOfAsk(
  node: AgencyNode,
  { affair, item }: Pick<Ask, 'affair' | 'item'>,
): Promise<string | undefined> {
  if (affair !== undefined || item === undefined) return affair;
  const { lists } = await currentLists(node);
  return listInForce(lists, japaneseDay(node.clock.now()))?.rowOf.get(item)?.affair.code;
}
