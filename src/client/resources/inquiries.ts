import {
  GOES_ON,
  type InquiryRequest,
  type InquiryView,
  inquiries,
} from '../../protocol/node-api/inquiries.ts';
import type { Calls } from '../call/calls.ts';
import type { QueryOf } from '../call/operations.ts';
import { pages } from '../call/pages.ts';
import { NodeError } from '../node-error.ts';
import type { CallOptions, WatchOptions } from '../options.ts';
import { newId } from './new-id.ts';

type ListQuery = Omit<QueryOf<typeof inquiries.list>, 'state'> & {
  readonly state?: InquiryView['state'] | readonly InquiryView['state'][];
};

const BETWEEN_TRIES = 200;

/** An earlier try of the same inquiry is still being carried out: whoever comes second sees how far it is. */
const isUnderWay = ({ state, code }: InquiryView): boolean =>
  state === 'asking' || state === 'permitted' || (state === 'open' && code === undefined);

/** Inquiries, as a business system makes them, or staff at a terminal. */
export class Inquiries {
  protected readonly calls: Calls;

  constructor(calls: Calls) {
    this.calls = calls;
  }

  /**
   * Makes an inquiry and waits for its end, or for `pending`. After a lost connection the same inquiry is made again
   * under its id, which never asks twice. A member of staff’s is `requested`, and waits for its approval.
   * @throws NodeError with `inquiry`: `denial` says why the law does not allow it; after provider_unavailable,
   *   provider_timeout, gateway_unavailable, node_unreachable, node_timeout it can be made again under that id
   */
  async ask(inquiry: InquiryRequest, options: CallOptions = {}): Promise<InquiryView> {
    const id = inquiry.id ?? newId();
    try {
      const named = { ...inquiry, id };
      const look = () => this.calls.send(inquiries.ask, named, { ...options, repeatable: true });
      const over = (view: InquiryView) => !isUnderWay(view);
      return await this.calls.until(look, over, { ...options, everyMs: BETWEEN_TRIES });
    } catch (error) {
      throw error instanceof NodeError ? error.about({ inquiry: id }) : error;
    }
  }

  /**
   * Waits until an inquiry goes on no more: `provided`, `no_record`, `refused`, `denied`, `lapsed` or `declined`; also
   * `open`, which nothing but asking again under its id carries on.
   * @throws NodeError not_found …; the signal’s reason
   */
  settled(id: string, options: WatchOptions = {}): Promise<InquiryView> {
    const look = () => this.show(id, options);
    const over = ({ state }: InquiryView) => state === 'open' || !GOES_ON.includes(state);
    return this.calls.until(look, over, options);
  }

  /** How far an inquiry has come, and its result while it is kept. @throws NodeError not_found … */
  show(id: string, options: CallOptions = {}): Promise<InquiryView> {
    return this.calls.read(inquiries.show, { ...options, params: { id } });
  }

  /** All that fit, newest first, without results; `limit` is how many are fetched at once. */
  list(query: ListQuery = {}, options: CallOptions = {}): AsyncIterable<InquiryView> {
    return pages<InquiryView, string>(async (after) => {
      const page = await this.page({ ...query, ...(after !== undefined && { after }) }, options);
      return { items: page.inquiries, next: page.next };
    });
  }

  /** One page of that; `next` is the `after` of the page behind it. */
  page(query: ListQuery = {}, options: CallOptions = {}) {
    const { state, ...rest } = query;
    const states = state === undefined ? {} : { state: [state].flat().join(',') };
    return this.calls.read(inquiries.list, { ...options, query: { ...rest, ...states } });
  }
}

/** What members of staff do besides: approval before, taking over by hand and its confirmation. */
export class StaffInquiries extends Inquiries {
  /** Approves what somebody else made at a terminal: it is sent. @param digest of it as it was shown */
  approve(id: string, digest: string, options: CallOptions = {}): Promise<InquiryView> {
    return this.calls.send(inquiries.approve, { digest }, { ...options, params: { id } });
  }

  /** It is never sent. @param reason whoever made it sees this */
  decline(id: string, reason: string, options: CallOptions = {}): Promise<InquiryView> {
    return this.calls.send(inquiries.decline, { reason }, { ...options, params: { id } });
  }

  /** Its result was registered in the business system by hand. */
  takenOver(id: string, options: CallOptions = {}): Promise<InquiryView> {
    return this.calls.send(inquiries.takenOver, {}, { ...options, params: { id } });
  }

  /** What somebody else registered by hand agrees with the result. */
  confirm(id: string, options: CallOptions = {}): Promise<InquiryView> {
    return this.calls.send(inquiries.confirm, {}, { ...options, params: { id } });
  }
}
