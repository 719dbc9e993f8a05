import { RenkeiError } from '../../protocol/errors.ts';
import { ALL_AGENCIES, GATEWAY } from '../../protocol/identifiers.ts';
import type { Verifier } from '../../protocol/keys.ts';
import {
  type CommonClaims,
  type Freshness,
  type MessageKind,
  type Opened,
  openMessage,
} from '../../protocol/message.ts';
import type { AgencyNode } from './node.ts';

/** Opens what the gateway signed for this node; `fresh` unless it is a statement that is kept. */
export function fromGateway<Claims extends CommonClaims>(
  node: AgencyNode,
  kind: MessageKind<Claims>,
  token: string,
  audience: string = node.code,
  by?: Freshness['by'],
): Promise<Opened<Claims>> {
  return openMessage(kind, token, {
    audience,
    issuer: GATEWAY,
    keyOf: (_issuer, kid) => gatewayVerifier(node, kid),
    fresh: {
      now: node.clock.now(),
      toleranceSeconds: node.settings.toleranceSeconds,
      ...(by && { by }),
    },
  });
}

/** Opens what the gateway published to all and this node kept, however old it is. */
export function openKept<Claims extends CommonClaims>(
  node: AgencyNode,
  kind: MessageKind<Claims>,
  token: string,
): Promise<Opened<Claims>> {
  return openMessage(kind, token, {
    audience: ALL_AGENCIES,
    issuer: GATEWAY,
    keyOf: (_issuer, kid) => gatewayVerifier(node, kid),
  });
}

export function gatewayVerifier(node: AgencyNode, kid: string): Verifier {
  if (kid === node.gatewayKey.kid) return node.gatewayKey;
  throw new RenkeiError('signature_invalid', {
    ja: '情報提供ネットワークシステムの鍵ではありません',
    en: 'Not the gateway’s key',
  });
}

/** How long a message must be remembered so that it cannot be sent again (ms). */
export const replayHorizon = (node: AgencyNode, claims: CommonClaims): number =>
  ((claims.exp ?? claims.iat) + 2 * node.settings.toleranceSeconds + 1) * 1000;
