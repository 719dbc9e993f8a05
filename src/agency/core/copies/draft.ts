import { sha256 } from '../../../protocol/digest.ts';
import { canonicalJson } from '../../../protocol/encoding.ts';
import { ALWAYS, type Copy, type CopyKey, type CopyReads } from './ports.ts';

/**
 * What is to happen to one version of a copy. `before`: the version that it takes the place of, or follows, is
 * looked up anew at each step.
 */
export type Proposal = CopyKey &
  (
    | { readonly change: 'put'; readonly copy: Omit<Copy, keyof CopyKey> }
    /** `ended`: the first day on which it counts no longer; none takes an end back. */
    | { readonly change: 'end'; readonly ended: string | undefined }
    | { readonly change: 'delete' }
  );

/** entered → checked → approved, which is when it takes effect; or rejected. */
export type DraftState = 'entered' | 'checked' | 'approved' | 'rejected';

/** A copy registered or corrected by hand, on its way through three people. */
export interface Draft {
  readonly id: string;
  readonly key: CopyKey;
  readonly change: Proposal['change'];
  /** None once the draft was decided on and its content erased. */
  readonly proposal?: Proposal | undefined;
  readonly state: DraftState;
  readonly enteredBy: string;
  readonly enteredAt: number;
  readonly checkedBy?: string | undefined;
  readonly checkedAt?: number | undefined;
  /** Digest of what the checker saw: only that may be approved. */
  readonly seen?: string | undefined;
  /** Who approved or rejected. */
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: number | undefined;
  /** Why it was rejected. */
  readonly reason?: string | undefined;
}

export interface DraftReads {
  draft(id: string): Draft | undefined;
  /** Without their proposals; those entered last come last. */
  drafts(states: readonly DraftState[], after: string | undefined, limit: number): readonly Draft[];
}

export interface DraftTx extends DraftReads {
  addDraft(draft: Draft & { readonly proposal: Proposal }): void;
  changeDraft(id: string, change: Partial<Omit<Draft, 'id' | 'key' | 'change' | 'proposal'>>): void;
}

/** What counts on the day from which the proposal counts, and what would after it. */
export function effectOf(
  reads: CopyReads,
  proposal: Proposal,
): { readonly before: Copy | undefined; readonly after: Copy | undefined } {
  const { integratedAddressNumber, information, published } = proposal;
  const key = { integratedAddressNumber, information, published };
  const own = reads.copyVersion(key);
  switch (proposal.change) {
    case 'put':
      return {
        before: own ?? reads.copy(integratedAddressNumber, information, published),
        after: { ...key, ...proposal.copy },
      };
    case 'end':
      return { before: own, after: own && { ...own, ended: proposal.ended } };
    case 'delete':
      return { before: own, after: undefined };
  }
}

/** Digest of all that is shown of a draft: the proposal, and what it would replace. */
export const digestOf = (proposal: Proposal, before: Copy | undefined): string =>
  sha256(canonicalJson(JSON.parse(JSON.stringify([proposal, before ?? null]))));

/** Which version is meant when no day is told: the one in force today; none: one that counts always. */
export const versionMeant = (
  reads: CopyReads,
  { integratedAddressNumber, information }: Omit<CopyKey, 'published'>,
  today: string,
): string => reads.copy(integratedAddressNumber, information, today)?.published ?? ALWAYS;
