import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson, fromBase64url } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { type Opened, openMessage } from '../../protocol/message.ts';
import { type Answer, answer, type Outcome } from '../../protocol/messages/answer.ts';
import { subjectOf } from '../../protocol/messages/permit.ts';
import { openAnswer } from '../../protocol/plaintext.ts';
import { sealedMismatch } from '../../protocol/sealing.ts';
import type { AgencyNode } from './node.ts';
import { personOf } from './obtain-permit.ts';
import type { Inquiry, InquiryState, SealedReply } from './ports.ts';
import { currentDirectory, refreshDirectory, tolerate } from './refresh-directory.ts';

/**
 * Verifies a provider’s answer, opens it, erases the one-time secret and keeps the result: all of it in one
 * transaction with the record, or nothing.
 * @throws RenkeiError signature_invalid, permit_mismatch
 */
export async function takeAnswer(
  node: AgencyNode,
  inquiry: Inquiry,
  reply: SealedReply,
): Promise<Inquiry> {
  const opened = await verified(node, inquiry, reply);
  const { claims, digest } = opened;
  const result = claims.outcome === 'provided' ? unseal(inquiry, claims, reply.sealed) : undefined;
  const ended = claims.outcome !== 'pending';
  const change = {
    state: claims.outcome,
    answeredAt: claims.iat,
    answerDigest: digest,
    code: claims.outcome === 'refused' ? 'refused_by_provider' : undefined,
    ...(claims.reason && { reason: claims.reason }),
    ...(ended && {
      secret: undefined,
      deleteAt: node.clock.now() + node.settings.resultKeepSeconds * 1000,
    }),
    ...(result !== undefined && { result }),
  } as const;
  const taken = await node.store.transact((tx) => {
    // The same answer may arrive twice at once: as a reply, as a delivery, with what was kept.
    const now = tx.inquiry(inquiry.id);
    if (now?.exchange !== claims.exchange) throw new RenkeiError('permit_mismatch');
    if (!awaits(now.state, claims.outcome)) return undefined;
    tx.changeInquiry(inquiry.id, change);
    tx.record({
      kind: 'answered',
      at: node.clock.now(),
      exchange: claims.exchange,
      message: claims.jti,
      ...subjectOf(claims),
      ...(inquiry.requestedAt !== undefined && { requestedAt: inquiry.requestedAt }),
      answeredAt: claims.iat,
      outcome: claims.outcome,
      ...(claims.reason && { reason: claims.reason }),
      statement: digest,
      ...personOf(node, inquiry),
    });
    return { ...inquiry, ...change };
  });
  if (ended) inquiry.secret?.fill(0);
  if (!taken) return node.store.read.inquiry(inquiry.id) ?? inquiry;
  node.observe({
    kind: claims.outcome === 'provided' ? 'opened' : 'result',
    from: claims.iss,
    to: node.code,
    ids: [inquiry.id, claims.exchange],
    outcome: claims.outcome,
  });
  return taken;
}

/** An answer is taken once, and `pending` never takes the place of an end that came before it. */
const awaits = (state: InquiryState, outcome: Outcome): boolean =>
  state === 'permitted' || state === 'open' || (state === 'pending' && outcome !== 'pending');

/** The provider’s own signature counts: the gateway only carries it. */
async function verified(
  node: AgencyNode,
  inquiry: Inquiry,
  reply: SealedReply,
): Promise<Opened<Answer>> {
  // Keys count as long as the directory does: a withdrawn one passes no longer than that.
  await currentDirectory(node, inquiry.provider);
  const check = () =>
    openMessage(answer, reply.message, {
      audience: node.code,
      issuer: inquiry.provider,
      keyOf: (issuer, kid) => node.directory.verifier(issuer, kid),
    });
  const opened = await check().catch(async (error: unknown) => {
    // A key that is not in this copy of the directory may be new.
    if (!(error instanceof RenkeiError)) throw error;
    await refreshDirectory(node).catch(tolerate);
    return await check();
  });
  const { claims } = opened;
  const latest = node.clock.now() / 1000 + node.settings.toleranceSeconds;
  if (claims.iat > latest) throw new RenkeiError('clock_skew');
  if (
    claims.exchange !== inquiry.exchange ||
    !inquiry.subject ||
    canonicalJson(subjectOf(claims)) !== canonicalJson(inquiry.subject)
  ) {
    throw new RenkeiError('permit_mismatch');
  }
  return opened;
}

function unseal(inquiry: Inquiry, claims: Answer, sealed: string | undefined): string {
  const { secret, subject, exchange = '' } = inquiry;
  if (!secret || !subject || !claims.sealed || sealed === undefined) throw sealedMismatch();
  const bytes = fromBase64url(sealed);
  if (sha256(bytes) !== claims.sealed.digest) throw sealedMismatch();
  const keys = { theirs: claims.sealed.oneTimeKey, mine: secret };
  const { layoutVersion, records } = openAnswer(bytes, keys, exchange, subject);
  return JSON.stringify({ layoutVersion, records });
}
