import type { AddressNumber, Basics } from '../persons/person.ts';

/** Two registrations that are one person: `goes` becomes part of `stays`. */
export interface MergePlan {
  readonly kind: 'merge';
  readonly stays: string;
  readonly goes: string;
  /** Whose individual number is right, and with it whose code; undefined when neither has one. */
  readonly numberOf?: 'stays' | 'goes' | undefined;
  readonly basicsOf: 'stays' | 'goes';
  /** Where both have copies of a kind of information (code): whose are kept. */
  readonly copiesOf: Readonly<Record<string, 'stays' | 'goes'>>;
}

/** One registration that is two persons: `to` comes out of `from`. */
export interface SplitPlan {
  readonly kind: 'split';
  readonly from: string;
  /** A new number, or one that had been merged into `from`. */
  readonly to: string;
  /** Whose the individual number is, and with it the code and what was asked under it. */
  readonly numberOf: 'from' | 'to';
  readonly basics: Basics;
  /** The business systems’ numbers and the kinds of information (codes) that are the other person’s. */
  readonly addressNumbers: readonly AddressNumber[];
  readonly copies: readonly string[];
}
export type Plan = MergePlan | SplitPlan;

/**
 * proposed → approved (by another person) → done, once the node has followed; or declined. `returned`: the node
 * could not follow, and says why.
 */
export type ChangeState = 'proposed' | 'approved' | 'done' | 'declined' | 'returned';

/** A merge or a split, from proposal to its end. */
export interface Change {
  readonly id: string;
  readonly plan: Plan;
  readonly state: ChangeState;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: number | undefined;
  readonly doneAt?: number | undefined;
  /** Why the node could not follow: kinds of information of which both have copies, and the like. */
  readonly conflict?: Readonly<Record<string, unknown>> | undefined;
}

export type ChangeUpdate = Partial<Omit<Change, 'id' | 'plan' | 'proposedBy' | 'proposedAt'>>;

export interface ChangeReads {
  change(id: string): Change | undefined;
  /** In the order of their proposal. */
  changes(states: readonly ChangeState[]): readonly Change[];
}

export interface ChangeTx extends ChangeReads {
  addChange(change: Change): void;
  updateChange(id: string, update: ChangeUpdate): void;
}
