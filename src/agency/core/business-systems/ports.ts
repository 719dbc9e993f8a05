import type { BusinessSystem } from './business-system.ts';

/** A token that was handed out: known by its digest only. */
export interface AccessToken {
  /** SHA-256 of the token. */
  readonly digest: string;
  readonly system: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

export interface BusinessSystemReads {
  businessSystem(id: string): BusinessSystem | undefined;
  /** All of them, by id. */
  businessSystems(): readonly BusinessSystem[];
  accessToken(digest: string): AccessToken | undefined;
}

export interface BusinessSystemTx extends BusinessSystemReads {
  /** Enters it, or takes the place of the entry with this id. */
  putBusinessSystem(system: BusinessSystem): void;
  addAccessToken(token: AccessToken): void;
  /** Forgets all tokens of a system. @returns how many there were */
  endAccessTokens(system: string): number;
}
