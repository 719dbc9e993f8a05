import type { MEDIUM_KINDS } from '../../../protocol/node-api/media.ts';

/** One line of the ledger of external media (外部記録媒体の管理簿, R-306). */
export interface Medium {
  /** Its control number (管理番号), which an administrator chose. */
  readonly medium: string;
  readonly kind: (typeof MEDIUM_KINDS)[number];
  readonly serial?: string | undefined;
  readonly registeredBy: string;
  readonly registeredAt: number;
  /** It came back with data on it. */
  readonly holdsData: boolean;
  readonly retiredBy?: string | undefined;
  readonly retiredAt?: number | undefined;
  /** Why it was retired. */
  readonly reason?: string | undefined;
}

/** requested → lent → reported → returned; or rejected. */
export type LendingState = 'requested' | 'lent' | 'rejected' | 'reported' | 'returned';
/** As long as it is one of these, nobody else can have the medium. */
export const OPEN_LENDING = ['requested', 'lent', 'reported'] as const;

/** That a file was written, and for whose keys: nothing of it. */
export interface WrittenFile {
  readonly at: number;
  readonly recipients: readonly string[];
}

/** A medium asked for by one member of staff, lent by another, and taken back by somebody else than who had it. */
export interface Lending {
  readonly id: string;
  readonly medium: string;
  /** Code of the only kind of information that may be written. */
  readonly information: string;
  readonly purpose: string;
  /** The last day, in Japan. */
  readonly until: string;
  readonly state: LendingState;
  readonly requestedBy: string;
  readonly requestedAt: number;
  /** Who approved or rejected. */
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: number | undefined;
  /** Why it was rejected. */
  readonly reason?: string | undefined;
  readonly files: readonly WrittenFile[];
  readonly reportedBy?: string | undefined;
  readonly reportedAt?: number | undefined;
  /** Whether the data was erased from it before it came back. */
  readonly erased?: boolean | undefined;
  /** What became of the data. */
  readonly note?: string | undefined;
  readonly acceptedBy?: string | undefined;
  readonly acceptedAt?: number | undefined;
}

export interface LendingFilter {
  readonly medium?: string | undefined;
  readonly states: readonly LendingState[];
}

export interface MediumCounts {
  readonly lent: number;
  /** Of those lent, the ones whose last day is over. */
  readonly overdue: number;
}

export interface MediumReads {
  medium(medium: string): Medium | undefined;
  /** By control number. */
  media(
    which: { readonly retired: boolean },
    after: string | undefined,
    limit: number,
  ): readonly Medium[];
  lending(id: string): Lending | undefined;
  /** Those asked for last come last. */
  lendings(filter: LendingFilter, after: string | undefined, limit: number): readonly Lending[];
  /** The lending that keeps others from having it. */
  openLending(medium: string): Lending | undefined;
  /** @param today the day in Japan */
  mediumCounts(today: string): MediumCounts;
}

export interface MediumTx extends MediumReads {
  addMedium(medium: Medium): void;
  changeMedium(medium: string, change: Partial<Omit<Medium, 'medium'>>): void;
  addLending(lending: Lending): void;
  changeLending(id: string, change: Partial<Omit<Lending, 'id' | 'medium'>>): void;
}
