import { health } from '../protocol/health.ts';
import { type JwksBody, jwks } from '../protocol/jwks-body.ts';
import { type StatusView, status } from '../protocol/node-api/status.ts';
import { Calls } from './call/calls.ts';
import { Connection, type Credentials } from './call/connection.ts';
import type { CallOptions, NodeOptions } from './options.ts';
import { PartyLog } from './resources/logs.ts';

/** What a node tells everybody. No content, no persons. */
export class PublicClient {
  /** The tree of its log, for whoever wants to witness it. */
  readonly log: PartyLog;
  protected readonly calls: Calls;

  constructor(options: NodeOptions, credentials?: Credentials) {
    this.calls = new Calls(new Connection(options, credentials));
    this.log = new PartyLog(this.calls);
  }

  /** Versions and age of its copies of list and directory, its keys, and what waits. */
  status(options: CallOptions = {}): Promise<StatusView> {
    return this.calls.read(status, options);
  }

  /** Its public keys (RFC 7517), during an overlap both. */
  async publicKeys(options: CallOptions = {}): Promise<JwksBody['keys']> {
    return (await this.calls.read(jwks, options)).keys;
  }

  /** Whether it runs. @throws NodeError node_unreachable … */
  async live(options: CallOptions = {}): Promise<boolean> {
    return (await this.calls.read(health.live, options)).status === 'ok';
  }

  /** Whether it can do its work now. @throws NodeError node_unreachable … */
  async ready(options: CallOptions = {}): Promise<boolean> {
    return (await this.calls.read(health.ready, options)).status === 'ready';
  }
}

/** A node as everybody sees it. */
export const publicNode = (options: NodeOptions): PublicClient => new PublicClient(options);
