import { RenkeiError } from '../../../protocol/errors.ts';
import type { Rate, Use } from '../../../protocol/node-api/business-systems.ts';
import type { BusinessSystem } from './business-system.ts';
import type { BusinessSystemReads } from './ports.ts';
import { type Bucket, take } from './token-bucket.ts';

/** Logging in does not need to be often: a token is good for ten minutes. */
const LOG_INS: Rate = { perSecond: 1, burst: 30 };

/**
 * Where business systems report: their entries as the node goes by them, and how much each has asked lately.
 * What is in the store counts; this only spares reading it for every request.
 */
export class SystemDesk {
  readonly #store: { readonly read: BusinessSystemReads };
  readonly #entries = new Map<string, BusinessSystem>();
  readonly #buckets = new Map<string, Bucket>();

  constructor(store: { readonly read: BusinessSystemReads }) {
    this.#store = store;
  }

  /** A system that may come. @throws RenkeiError not_authenticated: unknown, disabled or revoked */
  enabled(id: string): BusinessSystem {
    const known = this.#entries.get(id);
    if (known) return known;
    const entry = this.#store.read.businessSystem(id);
    if (entry?.state !== 'enabled') {
      throw new RenkeiError('not_authenticated', {
        ja: 'この業務システムの利用は認められていません',
        en: 'This business system may not connect',
      });
    }
    this.#entries.set(id, entry);
    return entry;
  }

  /** Reads an entry anew: called when one has changed. */
  forget(id: string): void {
    this.#entries.delete(id);
  }

  /**
   * Lets a system use the node `count` times.
   * @throws RenkeiError not_authenticated, not_authorised, rate_limited
   */
  admit(id: string, use: Use, now: number, count = 1): BusinessSystem {
    const system = this.enabled(id);
    if (!system.uses.includes(use)) throw notFor(system);
    this.#spend(system, now, count);
    return system;
  }

  /** Lets a system log in. @throws RenkeiError rate_limited */
  logIn(id: string, now: number): void {
    this.#take(`log-in ${id}`, LOG_INS, now, 1);
  }

  #spend(system: BusinessSystem, now: number, count: number): void {
    if (system.rate) this.#take(system.id, system.rate, now, count);
  }

  #take(name: string, rate: Rate, now: number, count: number): void {
    const { bucket, waitMs } = take(this.#buckets.get(name), rate, now, count);
    this.#buckets.set(name, bucket);
    if (waitMs > 0) throw rateLimited(waitMs);
  }
}

const notFor = ({ uses }: BusinessSystem): RenkeiError => {
  const may = uses.join(', ') || '—';
  return new RenkeiError('not_authorised', {
    hint: { ja: `この業務システムが使える機能: ${may}`, en: `This business system may: ${may}` },
  });
};

/** `retry_after_seconds` becomes the Retry-After header (RFC 9110 §10.2.3). */
const rateLimited = (waitMs: number): RenkeiError => {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new RenkeiError('rate_limited', {
    hint: {
      ja: `${seconds} 秒後にもう一度送ってください`,
      en: `Send it again in ${seconds} seconds`,
    },
    extensions: { retry_after_seconds: seconds },
  });
};
