import type { RequestHandler } from 'msw';
import { RenkeiError } from '../../protocol/errors.ts';
import type { PublicKey } from '../../protocol/keys.ts';
import type { TestClock } from '../network/clock.ts';
import type { TestResident } from '../network/resident.ts';
import type { TestNetwork } from '../network/test-network.ts';
import { type Completed, completePending } from './complete-pending.ts';
import { Next } from './next.ts';
import type { PrivateKey } from './node-key.ts';
import type { PlayedGateway } from './play-gateway.ts';
import type { Primed } from './primed.ts';
import type { SeenRequest } from './seen.ts';

interface Parts {
  readonly agency: string;
  readonly url: string;
  readonly handlers: readonly RequestHandler[];
  readonly gatewayKey: PublicKey;
  readonly agencyKey: PrivateKey;
  readonly network: TestNetwork;
  readonly primed: Primed;
  readonly played: PlayedGateway;
  readonly complaints: string[];
}

/** What a test did not expect of itself: calls that nobody answers, outcomes that nobody met. */
export class UnexpectedCalls extends Error {
  override readonly name = 'UnexpectedCalls';
}

/** A gateway played by MSW, and what a test says to it and hears of it. */
export class GatewayKit implements AsyncDisposable {
  /** For `setupServer(...gateway.handlers)`. */
  readonly handlers: readonly RequestHandler[];
  /** Where your node finds the gateway. */
  readonly url: string;
  /** The gateway’s key: your node knows it beforehand. */
  readonly gatewayKey: PublicKey;
  /** A key that the gateway accepts from your node. */
  readonly agencyKey: PrivateKey;
  /** What the next request meets. */
  readonly next: Next;
  /** The network behind it: residents, the providers’ copies, records, faults. */
  readonly network: TestNetwork;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.handlers = parts.handlers;
    this.url = parts.url;
    this.gatewayKey = parts.gatewayKey;
    this.agencyKey = parts.agencyKey;
    this.network = parts.network;
    this.next = new Next(parts.primed);
    this.#parts = parts;
  }

  /** The gateway’s clock: messages more than 30 s off it are refused with clock_skew. */
  get clock(): TestClock {
    return this.network.clock;
  }

  /** What your node asked, and what came of it: a refused message shows its code here. */
  get requests(): readonly SeenRequest[] {
    return this.#parts.played.seen;
  }

  /** Requests that no gateway answers, and those to anybody else than the gateway and your node. */
  get unhandled(): readonly SeenRequest[] {
    const unknown = ({ code, path }: SeenRequest) =>
      code === 'not_found' && !path.startsWith('/v1/permission-lists/');
    return this.requests.filter(unknown);
  }

  /** Your agency’s own code of a resident: what a permit request calls `person`. @throws RenkeiError */
  codeOf(resident: TestResident): string {
    const { agency } = this.#parts;
    const { read } = this.network.network.agency(agency).node.store;
    const code = read.codeOf(resident.at(agency));
    if (code === undefined) throw new RenkeiError('code_not_acquired');
    return code;
  }

  /**
   * Two members of the providers’ staff approve all that waits (or decline it), and the gateway delivers it.
   * @example
   * gateway.next.pending();
   * await node.ask(question); // pending
   * expect(await gateway.completePending()).toMatchObject([{ delivered: true }]);
   */
  completePending({ decline = false }: { readonly decline?: boolean } = {}): Promise<Completed[]> {
    return completePending(this.network, this.#parts.agency, decline ? 'decline' : 'approve');
  }

  /** For `afterEach`. @throws UnexpectedCalls if the test asked what no gateway answers, or primed what nobody met */
  check(): void {
    const { primed, complaints } = this.#parts;
    const words = [
      ...complaints,
      ...this.unhandled.map(
        ({ method, path }) => `${method} ${path}: nobody answers such a request`,
      ),
      ...primed.left.map(({ kind }) => `next.${kind}() was said and no request met it`),
    ];
    if (words.length > 0) throw new UnexpectedCalls(words.join('\n'));
  }

  /** For `beforeEach`: everything is as at the start; nothing is primed, nothing was asked. */
  async reset(): Promise<void> {
    const { primed, played, complaints } = this.#parts;
    primed.clear();
    played.seen = [];
    complaints.length = 0;
    await this.network.reset();
  }

  close(): Promise<void> {
    return this.network.close();
  }

  /** Closes, then fails the test for what `check` finds. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    this.check();
  }
}
