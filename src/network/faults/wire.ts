import { RenkeiError } from '../../protocol/errors.ts';
import type { CallOptions, HttpClient, JsonResponse } from '../../service/http-client/post-json.ts';
import { problemOf } from '../../service/http-client/problem-of.ts';
import { TransportError } from '../../service/http-client/transport-error.ts';
import type { Clock, Observe } from '../../service/ports.ts';
import { corrupted } from './corrupt.ts';
import { describe } from './describe.ts';
import { type Applied, Faults } from './faults.ts';
import { FLIGHT_HEADER, type Flight, Flights } from './flights.ts';
import { type Hold, Holds } from './holds.ts';
import { type ExchangeKinds, kindsOf, type Leg, replyKind } from './message-kinds.ts';

export interface WireOptions {
  readonly seed: string;
  readonly clock: Clock;
  /** The clock moves only when told to. */
  readonly manual: boolean;
  readonly observe: Observe;
  /** Who is asked at an address, by the address that a party’s paths begin with. */
  readonly names: ReadonlyMap<string, string>;
}

/** One exchange of two parties, on its way. */
interface Exchange {
  readonly from: string;
  readonly to: string;
  readonly kinds: ExchangeKinds;
  readonly flight: Flight;
  readonly send: (body: unknown) => Promise<JsonResponse>;
  /** The sender stops waiting: by the network’s clock, from the first hold on. */
  readonly impatient: () => void;
}

/** All that goes between the parties: every message is journalled here, and goes wrong here where told. */
export class Wire {
  readonly flights = new Flights();
  readonly holds: Holds;
  readonly faults: Faults;
  readonly #options: WireOptions;

  constructor(options: WireOptions) {
    this.#options = options;
    this.holds = new Holds(options.clock, !options.manual);
    this.faults = new Faults(options.seed, (id) => this.holds.endFault(id));
  }

  /** Wraps the client of a party that waits `timeoutMs` for a reply. */
  client(from: string, timeoutMs: number): (http: HttpClient) => HttpClient {
    return (http) => ({
      post: (url, body, options) =>
        this.#begin({ from, url, body, timeoutMs: options?.timeoutMs ?? timeoutMs }, (sent, id) =>
          http.post(url, sent, withFlight(options, id)),
        ),
      get: (url, options) =>
        this.#begin({ from, url, timeoutMs: options?.timeoutMs ?? timeoutMs }, (_, id) =>
          http.get(url, withFlight(options, id)),
        ),
      close: () => http.close(),
    });
  }

  async #begin(
    call: { from: string; url: string; body?: unknown; timeoutMs: number },
    send: (body: unknown, flight: string) => Promise<JsonResponse>,
  ): Promise<JsonResponse> {
    const { from, url, body, timeoutMs } = call;
    const { to, path } = this.#whereTo(url);
    const flight = this.flights.begin(this.flights.current);
    const due = this.#options.clock.now() + timeoutMs;
    const patience = Promise.withResolvers<never>();
    patience.promise.catch(() => undefined);
    let stop: (() => void) | undefined;
    const carried = this.#carry(
      {
        from,
        to,
        kinds: kindsOf(path, to),
        flight,
        send: (sent) => send(sent, flight.id),
        impatient: () => {
          if (stop) return;
          const hold = this.holds.hold({ from, due });
          stop = hold.cancel;
          void hold.released.then(() => {
            // What it was sent for goes on without it; the message may still arrive.
            flight.parent = undefined;
            patience.reject(new TransportError('timeout', true));
          });
        },
      },
      body,
    ).finally(() => {
      stop?.();
      this.flights.end(flight);
    });
    carried.catch(() => undefined);
    return await Promise.race([carried, patience.promise]);
  }

  #whereTo(url: string): { to: string; path: string } {
    const { names } = this.#options;
    const end = url.indexOf('/', url.indexOf('//') + 2);
    const origin = url.slice(0, end);
    const at = names.has(origin)
      ? origin
      : // Whoever stands between may tell its addressees apart by the path.
        [...names.keys()].find((each) => url.startsWith(`${each}/`));
    return at === undefined
      ? { to: 'unknown', path: url.slice(end) }
      : { to: names.get(at) ?? 'unknown', path: url.slice(at.length) };
  }

  async #carry(exchange: Exchange, body: unknown): Promise<JsonResponse> {
    this.#journalRequest(exchange, body);
    let sent = body;
    let copies = 1;
    for (const applied of this.#meet(exchange, 'request', exchange.kinds.reply)) {
      const { action } = applied.fault;
      if (action === 'corrupt') {
        const changed = corrupted(sent, applied.chance);
        if (changed === undefined) {
          this.faults.undo(applied.id);
          continue;
        }
        sent = changed;
      }
      const ids = describe(sent).ids;
      if (!(await this.#suffer(exchange, 'request', exchange.kinds.request, ids, applied))) continue;
      if (action === 'refuse') {
        throw new TransportError('unreachable', false, { code: 'ECONNREFUSED' });
      }
      if (action === 'duplicate') copies += 1;
    }
    const reply = await this.#exchanged(exchange, sent);
    for (; copies > 1; copies -= 1) {
      this.#journalRequest(exchange, sent);
      await this.#exchanged(exchange, sent).catch(onlyTransport);
    }
    return await this.#return(exchange, reply);
  }

  async #return(exchange: Exchange, reply: JsonResponse): Promise<JsonResponse> {
    let { body } = reply;
    const kind = replyKind(exchange.kinds, reply.status);
    for (const applied of this.#meet(exchange, 'reply', kind)) {
      if (applied.fault.action === 'corrupt') {
        const changed = corrupted(body, applied.chance);
        if (changed === undefined) {
          this.faults.undo(applied.id);
          continue;
        }
        body = changed;
      }
      await this.#suffer(exchange, 'reply', kind, describe(body).ids, applied);
    }
    this.holds.passed(linkOf(exchange, 'reply'));
    return { ...reply, body };
  }

  #meet({ from, to, kinds }: Exchange, leg: Leg, reply: string): Applied[] {
    if (!this.faults.any) return [];
    return this.faults.meet({ from, to, request: kinds.request, reply, leg });
  }

  /** Tells of a fault and lets it hold or lose the message. @returns false if it does nothing here */
  async #suffer(
    exchange: Exchange,
    leg: Leg,
    message: string,
    ids: readonly string[],
    { id, fault }: Applied,
  ): Promise<boolean> {
    const { action, delaySeconds } = fault;
    const link = linkOf(exchange, leg);
    if (action === 'reorder' && this.holds.isAwaited(link)) {
      this.faults.undo(id);
      return false;
    }
    this.#options.observe({
      kind: 'fault',
      ...endsOf(exchange, leg),
      ids,
      outcome: action,
      facts: {
        fault: id,
        leg,
        message,
        ...(delaySeconds !== undefined && { delaySeconds }),
      },
    });
    if (action === 'drop') throw new TransportError('timeout', true);
    const { from, flight } = exchange;
    if (action === 'reorder') await this.#held(exchange, { fault: id, from, link });
    if (action === 'delay') {
      const due = this.#options.clock.now() + Math.round((delaySeconds ?? 0) * 1000);
      await this.#held(exchange, { fault: id, from, due });
    }
    this.flights.hold(flight, false);
    return true;
  }

  async #held(exchange: Exchange, hold: Hold): Promise<void> {
    exchange.impatient();
    const { released } = this.holds.hold(hold);
    // A timer ends it by itself; only a clock that stands still makes it wait for somebody.
    this.flights.hold(exchange.flight, this.#options.manual || hold.due === undefined);
    if ((await released) === 'lost') throw new TransportError('timeout', true);
  }

  /** Sends for real, and journals what came of it. */
  async #exchanged(exchange: Exchange, body: unknown): Promise<JsonResponse> {
    const before = performance.now();
    try {
      const reply = await exchange.send(body);
      this.#journalReply(exchange, reply, performance.now() - before);
      return reply;
    } catch (error) {
      if (error instanceof TransportError) {
        this.#journal(exchange, 'reply', exchange.kinds.reply, undefined, error.kind);
      }
      throw error;
    } finally {
      this.holds.passed(linkOf(exchange, 'request'));
    }
  }

  #journalRequest(exchange: Exchange, body: unknown): void {
    this.#journal(exchange, 'request', exchange.kinds.request, body, undefined);
  }

  #journalReply(exchange: Exchange, reply: JsonResponse, elapsedMs: number): void {
    const outcome = outcomeOf(reply);
    const name = replyKind(exchange.kinds, reply.status);
    this.#journal(exchange, 'reply', name, reply.body, outcome, {
      status: reply.status,
      elapsedMs: Math.round(elapsedMs * 1000) / 1000,
    });
  }

  #journal(
    exchange: Exchange,
    leg: Leg,
    message: string,
    body: unknown,
    outcome: string | undefined,
    { elapsedMs, status }: { elapsedMs?: number; status?: number } = {},
  ): void {
    const { ids, facts } = describe(body);
    this.#options.observe({
      kind: 'message',
      ...endsOf(exchange, leg),
      ids,
      ...(outcome !== undefined && { outcome }),
      ...(elapsedMs !== undefined && { elapsedMs }),
      facts: { message, leg, ...facts, ...(status !== undefined && { status }) },
    });
  }
}

const withFlight = (options: CallOptions | undefined, id: string): CallOptions => ({
  ...options,
  headers: { ...options?.headers, [FLIGHT_HEADER]: id },
});

/** Who sends a message and who receives it. */
const endsOf = ({ from, to }: Exchange, leg: Leg) =>
  leg === 'request' ? { from, to } : { from: to, to: from };

const linkOf = ({ from, to }: Exchange, leg: Leg): string => `${leg} ${from} ${to}`;

/** A problem’s code, or nothing when all is well. */
function outcomeOf(reply: JsonResponse): string | undefined {
  try {
    return problemOf(reply)?.code;
  } catch {
    return 'malformed';
  }
}

function onlyTransport(error: unknown): void {
  if (!(error instanceof TransportError || error instanceof RenkeiError)) throw error;
}
