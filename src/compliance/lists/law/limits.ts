/** What a law file may be at most; the largest statutes stay well below. */
export interface LawLimits {
  readonly bytes: number;
  /** Elements inside each other. */
  readonly depth: number;
  /** Cells of its tables, after spans are laid out. */
  readonly cells: number;
  /** Characters of one cell or name. */
  readonly text: number;
}

export const LAW_LIMITS: LawLimits = {
  bytes: 50 * 1024 * 1024,
  depth: 100,
  cells: 1_000_000,
  text: 10_000,
};
