import { numericDate } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY, REGISTRY } from '../../protocol/identifiers.ts';
import type { Signer, Verifier } from '../../protocol/keys.ts';
import { openMessage, signMessage } from '../../protocol/message.ts';
import { codeRequest } from '../../protocol/messages/code-request.ts';
import { residentCodes } from '../../protocol/messages/resident-codes.ts';
import type { Clock, Observe } from '../../service/ports.ts';
import type { CardStore, MakeCard } from './ports.ts';

/** The resident registry stand-in (住民基本台帳ネットワーク): resident codes behind individual numbers. */
export interface Registry {
  readonly residentCodeOf: (individualNumber: string) => string | undefined;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly signer: Signer;
  /** Keys of the agencies’ address-number systems. @throws RenkeiError agency_unknown, signature_invalid */
  readonly keyOf: (agency: string, kid: string) => Verifier;
  /** Remembers (issuer, id). @throws RenkeiError message_replayed */
  readonly claim: (issuer: string, id: string) => void;
  readonly sendToGateway: (message: string) => Promise<number>;
  /** Tells the gateway who holds a card. */
  readonly sendHolder: (message: string) => Promise<void>;
  readonly cards: {
    readonly make: MakeCard;
    /** What became of them. */
    readonly store: CardStore;
  };
  readonly toleranceSeconds: number;
  readonly observe: Observe;
}

/**
 * Adds each person’s resident code to the acquisition number and passes it on to the gateway (番号法21条の2).
 * Nothing of the request is kept.
 * @returns how many codes the agency’s node was sent
 * @throws RenkeiError not_found when one of the persons is nobody: then none is passed on
 */
export async function requestCodes(registry: Registry, token: string): Promise<number> {
  const { claims } = await openMessage(codeRequest, token, {
    audience: REGISTRY,
    keyOf: registry.keyOf,
    fresh: { now: registry.clock.now(), toleranceSeconds: registry.toleranceSeconds },
  });
  const entries = claims.entries.map(({ acquisition, individualNumber }, index) => {
    const residentCode = registry.residentCodeOf(individualNumber);
    if (residentCode === undefined) throw nobody(index);
    return { acquisition, residentCode };
  });
  registry.claim(claims.iss, claims.jti);
  const message = await signMessage(
    residentCodes,
    {
      iss: REGISTRY,
      aud: GATEWAY,
      jti: registry.newId(),
      iat: numericDate(registry.clock.now()),
      agency: claims.iss,
      entries,
    },
    registry.signer,
  );
  registry.observe({
    kind: 'resident-codes',
    from: REGISTRY,
    to: GATEWAY,
    ids: [claims.jti],
    facts: { codes: entries.length },
  });
  return await registry.sendToGateway(message);
}

/** Names the place in the request, never the number. */
const nobody = (index: number): RenkeiError =>
  new RenkeiError('not_found', {
    ja: `${index + 1} 番目の個人番号の住民はいません`,
    en: `No resident has the individual number of entry ${index + 1}`,
  });
