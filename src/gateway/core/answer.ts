import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson, fromBase64url } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { openMessage } from '../../protocol/message.ts';
import { type Answer, answer } from '../../protocol/messages/answer.ts';
import { subjectOf } from '../../protocol/messages/permit.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Gateway } from './gateway.ts';
import type { Exchange, KeptAnswer, SealedReply } from './ports.ts';

/** An answer that belongs to its exchange and whose sealed bytes are the signed ones. */
export interface Accepted {
  readonly claims: Answer;
  readonly digest: string;
  readonly kept: KeptAnswer;
  readonly reply: SealedReply;
}

/**
 * Accepts what a provider answers in this exchange, and nothing else.
 * @throws RenkeiError provider_unavailable: a provider that answers wrongly has not answered
 */
export async function acceptAnswer(
  gateway: Gateway,
  exchange: Exchange,
  reply: SealedReply,
): Promise<Accepted> {
  try {
    const { claims, digest, token } = await openMessage(answer, reply.message, {
      audience: GATEWAY,
      issuer: exchange.provider,
      keyOf: (issuer, kid) => gateway.agencies.verifier(issuer, kid),
    });
    checkAnswer(gateway, exchange, claims, reply.sealed);
    const kept = { exchange: exchange.id, answer: token, sealed: reply.sealed };
    return { claims, digest, kept, reply };
  } catch (cause) {
    if (!(cause instanceof RenkeiError)) throw cause;
    throw new RenkeiError(
      'provider_unavailable',
      {
        ja: `情報提供者の回答を受け付けられません (${cause.code})`,
        en: `The provider’s answer cannot be accepted (${cause.code})`,
      },
      { cause },
    );
  }
}

/** @throws RenkeiError permit_mismatch unless the statement and the bytes are those of this exchange */
export function checkAnswer(
  { clock, settings: { toleranceSeconds } }: Gateway,
  exchange: Exchange,
  claims: Answer,
  sealed: string | undefined,
): void {
  const same =
    claims.exchange === exchange.id &&
    claims.iss === exchange.provider &&
    canonicalJson(subjectOf(claims)) === canonicalJson(subjectOf(exchange));
  // Nobody answers before they are asked; a second is lost to rounding on either side.
  const early = claims.iat + 1 + toleranceSeconds < exchange.requestedAt;
  if (early || claims.iat > clock.now() / 1000 + toleranceSeconds)
    throw new RenkeiError('clock_skew');
  const bytes = sealed === undefined ? undefined : fromBase64url(sealed);
  const digest = bytes && sha256(bytes);
  if (!same || digest !== claims.sealed?.digest || bytes?.length !== claims.sealed?.bytes) {
    throw new RenkeiError('permit_mismatch');
  }
}

/** The gateway’s record of an answer (番号法23条3項). */
export const answerRecord = (
  gateway: Gateway,
  exchange: Exchange,
  { claims, digest }: Accepted,
): ProvisionRecord => ({
  kind: 'answered',
  at: gateway.clock.now(),
  exchange: exchange.id,
  message: claims.jti,
  ...subjectOf(exchange),
  requestedAt: exchange.requestedAt,
  answeredAt: claims.iat,
  outcome: claims.outcome,
  ...(claims.reason && { reason: claims.reason }),
  statement: digest,
  person: exchange.person,
});
