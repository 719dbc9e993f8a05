import type { CallOptions, HttpClient, JsonResponse } from '../../service/http-client/post-json.ts';
import { TransportError } from '../../service/http-client/transport-error.ts';
import type { Clock, Observe } from '../../service/ports.ts';
import { corrupted } from './corrupt.ts';
import type { FaultAction } from './fault.ts';
import { type Applied, Faults } from './faults.ts';
import { FLIGHT_HEADER, type Flight, Flights } from './flights.ts';
import { type Hold, Holds } from './holds.ts';
import { kindsOf, type Leg, replyKind } from './message-kinds.ts';
import { type Between, MessagesTold } from './messages-told.ts';

export interface WireOptions {
  readonly seed: string;
  readonly clock: Clock;
  /** The clock moves only when told to. */
  readonly manual: boolean;
  readonly observe: Observe;
  /** Is handed the body of each message right after it was told. */
  readonly keep: (body: unknown) => void;
  /** Who is asked at an address, by the address that a party’s paths begin with. */
  readonly names: ReadonlyMap<string, string>;
}

/** One exchange of two parties, on its way. */
interface Exchange extends Between {
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
  readonly #told: MessagesTold;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#told = new MessagesTold(options.observe, options.keep);
    this.holds = new Holds(options.clock, !options.manual);
    this.faults = new Faults(options.seed, this.holds);
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
            // The message may still arrive.
            this.flights.detach(flight);
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
    const { kinds } = exchange;
    this.#told.request(exchange, body);
    let sent = body;
    let copies = 1;
    for (const applied of this.#meet(exchange, 'request', kinds.reply)) {
      const suffered = await this.#suffer(exchange, 'request', kinds.request, sent, applied);
      if (!suffered) continue;
      sent = suffered.body;
      const { action } = applied.fault;
      if (action === 'refuse') {
        throw new TransportError('unreachable', false, { code: 'ECONNREFUSED' });
      }
      if (action === 'duplicate') copies += 1;
    }
    const reply = await this.#exchanged(exchange, sent);
    for (; copies > 1; copies -= 1) {
      this.#told.request(exchange, sent);
      await this.#exchanged(exchange, sent).catch(onlyTransport);
    }
    return await this.#return(exchange, reply);
  }

  async #return(exchange: Exchange, reply: JsonResponse): Promise<JsonResponse> {
    const name = replyKind(exchange.kinds, reply);
    let { body } = reply;
    for (const applied of this.#meet(exchange, 'reply', name)) {
      const suffered = await this.#suffer(exchange, 'reply', name, body, applied);
      if (suffered) body = suffered.body;
    }
    this.holds.passed(linkOf(exchange, 'reply'));
    return { ...reply, body };
  }

  #meet({ from, to, kinds }: Exchange, leg: Leg, reply: string): Applied[] {
    if (!this.faults.any) return [];
    return this.faults.meet({ from, to, request: kinds.request, reply, leg });
  }

  /**
   * Lets a fault change, hold or lose a message.
   * @returns the body that goes on, or undefined if the fault can do nothing here
   * @throws TransportError for a message that is lost
   */
  async #suffer(
    exchange: Exchange,
    leg: Leg,
    message: string,
    body: unknown,
    applied: Applied,
  ): Promise<{ readonly body: unknown } | undefined> {
    const { id, fault, chance } = applied;
    const { action } = fault;
    const link = linkOf(exchange, leg);
    const changed = action === 'corrupt' ? corrupted(body, chance) : body;
    const useless = action === 'corrupt' ? changed === undefined : this.#follows(action, link);
    if (useless) {
      this.faults.undo(id);
      return undefined;
    }
    this.#told.fault(exchange, leg, message, body, applied);
    if (action === 'drop') throw new TransportError('timeout', true);
    const { from } = exchange;
    if (action === 'reorder') await this.#hold(exchange, { fault: id, from, link });
    if (action === 'delay') {
      const due = this.#options.clock.now() + Math.round((fault.delaySeconds ?? 0) * 1000);
      await this.#hold(exchange, { fault: id, from, due });
    }
    return { body: changed };
  }

  /** Whether a message is the next one that a held one waits for: it is not held itself. */
  #follows(action: FaultAction, link: string): boolean {
    return action === 'reorder' && this.holds.isAwaited(link);
  }

  async #hold(exchange: Exchange, hold: Hold): Promise<void> {
    exchange.impatient();
    const { released } = this.holds.hold(hold);
    // A timer ends it by itself; only a clock that stands still makes it wait for somebody.
    this.flights.hold(exchange.flight, this.#options.manual || hold.due === undefined);
    const how = await released;
    this.flights.hold(exchange.flight, false);
    if (how === 'lost') throw new TransportError('timeout', true);
  }

  /** Sends for real, and tells what came of it. */
  async #exchanged(exchange: Exchange, body: unknown): Promise<JsonResponse> {
    const before = performance.now();
    try {
      const reply = await exchange.send(body);
      this.#told.reply(exchange, reply, performance.now() - before);
      return reply;
    } catch (error) {
      if (error instanceof TransportError) this.#told.noReply(exchange, error.kind);
      throw error;
    } finally {
      this.holds.passed(linkOf(exchange, 'request'));
    }
  }
}

const withFlight = (options: CallOptions | undefined, id: string): CallOptions => ({
  ...options,
  headers: { ...options?.headers, [FLIGHT_HEADER]: id },
});

const linkOf = ({ from, to }: Between, leg: Leg): string => `${leg} ${from} ${to}`;

/** Nobody waits for a second reply. */
function onlyTransport(error: unknown): void {
  if (!(error instanceof TransportError)) throw error;
}
