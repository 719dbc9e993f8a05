import {
  ASSERTION_TYPE,
  GRANT_TYPE,
  signClientAssertion,
} from '../../protocol/client-assertion.ts';
import type { ClientKey } from '../../protocol/client-key.ts';
import { token } from '../../protocol/node-api/business-systems.ts';
import type { Connection, Credentials } from '../call/connection.ts';
import { answerIn } from '../call/read-answer.ts';
import { newId } from '../resources/new-id.ts';

export interface Identity {
  readonly id: string;
  readonly agency: string;
  readonly key: ClientKey & { readonly d: string };
}

interface Held {
  readonly token: string;
  /** From when on another one is fetched, milliseconds. */
  readonly renewAt: number;
}

/** Of a token’s time, so that it is never shown in its last moments. */
const OF_ITS_TIME = 0.8;

/** Tokens for assertions (private_key_jwt, RFC 7523): one for all calls, another one in time. */
export class AssertedToken implements Credentials {
  readonly #connection: Connection;
  readonly #identity: Identity;
  #held: Held | undefined;
  #asking: Promise<Held> | undefined;

  constructor(connection: Connection, identity: Identity) {
    this.#connection = connection;
    this.#identity = identity;
  }

  /** @throws NodeError not_authenticated, rate_limited, node_unreachable … */
  token = async (refused?: string): Promise<string> => {
    const held = this.#held;
    const good = held && held.token !== refused && this.#connection.now() < held.renewAt;
    if (good) return held.token;
    // All who wait for one get the same.
    this.#asking ??= this.#fetched().finally(() => {
      this.#asking = undefined;
    });
    this.#held = await this.#asking;
    return this.#held.token;
  };

  async #fetched(): Promise<Held> {
    const asked = this.#connection.now();
    const { id: client, agency: audience, key } = this.#identity;
    const about = { client, audience, jti: newId(), now: asked };
    const form = new URLSearchParams({
      grant_type: GRANT_TYPE,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await signClientAssertion(key, about),
    }).toString();
    const answered = await this.#connection.answered({
      ...{ method: 'POST', path: token.path },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: () => form,
    });
    const { access_token, expires_in } = answerIn(answered, token.responses);
    return { token: access_token, renewAt: asked + expires_in * 1000 * OF_ITS_TIME };
  }
}
