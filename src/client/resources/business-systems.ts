import { businessSystems, type SystemView } from '../../protocol/node-api/business-systems.ts';
import type { Calls } from '../call/calls.ts';
import type { RequestOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** Which business systems may connect, and what each may do. */
export class BusinessSystems {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async list(options: CallOptions = {}): Promise<readonly SystemView[]> {
    return (await this.#calls.read(businessSystems.list, options)).systems;
  }

  show(id: string, options: CallOptions = {}): Promise<SystemView> {
    return this.#calls.read(businessSystems.show, { ...options, params: { id } });
  }

  add(
    system: RequestOf<typeof businessSystems.add>,
    options: CallOptions = {},
  ): Promise<SystemView> {
    return this.#calls.send(businessSystems.add, system, options);
  }

  /** What it may do, its keys or its limit; it counts from its next request on. */
  change(
    id: string,
    change: RequestOf<typeof businessSystems.change>,
    options: CallOptions = {},
  ): Promise<SystemView> {
    return this.#calls.send(businessSystems.change, change, { ...options, params: { id } });
  }

  /** Ends its access for good, and all its tokens at once. */
  revoke(id: string, options: CallOptions = {}): Promise<SystemView> {
    return this.#calls.send(businessSystems.revoke, {}, { ...options, params: { id } });
  }
}
