import type { CorrectedFacts } from '../../../protocol/corrected-facts.ts';

/** `requested` by the person, `proposed` by one member of staff, decided on by another. */
export type CorrectionState = 'requested' | 'proposed' | 'approved' | 'declined';

/** A correction of this agency’s own record of an exchange. Times are milliseconds since the epoch. */
export interface OwnCorrection {
  readonly id: string;
  readonly exchange: string;
  readonly state: CorrectionState;
  readonly inquirer: string;
  readonly provider: string;
  readonly affair?: string | undefined;
  /** The statement that the corrected record tells of. */
  readonly corrects: string;
  readonly facts: CorrectedFacts;
  /** The person’s request, if it was theirs. */
  readonly request?: string | undefined;
  readonly proposedBy?: string | undefined;
  readonly decidedBy?: string | undefined;
  readonly createdAt: number;
  readonly decidedAt?: number | undefined;
  /** What was signed, once it is decided on. */
  readonly message?: string | undefined;
  /** The gateway has acknowledged it. */
  readonly told: boolean;
}

export interface CorrectionReads {
  correction(id: string): OwnCorrection | undefined;
  correctionByRequest(request: string): OwnCorrection | undefined;
  corrections(): readonly OwnCorrection[];
  /** Decided on and not acknowledged yet. */
  untoldCorrections(): readonly OwnCorrection[];
}

export interface CorrectionTx extends CorrectionReads {
  addCorrection(correction: OwnCorrection): void;
  changeCorrection(id: string, change: Partial<OwnCorrection>): void;
}
