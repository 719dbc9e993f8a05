import type { RowAsk } from '../../../protocol/inquiry-file/row.ts';
import type { InquiryState } from '../inquiry-state.ts';
import type { Asker } from '../principal.ts';

/**
 * checking → awaiting_approval (staff) → running → finished. `stopped`: by somebody, or because it could not go
 * on; it can be resumed. `checking` never outlives the process: such a file was never accepted.
 */
export type BatchState =
  | 'checking'
  | 'awaiting_approval'
  | 'declined'
  | 'running'
  | 'stopped'
  | 'finished';

export interface Batch {
  readonly id: string;
  readonly by: Asker;
  /** SHA-256 of the file: the same file of the same sender is the same batch. */
  readonly digest: string;
  readonly state: BatchState;
  readonly rows: number;
  /** Codes of all affairs that its rows are for. */
  readonly affairs: readonly string[];
  /** How many inquiries may be under way at once. */
  readonly concurrency: number;
  readonly createdAt: number;
  readonly endedAt?: number | undefined;
  /** The supervisor who approved or declined it. */
  readonly approver?: string | undefined;
  /** Why it stopped by itself. */
  readonly code?: string | undefined;
}
export type BatchChange = Partial<
  Pick<Batch, 'digest' | 'rows' | 'affairs' | 'endedAt' | 'approver' | 'code'>
> & {
  readonly state: BatchState;
};

/** `waiting`: not asked yet; `failed`: it could not be asked at all; else as its inquiry. */
export type RowState = 'waiting' | 'failed' | Exclude<InquiryState, 'asking' | 'permitted'>;

/** One row: what is asked, and how far its inquiry has come. */
export interface BatchRow {
  /** From 1, in the order of the file. */
  readonly row: number;
  readonly line: number;
  /** The id of its inquiry, made from the batch and what is asked: asking again never asks twice. */
  readonly inquiry: string;
  readonly ask: RowAsk;
  readonly state: RowState;
  readonly code?: string | undefined;
}

/** As it is shown: `permitted` is what has its permit and no answer yet, whatever it was before. */
export type ShownState = RowState | 'permitted';

export interface BatchCount {
  readonly state: RowState;
  readonly code?: string | undefined;
  readonly rows: number;
}

export interface BatchReads {
  batch(id: string): Batch | undefined;
  /** Accepted batches of this sender, or of all staff, the newest first. */
  batchesOf(kind: Asker['kind'], id: string | undefined, limit: number): readonly Batch[];
  batchesIn(states: readonly BatchState[]): readonly Batch[];
  /** The newest accepted batch of this file of this sender. */
  batchOfFile(by: Asker, digest: string): Batch | undefined;
  batchRows(
    id: string,
    options: { after: number; limit: number; states?: readonly RowState[] | undefined },
  ): readonly BatchRow[];
  batchCounts(id: string): readonly BatchCount[];
  /** The line of the row that has this inquiry. */
  lineOfInquiry(inquiry: string): number | undefined;
}

export interface BatchTx extends BatchReads {
  addBatch(batch: Batch): void;
  changeBatch(id: string, change: BatchChange): void;
  /** @returns false when the batch has a row with this inquiry: it asks the same */
  addBatchRow(id: string, row: Omit<BatchRow, 'state' | 'code'>): boolean;
  failBatchRow(id: string, row: number, code: string): void;
  /** What could not be asked is tried again. */
  retryFailedRows(id: string): void;
  /** Removes up to `limit` rows, and the batch with the last of them. @returns whether all is gone */
  dropBatch(id: string, limit: number): boolean;
}
