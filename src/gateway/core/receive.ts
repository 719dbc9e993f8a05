import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import {
  type CommonClaims,
  type MessageKind,
  type Opened,
  openMessage,
} from '../../protocol/message.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayTx } from './ports.ts';

/** Opens a message to the gateway. @throws RenkeiError as openMessage, and agency_suspended */
export function receive<Claims extends CommonClaims>(
  gateway: Gateway,
  kind: MessageKind<Claims>,
  token: string,
): Promise<Opened<Claims>> {
  return openMessage(kind, token, {
    audience: GATEWAY,
    keyOf: (...key) => gateway.agencies.verifier(...key),
    fresh: {
      now: gateway.clock.now(),
      toleranceSeconds: gateway.settings.toleranceSeconds,
    },
  });
}

/** How long a message must be remembered so that it cannot be sent again (ms). */
export const replayHorizon = (gateway: Gateway, claims: CommonClaims): number =>
  ((claims.exp ?? claims.iat) + 2 * gateway.settings.toleranceSeconds + 1) * 1000;

/**
 * Carries out a verified message; if it is refused, the refusal is recorded before it is answered
 * (番号法23条3項 names requests, not only those that succeed).
 */
export async function orRecordRefusal<Result>(
  gateway: Gateway,
  { claims }: Opened<CommonClaims>,
  about: Partial<ProvisionRecord>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RenkeiError && error.code !== 'storage_full') {
      await gateway.store.transact((tx) => {
        claimRefused(gateway, tx, claims);
        tx.record({
          kind: 'message_refused',
          at: gateway.clock.now(),
          message: claims.jti,
          code: error.code,
          ...about,
        });
      });
      gateway.observe({
        kind: 'refusal',
        from: GATEWAY,
        to: claims.iss,
        ids: [claims.jti, ...(about.exchange ? [about.exchange] : [])],
        outcome: error.code,
      });
    }
    throw error;
  }
}

/** What was refused once is not accepted later, whatever has changed meanwhile. */
function claimRefused(gateway: Gateway, tx: GatewayTx, claims: CommonClaims): void {
  try {
    tx.claim(claims.iss, claims.jti, replayHorizon(gateway, claims));
  } catch (error) {
    if (!(error instanceof RenkeiError)) throw error;
  }
}
