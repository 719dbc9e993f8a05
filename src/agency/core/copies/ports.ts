/** From when a version counts that always did: what was held before versions, and what comes without a day. */
export const ALWAYS = '0001-01-01';

/** What names one version of a copy. */
export interface CopyKey {
  readonly integratedAddressNumber: string;
  readonly information: string;
  /** First day (YYYY-MM-DD, in Japan) on which this version counts. */
  readonly published: string;
}

/** A version of a copy (副本) held for provision. */
export interface Copy extends CopyKey {
  /** First day on which it counts no longer; none: until a later version takes its place. */
  readonly ended?: string | undefined;
  readonly layoutVersion: string;
  /** The item of a row that says which day, month or year it is about. */
  readonly datedBy?: string | undefined;
  /** The rows, as JSON. */
  readonly records: string;
  readonly autoResponseDisabled: boolean;
  readonly nonDisclosable: boolean;
}

/** A copy as it is handed over: without a day it counts always. */
export type CopyToPut = Omit<Copy, 'published'> & { readonly published?: string | undefined };

export interface CopyReads {
  /**
   * The version in force on a day of Japan: the latest that is published by then, unless it has ended. An ended
   * version does not bring back the one before it.
   */
  copy(integratedAddressNumber: string, information: string, day: string): Copy | undefined;
  /** All versions, the earliest first. */
  copyVersions(integratedAddressNumber: string, information: string): readonly Copy[];
  copyVersion(key: CopyKey): Copy | undefined;
  /**
   * The next of all copies, or of those of one kind or person, in the order of information, person and published.
   * Pages follow each other by the last key, so that nothing is held between them.
   */
  copiesAfter(
    after: CopyKey | undefined,
    limit: number,
    only?: { readonly information?: string | undefined; readonly person?: string | undefined },
  ): readonly Copy[];
}

export interface CopyTx extends CopyReads {
  /** Adds a version, or takes the place of the one with the same key. */
  putCopy(copy: CopyToPut): void;
  /** @returns whether there was one */
  deleteCopy(key: CopyKey): boolean;
}
