import type { Caller } from './caller.ts';
import type { Right } from './operations.ts';

/** For every affair. */
export const EVERY_AFFAIR = '*';

/** That a person in charge, in a department, may do this for these affairs. */
export interface Grant {
  readonly id: string;
  readonly kind: Caller['kind'];
  /** The caller’s id. */
  readonly caller: string;
  readonly department: string;
  /** Codes of affairs, or EVERY_AFFAIR alone. */
  readonly affairs: readonly string[];
  readonly rights: readonly Right[];
  readonly givenBy: string;
  /** Milliseconds since the epoch. */
  readonly givenAt: number;
  readonly withdrawnBy?: string | undefined;
  readonly withdrawnAt?: number | undefined;
}

export interface GrantReads {
  grant(id: string): Grant | undefined;
  /** Those of a caller that count now. */
  grantsOf(kind: Caller['kind'], caller: string): readonly Grant[];
  /** All that were ever given, the latest last. */
  grants(): readonly Grant[];
}

export interface GrantTx extends GrantReads {
  /** @returns false if there is one with this id, withdrawn or not */
  addGrant(grant: Grant): boolean;
  withdrawGrant(id: string, by: string, at: number): void;
}
