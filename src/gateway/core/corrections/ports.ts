import type { CorrectedFacts } from '../../../protocol/corrected-facts.ts';

/** A correction that the other agency has not acknowledged yet. */
export interface Untold {
  readonly exchange: string;
  /** The agency that is to be told. */
  readonly agency: string;
  /** The correction as it was signed. */
  readonly correction: string;
}

/** `sent`: not acknowledged yet; `waiting`: with the agency, for its staff. */
export type RequestState = 'sent' | 'waiting' | 'corrected' | 'declined';

/** What a person asks an agency to correct. */
export interface CorrectionRequested {
  readonly id: string;
  readonly exchange: string;
  readonly agency: string;
  readonly corrects: string;
  readonly facts: CorrectedFacts;
  readonly state: RequestState;
  /** NumericDate. */
  readonly askedAt: number;
}

export interface CorrectionReads {
  untold(): readonly Untold[];
  correctionRequest(id: string): CorrectionRequested | undefined;
  correctionRequestsOf(exchange: string): readonly CorrectionRequested[];
  /** Those that the agency has not acknowledged. */
  unsentRequests(): readonly CorrectionRequested[];
}

export interface CorrectionTx extends CorrectionReads {
  addUntold(untold: Untold): void;
  dropUntold(untold: Untold): void;
  addCorrectionRequest(request: CorrectionRequested): void;
  moveCorrectionRequest(id: string, state: RequestState): void;
}
