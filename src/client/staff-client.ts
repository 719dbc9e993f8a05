import { type SessionView, sessions } from '../protocol/node-api/sessions.ts';
import { Calls } from './call/calls.ts';
import { Connection } from './call/connection.ts';
import type { CallOptions, NodeOptions } from './options.ts';
import { PublicClient } from './public-client.ts';
import { StaffBatches } from './resources/batches.ts';
import { BusinessSystems } from './resources/business-systems.ts';
import { Copies } from './resources/copies.ts';
import { StaffInquiries } from './resources/inquiries.ts';
import { Keys } from './resources/keys.ts';
import { OperationLog, Records } from './resources/logs.ts';
import { Media } from './resources/media.ts';
import { Reviews } from './resources/reviews.ts';
import { Departments, Users } from './resources/users.ts';

/** A node as a member of its staff uses it, in one session. */
export class StaffClient extends PublicClient {
  /** The session’s token, for another program of the same person. */
  readonly token: string;
  readonly inquiries: StaffInquiries;
  readonly batches: StaffBatches;
  readonly reviews: Reviews;
  readonly copies: Copies;
  readonly users: Users;
  readonly departments: Departments;
  readonly businessSystems: BusinessSystems;
  readonly operationLog: OperationLog;
  readonly records: Records;
  readonly keys: Keys;
  readonly media: Media;

  constructor(options: NodeOptions, token: string) {
    super(options, { token: async () => token });
    this.token = token;
    this.inquiries = new StaffInquiries(this.calls);
    this.batches = new StaffBatches(this.calls);
    this.reviews = new Reviews(this.calls);
    this.copies = new Copies(this.calls);
    this.users = new Users(this.calls);
    this.departments = new Departments(this.calls);
    this.businessSystems = new BusinessSystems(this.calls);
    this.operationLog = new OperationLog(this.calls);
    this.records = new Records(this.calls);
    this.keys = new Keys(this.calls);
    this.media = new Media(this.calls);
  }

  /** Who is logged in, what they may do, and when the session ends. `passwordDue`: before anything else. */
  session(options: CallOptions = {}): Promise<SessionView> {
    return this.calls.read(sessions.current, options);
  }

  /** Sets a password of one’s own. */
  async changePassword(
    password: string,
    newPassword: string,
    options: CallOptions = {},
  ): Promise<void> {
    await this.calls.send(sessions.password, { password, newPassword }, options);
  }

  async logOut(options: CallOptions = {}): Promise<void> {
    await this.calls.send(sessions.end, {}, options);
  }
}

/** By password and one-time code, or in a session that has begun. */
export type StaffOptions = NodeOptions &
  (
    | {
        /** Log-in name. */
        readonly user: string;
        readonly password: string;
        /** One-time code (RFC 6238), good once. */
        readonly code: string;
        /** Who it is, at a shared id. */
        readonly person?: string;
      }
    | { readonly token: string }
  );

/**
 * Logs in as a member of staff. A session ends without activity, and after its hours: `not_authenticated` then.
 * @example
 * const desk = await staff({ node: 'http://127.0.0.1:8801', user: 'jocho', password, code });
 * for (const { exchange } of await desk.reviews.list()) {
 *   const { seen } = await desk.reviews.show(exchange);
 *   await desk.reviews.approve(exchange, seen);
 * }
 * @throws NodeError not_authenticated, rate_limited, node_unreachable …
 */
export async function staff(options: StaffOptions): Promise<StaffClient> {
  if ('token' in options) return new StaffClient(options, options.token);
  const { user, password, code, person } = options;
  const asked = { user, password, code, ...(person !== undefined && { person }) };
  const { token } = await new Calls(new Connection(options)).send(sessions.logIn, asked);
  return new StaffClient(options, token);
}
