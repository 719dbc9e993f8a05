import { ReviewContent, ReviewView, reviews } from '../../protocol/node-api/reviews.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';
import type { Caller } from './caller.ts';

/** An exchange, or anything that names one: an outcome. */
export type ExchangeOf = string | { readonly exchange?: string | undefined };

/** @throws RangeError for an outcome that names none */
export function exchangeOf(of: ExchangeOf): string {
  const exchange = typeof of === 'string' ? of : of.exchange;
  if (exchange === undefined) throw new RangeError('nothing was exchanged yet');
  return exchange;
}

/** The review queue of a provider. `as` is a member of its staff: tanto, tanto2 (officers) or jocho (supervisor). */
export class Reviews {
  readonly #caller: Caller;
  readonly #agency: string;

  constructor(caller: Caller, agency: string) {
    this.#caller = caller;
    this.#agency = agency;
  }

  /** What waits. */
  async list(as = 'tanto'): Promise<readonly ReviewView[]> {
    const { path, responses } = reviews.list;
    return (await this.#caller.call(this.#agency, as, path, responses[200])).reviews;
  }

  /** With the content that would be sent. */
  show(of: ExchangeOf, as = 'tanto'): Promise<ReviewContent> {
    const path = `/v1/reviews/${exchangeOf(of)}`;
    return this.#caller.call(this.#agency, as, path, ReviewContent);
  }

  /** Somebody enters what the originals say, where the provider has no copy and provides by hand. */
  enter(
    of: ExchangeOf,
    entry: { readonly layoutVersion: string; readonly records: readonly CopyRecord[] },
    as = 'tanto',
  ): Promise<ReviewView> {
    return this.#step('enter', of, as, entry);
  }

  /** One person looks at the content and finds that it may be sent. */
  async review(of: ExchangeOf, as = 'tanto'): Promise<ReviewView> {
    const { seen } = await this.show(of, as);
    return await this.#step('review', of, as, { seen });
  }

  /** Another person gives it back to be reviewed again. */
  return(of: ExchangeOf, as = 'jocho', why: Why = { reason: 'other' }): Promise<ReviewView> {
    return this.#step('return', of, as, why);
  }

  /**
   * Another person looks at it and approves, and it is sent: `await network.settled()` and the inquirer has it.
   * @throws RenkeiError approval_required, approval_by_same_person, state_conflict
   */
  async approve(of: ExchangeOf, as = 'jocho'): Promise<ReviewView> {
    const { seen } = await this.show(of, as);
    return await this.#step('approve', of, as, { seen });
  }

  /** Another person declines: the inquirer gets a signed refusal, and never hears why. */
  decline(of: ExchangeOf, as = 'jocho', why: Why = { reason: 'other' }): Promise<ReviewView> {
    return this.#step('decline', of, as, why);
  }

  #step(step: string, of: ExchangeOf, as: string, body: unknown): Promise<ReviewView> {
    const path = `/v1/reviews/${exchangeOf(of)}/${step}`;
    return this.#caller.call(this.#agency, as, path, ReviewView, body);
  }
}

/** Why something was returned or declined: `person_in_doubt`, `content_in_doubt`, … and words about it. */
export interface Why {
  readonly reason: string;
  readonly note?: string;
}
