import type { DenialCode } from '../../protocol/permission/decision.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';

/** What a test may have the gateway deny with. */
export type PrimedDenial =
  | DenialCode
  | 'assessment_breach'
  | 'code_not_acquired'
  | 'provider_code_unknown';

/** What of a reply can be made wrong. */
export type Tampering =
  | 'permit'
  | 'denial'
  | 'answer'
  | 'sealed'
  | 'directory'
  | 'permission-lists'
  | 'document';

/** Changes the claims of a statement; it is signed again by whoever signed it. */
export type ChangeClaims = (claims: Record<string, unknown>) => Record<string, unknown>;

/** What happens to one request, once. */
export type Outcome =
  | { readonly on: 'any'; readonly kind: 'latency'; readonly ms: number }
  | { readonly on: 'any'; readonly kind: 'gatewayDown' }
  | { readonly on: 'permit'; readonly kind: 'deny'; readonly code: PrimedDenial }
  | { readonly on: 'provide'; readonly kind: 'pending' | 'unavailable' | 'timeout' }
  | {
      readonly on: 'provide';
      readonly kind: 'provide';
      readonly records: readonly CopyRecord[];
      readonly layoutVersion?: string;
    }
  | {
      readonly on: 'reply';
      readonly kind: 'tamper';
      readonly what: Tampering;
      readonly change?: ChangeClaims;
    };

type On = Outcome['on'];
type OutcomeOn<Where extends On> = Extract<Outcome, { readonly on: Where }>;

/** Outcomes that wait for their request, in the order in which they were primed. */
export class Primed {
  #outcomes: Outcome[] = [];

  add(outcome: Outcome): void {
    this.#outcomes.push(outcome);
  }

  /** Takes the first that is about such a request. */
  take<Where extends On>(
    on: Where,
    which: (outcome: OutcomeOn<Where>) => boolean = () => true,
  ): OutcomeOn<Where> | undefined {
    const isOn = (outcome: Outcome): outcome is OutcomeOn<Where> => outcome.on === on;
    const found = this.#outcomes.filter(isOn).find(which);
    if (found) this.#outcomes = this.#outcomes.filter((each) => each !== found);
    return found;
  }

  /** What nobody asked for. */
  get left(): readonly Outcome[] {
    return this.#outcomes;
  }

  clear(): void {
    this.#outcomes = [];
  }
}
