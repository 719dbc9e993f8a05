import { RenkeiError } from '../../protocol/errors.ts';

/** Version and time of a signed copy. */
export class Lifetime {
  #version = 0;
  #issuedAt = 0;
  #expiresAt = 0;

  get version(): number {
    return this.#version;
  }

  /** NumericDate of the statement that was taken; 0 before there was one. */
  get issuedAt(): number {
    return this.#issuedAt;
  }

  /** NumericDate from which it must not be used. */
  get expiresAt(): number {
    return this.#expiresAt;
  }

  /** Whether it counts at `now` (ms). */
  counts(now: number): boolean {
    return now / 1000 < this.#expiresAt;
  }

  /** Whether half of its lifetime is over at `now` (ms): time to refresh. */
  halfLife(now: number): boolean {
    return now / 1000 >= (this.#issuedAt + this.#expiresAt) / 2;
  }

  /** Nothing older than this is taken over any more. */
  seen(claims: { version: number; iat: number }): void {
    if (claims.version < this.#version) return;
    this.#version = claims.version;
    this.#issuedAt = Math.max(this.#issuedAt, claims.iat);
  }

  /** Takes over the times of a newer statement. @throws RenkeiError message_replayed for an older one */
  protected renew(claims: { version: number; iat: number; exp: number }): void {
    if (claims.version < this.#version || claims.iat < this.#issuedAt) {
      throw new RenkeiError('message_replayed', {
        ja: '持っている写しより古いものです',
        en: 'Older than the copy that is held',
      });
    }
    this.#version = claims.version;
    this.#issuedAt = claims.iat;
    this.#expiresAt = claims.exp;
  }
}
