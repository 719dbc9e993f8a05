import type { CopyRecord } from '../../protocol/plaintext.ts';
import { type Duration, milliseconds } from '../network/duration.ts';
import type { ChangeClaims, Primed, PrimedDenial, Tampering } from './primed.ts';

/** What the next request meets. Each is used once, in the order in which they were said. */
export class Next {
  readonly #primed: Primed;

  constructor(primed: Primed) {
    this.#primed = primed;
  }

  /**
   * The next permit request is denied: signed and recorded, with the reasons and the nearest that the list gives.
   * @example gateway.next.deny('information_not_listed');
   */
  deny(code: PrimedDenial): void {
    this.#primed.add({ on: 'permit', kind: 'deny', code });
  }

  /** The next query’s answer waits for review: `completePending()` lets it come. */
  pending(): void {
    this.#primed.add({ on: 'provide', kind: 'pending' });
  }

  /** The next query is answered with these records, whatever the provider holds. */
  provide(records: readonly CopyRecord[], layoutVersion?: string): void {
    const layout = layoutVersion === undefined ? {} : { layoutVersion };
    this.#primed.add({ on: 'provide', kind: 'provide', records, ...layout });
  }

  /** The provider cannot be reached: 502, no denial; the permit may be presented again. */
  unavailable(): void {
    this.#primed.add({ on: 'provide', kind: 'unavailable' });
  }

  /** The provider does not answer in time: 504, no denial; the permit may be presented again. */
  timeout(): void {
    this.#primed.add({ on: 'provide', kind: 'timeout' });
  }

  /** The gateway itself cannot be reached: the next request ends in a network error. */
  gatewayDown(): void {
    this.#primed.add({ on: 'any', kind: 'gatewayDown' });
  }

  /** The next request waits so long, by the kit’s clock: `await gateway.clock.advance('2s')` lets it go on. */
  latency(span: Duration): void {
    this.#primed.add({ on: 'any', kind: 'latency', ms: milliseconds(span) });
  }

  /**
   * The next such reply is wrong, and your node has to notice: a character of its signature (of `sealed` bytes, of
   * a `document`) is another; or, with `change`, it says something else under a good signature.
   * @example gateway.next.tamper('permit', (claims) => ({ ...claims, provider: '34100' }));
   */
  tamper(what: Tampering, change?: ChangeClaims): void {
    this.#primed.add({ on: 'reply', kind: 'tamper', what, ...(change && { change }) });
  }
}
