import { readPermissionLists } from '../../src/service/permission-lists/read-folder.ts';
import { ROOT } from './test-network.ts';

/** The lists as they are shipped. */
export const law = await readPermissionLists(`${ROOT}permission-lists`);

const order = law.lists.find(({ id }) => id === 'order-r6-9');

/** The affair of an item of the order in force. */
export function affairOf(item: string): string {
  const found = order?.items.find((each) => each.item === item);
  if (!found) throw new RangeError(item);
  return found.affair.code;
}
