import { claimed, openClientAssertion } from '../../../protocol/client-assertion.ts';
import { sha256 } from '../../../protocol/digest.ts';
import { base64url } from '../../../protocol/encoding.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { Operation } from '../staff/operations.ts';
import { noteRefusal } from './refusals.ts';

/** Seconds that a token is good. */
export const TOKEN_SECONDS = 600;
/** Tokens that business systems were given begin so: others need not be looked up. */
const PREFIX = 'bs_';

/**
 * Hands a business system a token for an assertion that it signed (R-207; RFC 7523, RFC 6749 §4.4). Each assertion
 * is good once. The log-in, or its refusal, is in the operation log.
 * @throws RenkeiError not_authenticated, message_replayed, rate_limited
 */
export async function issueToken(node: AgencyNode, assertion: string): Promise<string> {
  try {
    const { client, jti, exp } = await openClientAssertion(assertion, {
      audience: node.code,
      now: node.clock.now(),
      toleranceSeconds: node.settings.toleranceSeconds,
      keysOf: (id) => enabledKeys(node, id),
    });
    node.systems.logIn(client, node.clock.now());
    const token = PREFIX + base64url(node.randomness.bytes(32));
    const keepUntil = (exp + 2 * node.settings.toleranceSeconds + 1) * 1000;
    await node.store.transact((tx) => {
      // It may have been revoked meanwhile.
      if (tx.businessSystem(client)?.state !== 'enabled')
        throw new RenkeiError('not_authenticated');
      tx.claim(`business-system ${client}`, jti, keepUntil);
      const expiresAt = node.clock.now() + TOKEN_SECONDS * 1000;
      tx.addAccessToken({ digest: sha256(token), system: client, expiresAt });
      tx.note(line(node, client));
    });
    return token;
  } catch (error) {
    if (error instanceof RenkeiError) {
      const { client } = claimed(assertion);
      const known = client !== undefined && node.store.read.businessSystem(client) !== undefined;
      await noteRefusal(node, line(node, known ? client : UNKNOWN, error));
    }
    throw error;
  }
}

/** Who is behind a token that `issueToken` handed out, while it is good. */
export function holderOf(node: AgencyNode, token: string): string | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  const found = node.store.read.accessToken(sha256(token));
  return found && node.clock.now() < found.expiresAt ? found.system : undefined;
}

/** Nobody that is entered; whatever an unknown caller calls itself is not repeated in the log. */
export const UNKNOWN = 'unknown';

const enabledKeys = ({ store }: AgencyNode, id: string) => {
  const entry = store.read.businessSystem(id);
  return entry?.state === 'enabled' ? entry.keys : [];
};

const line = ({ clock }: AgencyNode, actor: string, error?: RenkeiError): Operation => ({
  at: clock.now(),
  actorKind: 'business-system',
  actor,
  operation: 'log-in',
  outcome: error ? 'refused' : 'done',
  ...(error && { code: error.code }),
});
