import type { ListOn } from '../../../src/compliance/lists/diff.ts';
import { compilePermission } from '../../../src/protocol/permission/compile.ts';
import { decide } from '../../../src/protocol/permission/decide.ts';
import { holderOf } from '../../../src/protocol/permission/roles.ts';
import type { RoleTable } from '../../../src/protocol/permission/schema.ts';
import { allRoles, beppyo, order } from '../../protocol/permission/lists.ts';

/** Nobody holds any role but their own: the law's own words. */
export const NO_ROLES: RoleTable = { title: 'none', source: 'none', members: {} };

const kinds = [
  ...new Set(
    [beppyo, order].flatMap(({ items }) =>
      items.flatMap(({ provisions }) =>
        provisions.flatMap(({ information }) => information.map(({ code }) => code)),
      ),
    ),
  ),
];

/**
 * Every tuple that `decide` allows, by asking it item by item for all roles and all kinds that either
 * law names. A condition that fails at an item fails whatever else is asked there, so a role that is refused
 * for itself isn't asked about again.
 */
export function allowedByDecide({ list, date }: ListOn, table: RoleTable): ReadonlySet<string> {
  const permission = compilePermission([list], table);
  const holders = allRoles.map((role) => ({ role, holder: holderOf(permission, [role]) }));
  const allowed = new Set<string>();
  for (const { item, affair } of list.items) {
    const refused = (inquirer: string, provider: string, information: string) => {
      const decision = decide(permission, date, {
        inquirer: holderOf(permission, [inquirer]),
        provider: holderOf(permission, [provider]),
        item,
        information,
      });
      return decision.decision === 'permit' ? [] : decision.reasons;
    };
    const inquirers = holders.filter(
      ({ role }) => !refused(role, 'x', 'x').includes('inquirer_not_listed'),
    );
    const providers = holders.filter(
      ({ role }) => !refused('x', role, 'x').includes('provider_not_listed'),
    );
    for (const { role: inquirer } of inquirers) {
      for (const { role: provider } of providers) {
        for (const kind of kinds) {
          if (refused(inquirer, provider, kind).length > 0) continue;
          allowed.add([inquirer, affair.code, provider, kind].join('\n'));
        }
      }
    }
  }
  return allowed;
}
