/** Decides by reading the list from top to bottom: slow, plain, and nothing shared with the subject. */
import type { PermissionList, RoleTable } from '../../../src/protocol/permission/schema.ts';

export interface Question {
  readonly inquirer: string;
  readonly provider: string;
  readonly item?: string;
  readonly affair?: string;
  readonly information: string;
}

/** Whether whoever holds `held` holds `wanted`: it is it, or a member (of a member …) of it. */
export function holds(table: RoleTable, held: string, wanted: string): boolean {
  if (held === wanted) return true;
  return (table.members[wanted] ?? []).some((member) => holds(table, held, member));
}

type Holds = (held: string, wanted: string) => boolean;

/** The codes of all failing conditions in order of precedence, and the item: none failing is a permit. */
export function naive(list: PermissionList, holding: Holds, asked: Question) {
  const { inquirer, provider, item, affair, information } = asked;
  const asks = (row: PermissionList['items'][number]) =>
    row.inquirers.some((role) => holding(inquirer, role));
  const rows = list.items.filter(
    (row) =>
      (item === undefined || row.item === item) &&
      (affair === undefined || row.affair.name === affair || row.affair.code === affair),
  );
  if (rows.length === 0) {
    const provisions = list.items.flatMap((row) => row.provisions);
    const failing = [];
    if (!list.items.some(asks)) failing.push('inquirer_not_listed');
    failing.push('affair_not_listed');
    if (!provisions.some(({ providers }) => providers.some((role) => holding(provider, role)))) {
      failing.push('provider_not_listed');
    }
    if (!provisions.some((one) => one.information.some(({ name }) => name === information))) {
      failing.push('information_not_listed');
    }
    return { item: undefined, failing };
  }
  const judged = rows.map((row) => {
    const failing = [];
    if (!asks(row)) failing.push('inquirer_not_listed');
    const its = row.provisions.filter(({ providers }) =>
      providers.some((role) => holding(provider, role)),
    );
    if (its.length === 0) failing.push('provider_not_listed');
    const from = its.length === 0 ? row.provisions : its;
    if (!from.some((one) => one.information.some(({ name }) => name === information))) {
      failing.push('information_not_listed');
    }
    return { item: row.item, failing };
  });
  return judged.reduce((best, one) => (one.failing.length < best.failing.length ? one : best));
}

/** Every alternative there is, by the number of conditions that change. */
export function naiveAlternatives(
  list: PermissionList,
  holding: Holds,
  asked: Question,
  row?: string,
) {
  const found: { changes: string[]; item: string; information: string }[] = [];
  for (const item of list.items) {
    if (!item.inquirers.some((role) => holding(asked.inquirer, role))) continue;
    for (const { providers, information } of item.provisions) {
      for (const { name } of information) {
        const changes = [
          item.item === row ? '' : 'item',
          providers.some((role) => holding(asked.provider, role)) ? '' : 'provider',
          name === asked.information ? '' : 'information',
        ].filter((change) => change !== '');
        const known = found.some(
          (one) =>
            !changes.includes('provider') &&
            !one.changes.includes('provider') &&
            one.item === item.item &&
            one.information === name,
        );
        if (!known) found.push({ changes, item: item.item, information: name });
      }
    }
  }
  const rank = ['information', 'item', 'provider', 'item,information', 'provider,information'];
  const order = [...rank, 'item,provider', 'item,provider,information'];
  return found
    .map((one, at) => ({ ...one, at, rank: order.indexOf(one.changes.join()) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ changes, item, information }) => ({ changes, item, information }));
}
