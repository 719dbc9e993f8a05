/** What waits for somebody of the agency’s own staff to say yes or no, besides reviews. */
export interface ApprovalCounts {
  /** Made at a terminal, not approved yet. */
  readonly inquiries: number;
  /** Batches of staff. */
  readonly batches: number;
  /** Copies by hand, entered or checked. */
  readonly drafts: number;
  /** Corrections of records, asked for or proposed (番号法31条). */
  readonly corrections: number;
  /** External media asked for, or reported as returned. */
  readonly media: number;
}

export interface ApprovalReads {
  approvalCounts(): ApprovalCounts;
}
