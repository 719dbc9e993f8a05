import type { ROLES } from '../../../protocol/node-api/staff.ts';

/** What members of staff can be. */
export type Role = (typeof ROLES)[number];

/** Codes of the affairs (事務コード) that somebody is limited to, or all of them. */
export type Affairs = 'all' | readonly string[];

/** What somebody may do: by role, and only for the affairs of theirs and their department’s. */
export interface Authority {
  readonly roles: readonly Role[];
  readonly department: string;
  readonly affairs: Affairs;
}

/** Both limits at once. */
export const bothAffairs = (one: Affairs, other: Affairs): Affairs => {
  if (one === 'all') return other;
  return other === 'all' ? one : one.filter((affair) => other.includes(affair));
};
