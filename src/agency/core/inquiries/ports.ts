import type { InquiryState } from '../inquiry-state.ts';
import type { Principal } from '../principal.ts';
import type { Inquiry } from './inquiry.ts';

/** Whose inquiries: of one caller, or all that staff made at terminals. */
export type Whose =
  | { readonly kind: Principal['kind']; readonly id: string }
  | { readonly kind: 'staff' };

export interface InquiryFilter {
  readonly whose: Whose;
  readonly states?: readonly InquiryState[] | undefined;
  readonly person?: string | undefined;
  readonly provider?: string | undefined;
  /** Made at this time (ms) or later. */
  readonly since?: number | undefined;
  /** Taken over by hand and not yet confirmed by another. */
  readonly unconfirmed?: boolean | undefined;
}

/** Where a page ended: the next begins behind it, however many were made meanwhile. */
export interface InquiryPlace {
  readonly createdAt: number;
  readonly id: string;
}

export interface InquiryReads {
  /** Newest first. */
  inquiriesBefore(
    filter: InquiryFilter,
    after: InquiryPlace | undefined,
    limit: number,
  ): readonly Inquiry[];
  /** Ended inquiries whose time is over at `now` (ms), of which something is left. */
  inquiriesToErase(now: number, limit: number): readonly Inquiry[];
  /** Those sent and not ended since before `sent`, and those that nobody decided on since before `asked` (ms). */
  inquiriesToLapse(sent: number, asked: number, limit: number): readonly Inquiry[];
}

export interface InquiryTx extends InquiryReads {
  /** Erases all that came of an inquiry; that there was one stays known. */
  eraseInquiry(id: string, at: number): void;
}
