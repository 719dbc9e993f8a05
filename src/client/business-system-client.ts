import { Connection, type Credentials } from './call/connection.ts';
import { AssertedToken } from './log-in/asserted-token.ts';
import { type PrivateJwk, privateKeyOf } from './log-in/private-key.ts';
import type { NodeOptions } from './options.ts';
import { PublicClient } from './public-client.ts';
import { Batches } from './resources/batches.ts';
import { Inquiries } from './resources/inquiries.ts';
import { Persons } from './resources/persons.ts';

/** A node as a business system (業務システム) uses it. */
export class BusinessSystemClient extends PublicClient {
  readonly inquiries: Inquiries;
  readonly batches: Batches;
  /** For address-number systems. */
  readonly persons: Persons;

  constructor(options: NodeOptions, credentials: Credentials) {
    super(options, credentials);
    this.inquiries = new Inquiries(this.calls);
    this.batches = new Batches(this.calls);
    this.persons = new Persons(this.calls);
  }
}

/** By a key of its own (private_key_jwt), or with a token that somebody else sees to. */
export type BusinessSystemOptions = NodeOptions &
  (
    | {
        /**
         * The agency’s code. The assertion is addressed to it and to nobody else, so it is not taken from whoever answers
         * at `node`.
         */
        readonly agency: string;
        /** The business system’s id at the node. */
        readonly id: string;
        readonly privateKey: PrivateJwk;
      }
    | { readonly token: string }
  );

/**
 * Logs in as a business system; further tokens are fetched in time.
 * @example
 * const node = await businessSystem({ node: 'http://127.0.0.1:8801', agency: '32201', id: 'kenko', privateKey });
 * const { state, answer } = await node.inquiries.ask({ integratedAddressNumber, item: '25', provider, information });
 * @throws NodeError key_invalid, not_authenticated, node_unreachable …
 */
export async function businessSystem(
  options: BusinessSystemOptions,
): Promise<BusinessSystemClient> {
  if ('token' in options) {
    return new BusinessSystemClient(options, { token: async () => options.token });
  }
  const { id, agency, privateKey } = options;
  const key = await privateKeyOf(privateKey);
  const credentials = new AssertedToken(new Connection(options), { id, agency, key });
  await credentials.token();
  return new BusinessSystemClient(options, credentials);
}
