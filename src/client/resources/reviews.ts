import { type ReviewContent, type ReviewView, reviews } from '../../protocol/node-api/reviews.ts';
import type { Calls } from '../call/calls.ts';
import type { RequestOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** The review queue of a provider: one reviews, another approves what both were shown. */
export class Reviews {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Requests that wait for people, by due date. */
  async list(options: CallOptions = {}): Promise<readonly ReviewView[]> {
    return (await this.#calls.read(reviews.list, options)).reviews;
  }

  /** One with the content that would be sent; that it was shown is recorded. Its `seen` goes into the next step. */
  show(exchange: string, options: CallOptions = {}): Promise<ReviewContent> {
    return this.#calls.read(reviews.show, { ...options, params: { exchange } });
  }

  /** Enters by hand what the originals say, where there is no copy. */
  enter(
    exchange: string,
    entry: RequestOf<typeof reviews.enter>,
    options: CallOptions = {},
  ): Promise<ReviewView> {
    return this.#calls.send(reviews.enter, entry, { ...options, params: { exchange } });
  }

  /** @param seen of the content that was shown: it may be sent */
  review(exchange: string, seen: string, options: CallOptions = {}): Promise<ReviewView> {
    return this.#calls.send(reviews.review, { seen }, { ...options, params: { exchange } });
  }

  /** Approves, as another member of staff: it is sent. @param seen of the content that was shown to them */
  approve(exchange: string, seen: string, options: CallOptions = {}): Promise<ReviewView> {
    return this.#calls.send(reviews.approve, { seen }, { ...options, params: { exchange } });
  }

  /** Declines, as another member of staff. The reason stays in this node. */
  decline(
    exchange: string,
    why: RequestOf<typeof reviews.decline>,
    options: CallOptions = {},
  ): Promise<ReviewView> {
    return this.#calls.send(reviews.decline, why, { ...options, params: { exchange } });
  }

  /** Gives it back to be reviewed again. */
  return(
    exchange: string,
    why: RequestOf<typeof reviews.return>,
    options: CallOptions = {},
  ): Promise<ReviewView> {
    return this.#calls.send(reviews.return, why, { ...options, params: { exchange } });
  }
}
