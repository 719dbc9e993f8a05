import type { Affairs, Role } from './roles.ts';

/** A department (部署) and the affairs that are its own. */
export interface Department {
  readonly code: string;
  readonly name: string;
  readonly affairs: Affairs;
}

/** A log-in name and what is allowed to whoever uses it. */
export interface User {
  readonly login: string;
  /** Used by several named persons, each with one-time codes of their own. */
  readonly shared: boolean;
  readonly department: string;
  readonly roles: readonly Role[];
  readonly affairs: Affairs;
  /** First and last day in Japan on which it can be used. */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly disabled: boolean;
  /** PHC string. */
  readonly password: string;
  readonly passwordSetAt: number;
  /** Given out by an administrator: good for setting one’s own, and for nothing else. */
  readonly passwordInitial: boolean;
  /** Failed log-ins in a row. */
  readonly failures: number;
  /** Locked out before this instant. */
  readonly lockedUntil: number;
  readonly createdAt: number;
  readonly lastLogInAt?: number | undefined;
}
export type UserChange = Partial<Omit<User, 'login' | 'createdAt'>>;

/** What an administrator says of a user. */
export interface UserEntry {
  readonly department: string;
  readonly roles: readonly Role[];
  readonly affairs: Affairs;
  readonly validFrom: string;
  readonly validUntil: string;
  /** The persons who use a shared id; none for one person’s own. */
  readonly persons?: readonly string[] | undefined;
}

/** What is to be different. */
export type UserEntryChange = { readonly [Key in keyof UserEntry]?: UserEntry[Key] | undefined };

/** One person’s second factor at a log-in name. */
export interface SecondFactor {
  readonly login: string;
  readonly person: string;
  /** TOTP secret, sealed by the vault. */
  readonly secret: Uint8Array;
  /** The latest time step whose code was used: neither it nor an earlier one is good again (RFC 6238 §5.2). */
  readonly step: number;
}

export interface StoredSession {
  /** Of the token. */
  readonly digest: string;
  readonly login: string;
  readonly person: string;
  readonly beganAt: number;
  /** When it was last used, as far as that was written down: never later than it was. */
  readonly usedAt: number;
  /** Made by the simulator for its ready users: it does not time out. */
  readonly ready: boolean;
}

/** Where a secret lies, for the vault. */
export const factorPlace = (login: string, person: string): string =>
  `staff_factors/${login}/${person}`;
