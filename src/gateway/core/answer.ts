import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson, fromBase64url } from '../../protocol/encoding.ts';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { KnownFacts, Remainder } from '../../protocol/log/shown.ts';
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
  /** The provider’s record says that the person is not to be told (番号法23条2項). */
  readonly nonDisclosable: boolean;
}

/**
 * Accepts what a provider answers in this exchange, and nothing else.
 * @throws RenkeiError provider_unavailable: a provider that answers wrongly has not answered; record_unproven,
 *   log_inconsistent
 */
export async function acceptAnswer(
  gateway: Gateway,
  exchange: Exchange,
  reply: SealedReply,
): Promise<Accepted> {
  const shown = gateway.proofs.take(reply.proof);
  try {
    const { claims, digest, token } = await openMessage(answer, reply.message, {
      audience: GATEWAY,
      issuer: exchange.provider,
      keyOf: (...key) => gateway.agencies.verifier(...key),
    });
    checkAnswer(gateway, exchange, claims, reply.sealed);
    const kept = { exchange: exchange.id, answer: token, sealed: reply.sealed };
    const facts = answerFacts(exchange, claims, digest);
    const record = await shown.proves(exchange.provider, facts);
    return { claims, digest, kept, nonDisclosable: mustNotBeTold(record) };
  } catch (cause) {
    if (!(cause instanceof RenkeiError) || LOG_CODES.has(cause.code)) throw cause;
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

/**
 * Whether the person is not to be told (番号法23条2項). A provider that shows no record has not said that they may be, so
 * they are not.
 */
export const mustNotBeTold = (record: Remainder | undefined): boolean =>
  record === undefined || record.nonDisclosable === true;

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

const LOG_CODES: ReadonlySet<ErrorCode> = new Set(['record_unproven', 'log_inconsistent']);

/** What all parties’ records of an answer say. */
export const answerFacts = (exchange: Exchange, claims: Answer, digest: string): KnownFacts => ({
  kind: 'answered',
  exchange: exchange.id,
  ...subjectOf(exchange),
  requestedAt: exchange.requestedAt,
  answeredAt: claims.iat,
  outcome: claims.outcome,
  ...(claims.reason && { reason: claims.reason }),
  statement: digest,
});

/** The gateway’s record of an answer (番号法23条3項). */
export const answerRecord = (
  gateway: Gateway,
  exchange: Exchange,
  { claims, digest, nonDisclosable }: Accepted,
): ProvisionRecord => ({
  ...answerFacts(exchange, claims, digest),
  at: gateway.clock.now(),
  message: claims.jti,
  person: exchange.person,
  ...(nonDisclosable && { nonDisclosable }),
});
