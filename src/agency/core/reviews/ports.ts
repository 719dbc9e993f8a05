import type { REVIEW_REASONS } from '../../../protocol/node-api/reviews.ts';

/** What waits for people: a copy that is not to be answered from automatically, or records that only paper holds. */
export type ReviewKind = 'copy' | 'manual';

/**
 * waiting → reviewed → approved or declined; a manual one is entered before it is reviewed. `returned` goes back
 * to whoever reviews; `lapsed` is one that nobody decided on in time.
 */
export type ReviewState =
  | 'waiting'
  | 'entered'
  | 'reviewed'
  | 'returned'
  | 'approved'
  | 'declined'
  | 'lapsed';

/** Those that still wait for somebody. */
export const PENDING: readonly ReviewState[] = ['waiting', 'entered', 'reviewed', 'returned'];

/** Why a request was declined or returned, for this agency’s own staff; never sent. */
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export interface Review {
  readonly exchange: string;
  readonly integratedAddressNumber: string;
  readonly kind: ReviewKind;
  readonly state: ReviewState;
  /** The copy is non-disclosable (不開示). */
  readonly restricted: boolean;
  /** Milliseconds since the epoch, as the other times. */
  readonly createdAt: number;
  readonly dueAt: number;
  /** What was entered for this exchange alone, sealed by the vault; erased at the end. */
  readonly entered?: Uint8Array | undefined;
  readonly enteredBy?: string | undefined;
  readonly reviewer?: string | undefined;
  /** Digest of the content that the reviewer saw: only that may be approved. */
  readonly seen?: string | undefined;
  readonly approver?: string | undefined;
  readonly decidedAt?: number | undefined;
  readonly returnedBy?: string | undefined;
  /** Of the last return, or of the decline. */
  readonly reason?: ReviewReason | undefined;
  /** Words about the reason, sealed by the vault: for this agency’s own staff. */
  readonly note?: Uint8Array | undefined;
}

export interface ReviewReads {
  review(exchange: string): Review | undefined;
  /** By due date, earliest first. */
  reviews(states: readonly ReviewState[]): readonly Review[];
  /** How many wait, and how many of them should have been decided on before `now` (ms). */
  reviewCounts(now: number): { readonly pending: number; readonly overdue: number };
}

export interface ReviewTx extends ReviewReads {
  addReview(review: Review): void;
  changeReview(exchange: string, change: Partial<Omit<Review, 'exchange' | 'kind'>>): void;
}
