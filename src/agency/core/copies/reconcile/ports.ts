/** How an original and the copies differ. */
export type DifferenceKind = 'missing' | 'surplus' | 'different' | 'unreadable';

/** Names, places and kinds; never a value. */
export interface Difference {
  /**
   * missing: no copy of this original. surplus: a copy without an original. different: an original and its copy,
   * item by item. unreadable: an original that does not have its form, so that it could not be imported either.
   */
  readonly kind: DifferenceKind;
  /** Integrated address number; none for an unreadable row that names nobody. */
  readonly person?: string | undefined;
  /** Line of the file of originals, from 1. */
  readonly line?: number | undefined;
  /** Row of the copy, from 0. */
  readonly row?: number | undefined;
  /** Names of the items that differ, or that cannot be read. */
  readonly items: readonly string[];
  /** Why it cannot be read: a reason of the form check. */
  readonly problem?: string | undefined;
}

/** One comparison of all originals of a kind with the copies that are in force. */
export interface Reconciliation {
  readonly id: string;
  readonly information: string;
  readonly layoutVersion: string;
  readonly by: string;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Rows of the file, of the copies in force; persons in either. */
  readonly originals: number;
  readonly copies: number;
  readonly persons: number;
  readonly alike: number;
  readonly missing: number;
  readonly surplus: number;
  readonly different: number;
  readonly unreadable: number;
  /** By item, how many originals differ in it from their copies. */
  readonly items: Readonly<Record<string, number>>;
  /** How many of the differences are listed one by one: of the last reconciliation of a kind the first so many. */
  readonly listed: number;
}

export interface ReconcileReads {
  reconciliation(id: string): Reconciliation | undefined;
  /** The newest first. */
  reconciliations(information: string | undefined, limit: number): readonly Reconciliation[];
  lastReconciliation(information: string): Reconciliation | undefined;
  /** Those that are listed, after a place among them, from 0. */
  differences(
    id: string,
    after: number,
    limit: number,
  ): readonly { readonly place: number; readonly difference: Difference }[];
  /** Every kind of which a copy is held or that was reconciled. */
  kindsHeld(): readonly string[];
}

export interface ReconcileTx extends ReconcileReads {
  addDifferences(id: string, from: number, differences: readonly Difference[]): void;
  addReconciliation(it: Reconciliation): void;
  /** Drops listed differences that belong to none of these, at most so many. @returns how many */
  dropDifferences(but: readonly string[], most: number): number;
}

/** A row of the originals, read and of the right form. */
export interface OriginalRow {
  readonly line: number;
  /** Integrated address number. */
  readonly person: string;
  /** What the file tells of the version; undefined where it tells nothing, `ended` '' for none. */
  readonly published?: string | undefined;
  readonly ended?: string | undefined;
  readonly autoResponseDisabled?: boolean | undefined;
  readonly nonDisclosable?: boolean | undefined;
  /** JSON of the record, items in the order of the layout. */
  readonly record: string;
}

/** Where rows wait while they are put in order: on disk, for nobody else, and gone with it. */
export interface Scratch {
  /** Adds rows that are in order already; the first run is 0. */
  addRun(rows: readonly OriginalRow[]): void;
  /** The rows of one run, as they were added. */
  run(number: number): Iterator<OriginalRow>;
  close(): void;
}
