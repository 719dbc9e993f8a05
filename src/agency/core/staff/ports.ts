import type { Department, SecondFactor, StoredSession, User, UserChange } from './users.ts';

export interface StaffReads {
  user(login: string): User | undefined;
  users(): readonly User[];
  factors(login: string): readonly SecondFactor[];
  /** Earlier password hashes, latest first. */
  earlierPasswords(login: string): readonly string[];
  department(code: string): Department | undefined;
  departments(): readonly Department[];
  /** Those that were not ended. */
  sessions(): readonly StoredSession[];
  session(digest: string): StoredSession | undefined;
}

export interface StaffTx extends StaffReads {
  addUser(user: User): void;
  changeUser(login: string, change: UserChange): void;
  putFactor(factor: SecondFactor): void;
  /** Takes persons off a shared id. */
  dropFactor(login: string, person: string): void;
  /** Remembers a password that is not to be used again, and forgets all but the latest `keep`. */
  addEarlierPassword(login: string, password: string, at: number, keep: number): void;
  putDepartment(department: Department): void;
  /** Does nothing for one that is there already, also when it was ended. */
  addSession(session: StoredSession): void;
  touchSession(digest: string, usedAt: number): void;
  /** Ends it for good: forgotten, or kept as ended if it is a ready one. @returns whether it was open */
  endSession(digest: string, at: number): boolean;
  /** Forgets ready sessions of earlier starts: all but these. */
  keepReadySessions(digests: readonly string[]): void;
}

/** What is asked of passwords, log-ins and sessions. */
export interface StaffSettings {
  readonly password: {
    readonly minLength: number;
    readonly maxAgeDays: number;
    /** How many earlier ones are not good again. */
    readonly history: number;
    /** How long one that an administrator gave out is good for. */
    readonly initialHours: number;
  };
  readonly lockOut: { readonly failures: number; readonly minutes: number };
  readonly session: { readonly idleMinutes: number; readonly hours: number };
  /** The longest time that an id can be valid. */
  readonly validDays: number;
}
