import type { Authority } from './staff/roles.ts';

/** A member of staff who is logged in. */
export interface StaffMember {
  readonly kind: 'staff';
  /** The person, by log-in name: two people have two, whatever they log in with. */
  readonly id: string;
  /** The shared id that the person logged in with, if it was one. */
  readonly account?: string | undefined;
  readonly authority: Authority;
  /** A new password is wanted before anything else: until then there is no authority. */
  readonly passwordDue?: true;
}

/** Who acts at a node. How they log in is not the core’s business. */
export type Principal = { readonly kind: 'business-system'; readonly id: string } | StaffMember;

/** Whoever asks, as an inquiry remembers it. */
export type Asker = Pick<Principal, 'kind' | 'id'>;
