import { z } from 'zod';
import { CopyRecord } from '../../protocol/plaintext.ts';
import type { Caller } from './caller.ts';

const Review = z.object({
  exchange: z.string(),
  state: z.enum(['waiting', 'reviewed', 'approved', 'declined']),
  restricted: z.boolean(),
  integratedAddressNumber: z.string(),
  createdAt: z.string(),
  reviewer: z.string().optional(),
  approver: z.string().optional(),
});
/** One request that waits for two people, or did. */
export type Review = z.infer<typeof Review>;

const ReviewContent = z.object({
  review: Review,
  inquirer: z.string(),
  affair: z.string(),
  item: z.string(),
  information: z.string(),
  content: z.array(CopyRecord),
});
/** The same with what would be sent. */
export type ReviewContent = z.infer<typeof ReviewContent>;

/** An exchange, or anything that names one: an outcome. */
export type ExchangeOf = string | { readonly exchange?: string | undefined };

/** @throws RangeError for an outcome that names none */
export function exchangeOf(of: ExchangeOf): string {
  const exchange = typeof of === 'string' ? of : of.exchange;
  if (exchange === undefined) throw new RangeError('nothing was exchanged yet');
  return exchange;
}

/** The review queue of a provider. `as` is a member of its staff: tanto, jocho or kansa. */
export class Reviews {
  readonly #caller: Caller;
  readonly #agency: string;

  constructor(caller: Caller, agency: string) {
    this.#caller = caller;
    this.#agency = agency;
  }

  /** What waits. */
  async list(as = 'tanto'): Promise<readonly Review[]> {
    const shape = z.object({ reviews: z.array(Review) });
    return (await this.#caller.call(this.#agency, as, '/v1/reviews', shape)).reviews;
  }

  /** With the content that would be sent. */
  show(of: ExchangeOf, as = 'tanto'): Promise<ReviewContent> {
    const path = `/v1/reviews/${exchangeOf(of)}`;
    return this.#caller.call(this.#agency, as, path, ReviewContent);
  }

  /** One person finds that it may be sent. */
  review(of: ExchangeOf, as = 'tanto'): Promise<Review> {
    return this.#step('review', of, as);
  }

  /**
   * Another person approves, and it is sent: `await network.settled()` and the inquirer has it.
   * @throws RenkeiError approval_required, approval_by_same_person, state_conflict
   */
  approve(of: ExchangeOf, as = 'jocho'): Promise<Review> {
    return this.#step('approve', of, as);
  }

  /** Another person declines: the inquirer gets a signed refusal. */
  decline(of: ExchangeOf, as = 'jocho'): Promise<Review> {
    return this.#step('decline', of, as);
  }

  #step(step: string, of: ExchangeOf, as: string): Promise<Review> {
    const path = `/v1/reviews/${exchangeOf(of)}/${step}`;
    return this.#caller.call(this.#agency, as, path, Review, {});
  }
}
