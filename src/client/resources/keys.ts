import { type KeyView, keys } from '../../protocol/node-api/keys.ts';
import type { Calls } from '../call/calls.ts';
import type { CallOptions } from '../options.ts';

/** The node’s signing keys, the latest first. */
export class Keys {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async list(options: CallOptions = {}): Promise<readonly KeyView[]> {
    return (await this.#calls.read(keys.list, options)).keys;
  }

  /**
   * Makes a new key and announces it. The one before it counts on for the overlap; with `now` it is revoked at once.
   * While the gateway cannot be reached the new one is `announced`, and goes on by itself.
   */
  async rotate(
    { now = false }: { readonly now?: boolean } = {},
    options: CallOptions = {},
  ): Promise<readonly KeyView[]> {
    return (await this.#calls.send(keys.rotate, { now }, options)).keys;
  }
}
