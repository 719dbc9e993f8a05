import { JwksBody } from '../../src/protocol/jwks-body.ts';
import type { Verifier } from '../../src/protocol/keys.ts';
import { verifierOf } from '../../src/protocol/keys.ts';
import { type CommonClaims, type MessageKind, openMessage } from '../../src/protocol/message.ts';
import type { TestNetwork } from './test-network.ts';

/**
 * Opens a statement with nothing but the keys that its signer publishes (RFC 7517), as an outsider would.
 * @throws RenkeiError
 */
export async function openPublished<Claims extends CommonClaims>(
  test: TestNetwork,
  kind: MessageKind<Claims>,
  token: string,
  { signer, issuer = signer, audience }: { signer: string; issuer?: string; audience: string },
): Promise<Claims> {
  const { keys } = JwksBody.parse((await test.get(signer, '/.well-known/jwks.json')).json);
  const verifiers = new Map<string, Verifier>();
  for (const { kid, kty, crv, x } of keys) {
    verifiers.set(kid, await verifierOf({ kid, kty, crv, x, use: 'gateway' }));
  }
  const { claims } = await openMessage(kind, token, {
    issuer,
    audience,
    keyOf: (_issuer, kid) => {
      const found = verifiers.get(kid);
      if (!found) throw new Error(`no key ${kid}`);
      return found;
    },
  });
  return claims;
}
