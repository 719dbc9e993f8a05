import type { Outcome } from '../../protocol/outcome.ts';

/**
 * At a terminal: requested → approved, or declined. Then, and for business systems from the first: asking →
 * permitted → pending → one of the ends; `open` can be asked again; `lapsed`: nobody did, or approved, in time.
 */
export type InquiryState =
  | 'requested'
  | 'approved'
  | 'declined'
  | 'asking'
  | 'permitted'
  | 'pending'
  | 'open'
  | 'denied'
  | 'lapsed'
  | Exclude<Outcome, 'pending'>;
