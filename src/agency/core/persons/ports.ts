/** Where both persons have a code, copies of one kind …: whose counts. */
export type Side = 'stays' | 'goes';

/** Two registrations are one person: everything of `goes` becomes `stays`’s. Integrated address numbers. */
export interface MergeRequest {
  readonly kind: 'merge';
  /** Chosen by the address-number system: asked again with the same id, nothing happens twice. */
  readonly id: string;
  readonly stays: string;
  readonly goes: string;
  /** Whose code is the person’s: that of the individual number that is right. The other’s, if any, is dropped. */
  readonly codeOf: Side;
  /** By kind of information (code), where both have copies: whose are kept. */
  readonly copiesOf: Readonly<Record<string, Side>>;
}

/** One registration is two persons: `to` comes out of `from`. */
export interface SplitRequest {
  readonly kind: 'split';
  readonly id: string;
  readonly from: string;
  /** A number that is new here, or one that had been merged into `from`. */
  readonly to: string;
  /** Whose the code is, and with it what was asked and is to be answered under it. */
  readonly codeOf: 'from' | 'to';
  /** Kinds of information (codes) whose copies are the other person’s. */
  readonly copies: readonly string[];
}
export type PersonChangeRequest = MergeRequest | SplitRequest;

/** What came of a change: how many rows took another number, and what is no more. */
export interface PersonChangeResult {
  readonly moved: {
    /** Versions of copies. */
    readonly copies: number;
    readonly drafts: number;
    readonly inquiries: number;
    readonly reviews: number;
  };
  readonly dropped: {
    /** Versions of copies: those of the other person were chosen. */
    readonly copies: number;
    /** A code that was acquired for a number that is not this person’s. */
    readonly code: boolean;
    /** Results that had been asked for under that code: they tell of somebody else. */
    readonly results: number;
  };
}

/** What of a person is under way under their code. */
export interface UnderWay {
  readonly inquiries: number;
  readonly reviews: number;
}

export interface PersonChangeReads {
  personChange(
    id: string,
  ): { readonly request: string; readonly result: PersonChangeResult } | undefined;
  /** The number that took a merged one’s place. */
  mergedInto(integratedAddressNumber: string): string | undefined;
  underWay(integratedAddressNumber: string): UnderWay;
}

export interface PersonChangeTx extends PersonChangeReads {
  /** Remembers that it was done. @param request as canonical JSON */
  addPersonChange(id: string, request: string, result: PersonChangeResult, at: number): void;
  /** From now on the number stands for another, and so do those that stood for it. */
  addMerged(integratedAddressNumber: string, into: string): void;
  /** The number stands for itself again. */
  dropMerged(integratedAddressNumber: string): void;
  /** Gives somebody’s code, and acquisition numbers under way, to another number that has none. */
  moveCode(from: string, to: string): void;
  /** Forgets somebody’s code and acquisition numbers. @returns whether there was a code */
  dropCode(integratedAddressNumber: string): boolean;
  /** All versions of a kind. They must not meet others of that kind. @returns how many */
  moveCopies(information: string, from: string, to: string): number;
  dropCopies(information: string, integratedAddressNumber: string): number;
  /** Drafts that are not decided on, of one kind or of all. @returns how many */
  moveDrafts(from: string, to: string, information?: string): number;
  moveInquiries(from: string, to: string): number;
  moveReviews(from: string, to: string): number;
  /** Erases what was answered to somebody’s inquiries. @returns exchanges whose result was there */
  eraseResults(integratedAddressNumber: string): readonly string[];
}
