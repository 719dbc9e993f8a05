/**
 * What a node keeps as long as its records, apart from what hangs on one: operation log, drafts, inquiries never sent,
 * external media and their lending. */
export interface PastReads {
  /** When the oldest line of the operation log was written (ms). */
  oldestPast(): number | undefined;
}
export interface PastTx extends PastReads {
  /**
   * Deletes a few of those that were written before an instant (ms), but for what a legal hold is about, and lines
   * about an exchange whose records are still there. @returns how many
   */
  dropPast(before: number, limit: number): number;
}
