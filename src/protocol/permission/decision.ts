import type { ErrorCode } from '../errors.ts';
import type { Named } from './schema.ts';

/** Why a list refuses, in order of precedence: the first that fails names the denial. */
export const DENIAL_CODES = [
  'list_not_in_force',
  'inquirer_not_listed',
  'affair_not_listed',
  'provider_not_listed',
  'information_not_listed',
] as const satisfies readonly ErrorCode[];

export type DenialCode = (typeof DENIAL_CODES)[number];

/** The list allows the inquiry, by this item and these of the parties' roles. */
export interface Permit {
  readonly decision: 'permit';
  readonly list: string;
  readonly item: string;
  readonly article?: string;
  readonly affair: Named;
  readonly information: Named;
  readonly inquirerRole: string;
  readonly providerRole: string;
  readonly lawNumber: string;
}

/** What would have to be asked differently. Never the inquirer: they are who they are. */
export type Change = 'item' | 'provider' | 'information';

/** Something near to what was asked that the same list allows the same inquirer on the same day. */
export interface Alternative {
  readonly list: string;
  readonly item: string;
  readonly affair: Named;
  readonly inquirerRoles: readonly string[];
  /** Any one of them may be asked; the provider that was named holds one unless it has to change. */
  readonly providerRoles: readonly string[];
  readonly information: Named;
  readonly changes: readonly Change[];
}

export interface Denial {
  readonly decision: 'deny';
  /** The list that was applied, or that was named and isn't in force; null when there is none. */
  readonly list: string | null;
  /** The item that came nearest, when the inquiry names any. */
  readonly item?: string;
  /** The first condition that fails. */
  readonly code: DenialCode;
  /** All conditions that fail. */
  readonly reasons: readonly DenialCode[];
  /** At most three, the smallest change first. */
  readonly nearest: readonly Alternative[];
  readonly lawNumber?: string;
}

export type Decision = Permit | Denial;
