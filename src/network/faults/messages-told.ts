import type { JsonResponse } from '../../service/http-client/post-json.ts';
import { problemOf } from '../../service/http-client/problem-of.ts';
import type { Observe } from '../../service/ports.ts';
import { describe } from './describe.ts';
import type { Applied } from './faults.ts';
import { type ExchangeKinds, type Leg, replyKind } from './message-kinds.ts';

/** Two parties and what their messages are called. */
export interface Between {
  /** Who asks. */
  readonly from: string;
  /** Who is asked. */
  readonly to: string;
  readonly kinds: ExchangeKinds;
}

/** Tells the journal of every message, and of what went wrong with it. */
export class MessagesTold {
  readonly #observe: Observe;
  readonly #keep: (body: unknown) => void;

  /** @param keep is handed the body of the message that was just told */
  constructor(observe: Observe, keep: (body: unknown) => void) {
    this.#observe = observe;
    this.#keep = keep;
  }

  request(between: Between, body: unknown): void {
    const { ids, facts } = describe(body);
    this.#observe({
      kind: 'message',
      ...endsOf(between, 'request'),
      ids,
      facts: { message: between.kinds.request, leg: 'request', ...facts },
    });
    this.#keep(body);
  }

  reply(between: Between, reply: JsonResponse, elapsedMs: number): void {
    const { ids, facts } = describe(reply.body);
    const outcome = outcomeOf(reply);
    const message = replyKind(between.kinds, reply);
    this.#observe({
      kind: 'message',
      ...endsOf(between, 'reply'),
      ids,
      ...(outcome !== undefined && { outcome }),
      elapsedMs: Math.round(elapsedMs * 1000) / 1000,
      facts: { message, leg: 'reply', ...facts, status: reply.status },
    });
    this.#keep(reply.body);
  }

  /** No reply came, and why. */
  noReply(between: Between, outcome: string): void {
    this.#observe({
      kind: 'message',
      ...endsOf(between, 'reply'),
      ids: [],
      outcome,
      facts: { message: between.kinds.reply, leg: 'reply', bytes: 0 },
    });
  }

  fault(between: Between, leg: Leg, message: string, body: unknown, { id, fault }: Applied): void {
    const { action, delaySeconds } = fault;
    this.#observe({
      kind: 'fault',
      ...endsOf(between, leg),
      ids: describe(body).ids,
      outcome: action,
      facts: {
        ...{ fault: id, leg, message },
        ...(delaySeconds !== undefined && { delaySeconds }),
      },
    });
  }
}

/** Who sends a message and who receives it. */
const endsOf = ({ from, to }: Between, leg: Leg) =>
  leg === 'request' ? { from, to } : { from: to, to: from };

/** A problem’s code, or nothing when all is well. */
function outcomeOf(reply: JsonResponse): string | undefined {
  try {
    return problemOf(reply)?.code;
  } catch {
    return 'malformed';
  }
}
