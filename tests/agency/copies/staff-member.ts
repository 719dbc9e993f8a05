import type { Principal } from '../../../src/agency/core/principal.ts';

/** Somebody who may do everything that is done with copies. */
export const staffMember = (id: string): Principal => ({
  kind: 'staff',
  id,
  authority: { roles: ['officer', 'supervisor'], department: 'soumu', affairs: 'all' },
});
