/** What keeps in memory what transactions write hears of their fate (see `groupCommit`). */
export interface BatchHooks {
  /** Before each work of a batch. */
  workBegins(): void;
  /** What the work wrote is taken back. */
  workUndone(): void;
  /** All works have run; what is written now is part of the commit. */
  beforeCommit(): void;
  /** On disk. */
  committed(): void;
  /** Nothing of the batch stays. */
  abandoned(): void;
  /** Whether there is something to write that no work asked for. */
  readonly dirty?: boolean;
}
