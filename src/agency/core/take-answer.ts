import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson, fromBase64url, utf8 } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { KnownFacts } from '../../protocol/log/shown.ts';
import { type Opened, openMessage } from '../../protocol/message.ts';
import { type Answer, answer } from '../../protocol/messages/answer.ts';
import { subjectOf } from '../../protocol/messages/permit.ts';
import { openAnswer } from '../../protocol/open-answer.ts';
import type { Outcome } from '../../protocol/outcome.ts';
import { sealedMismatch } from '../../protocol/sealing.ts';
import { openAtRest, sealAtRest } from './at-rest.ts';
import type { AgencyNode } from './node.ts';
import { notToBeTold, personOf } from './obtain-permit.ts';
import type { Inquiry, InquiryState, SealedReply } from './ports.ts';
import { currentDirectory, refreshDirectory, tolerate } from './refresh-directory.ts';

/**
 * Verifies a provider’s answer, opens it, erases the one-time secret and keeps the result: all of it in one
 * transaction with the record, or nothing.
 * @throws RenkeiError signature_invalid, permit_mismatch, record_unproven, log_inconsistent
 */
export async function takeAnswer(
  node: AgencyNode,
  inquiry: Inquiry,
  reply: SealedReply,
): Promise<Inquiry> {
  const shown = node.proofs.take(reply.proof);
  const opened = await verified(node, inquiry, reply);
  const { claims, digest } = opened;
  const facts = answeredFacts(inquiry, opened);
  const gateways = await shown.proves(GATEWAY, facts);
  const result =
    claims.outcome === 'provided' ? unseal(node, inquiry, claims, reply.sealed) : undefined;
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
      ...facts,
      at: node.clock.now(),
      message: claims.jti,
      ...personOf(node, inquiry),
      // The inquirer’s record says so as well (番号法23条2項).
      ...(gateways?.nonDisclosable && { nonDisclosable: true }),
      ...notToBeTold(inquiry),
    });
    return { ...inquiry, ...change };
  });
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

/** What all parties’ records of an answer say. */
const answeredFacts = (inquiry: Inquiry, { claims, digest }: Opened<Answer>): KnownFacts => ({
  kind: 'answered',
  exchange: claims.exchange,
  ...subjectOf(claims),
  ...(inquiry.requestedAt !== undefined && { requestedAt: inquiry.requestedAt }),
  answeredAt: claims.iat,
  outcome: claims.outcome,
  ...(claims.reason && { reason: claims.reason }),
  statement: digest,
});

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
      keyOf: (...key) => node.directory.verifier(...key),
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

/** Opens the answer and seals it again for this node’s storage: nothing readable lies there. */
function unseal(
  node: AgencyNode,
  inquiry: Inquiry,
  claims: Answer,
  sealed: string | undefined,
): Uint8Array {
  const { id, secret, subject, exchange = '' } = inquiry;
  if (!secret || !subject || !claims.sealed || sealed === undefined) throw sealedMismatch();
  const bytes = fromBase64url(sealed);
  if (sha256(bytes) !== claims.sealed.digest) throw sealedMismatch();
  const mine = openAtRest(node, 'secret', id, secret);
  try {
    const keys = { theirs: claims.sealed.oneTimeKey, mine };
    const { layoutVersion, records } = openAnswer(bytes, keys, exchange, subject);
    return sealAtRest(node, 'result', id, utf8(JSON.stringify({ layoutVersion, records })));
  } finally {
    mine.fill(0);
  }
}
