import { japaneseDay } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { KnownFacts } from '../../protocol/log/shown.ts';
import type { Opened } from '../../protocol/message.ts';
import { subjectOf } from '../../protocol/messages/permit.ts';
import { type ProvideRequest, provideRequest } from '../../protocol/messages/provide-request.ts';
import { decide } from '../../protocol/permission/decide.ts';
import { holderOf } from '../../protocol/permission/roles.ts';
import type { Copy } from './copies/ports.ts';
import { copyWithin } from './copy-within.ts';
import { sendable } from './keys/sign-again.ts';
import { answerRecord, signAnswer } from './make-answer.ts';
import type { AgencyNode } from './node.ts';
import type { Proven, SealedReply } from './ports.ts';
import { fromGateway, replayHorizon } from './receive.ts';
import { currentDirectory } from './refresh-directory.ts';
import { currentLists } from './refresh-lists.ts';
import { reviewFor } from './reviews/open-review.ts';
import type { Review } from './reviews/ports.ts';
import { today } from './today.ts';

/**
 * Answers a request for provision: the permit is verified, this node’s own copy of the list is asked
 * again, and the copy is sealed to the inquirer’s one-time key, or waits for two people; so does
 * what only paper holds.
 * Asked again in the same exchange, it answers the same bytes.
 * @throws RenkeiError permit_*, list_copy_*, record_unproven, log_inconsistent, message_replayed,
 *   signature_invalid, message_malformed
 */
export async function answerRequest(node: AgencyNode, body: Proven): Promise<SealedReply> {
  const shown = node.proofs.take(body.proof);
  // `exp` is the permit’s, and judged below: what was answered in time is answered again after it.
  const opened = await fromGateway(node, provideRequest, body.message, node.code, 'iat');
  const { claims } = opened;
  const known = node.store.read.provision(claims.exchange);
  if (known) {
    await node.store.transact((tx) =>
      tx.claim(claims.iss, claims.jti, replayHorizon(node, claims)),
    );
    return await withProof(node, claims.exchange, await sendable(node, known));
  }
  await permittedHere(node, claims)
    .then(() => shown.proves(GATEWAY, permittedFacts(claims)))
    .catch((error) => recordRefusal(node, claims, error));
  const person = node.store.read.personOf(claims.person);
  const held = person ? node.store.read.copy(person, claims.information, today(node)) : undefined;
  const copy = copyWithin(held, claims.period);
  const review = reviewFor(node, claims, person, held, copy);
  // Of the copy as it is held, also where nothing of it lies in the period.
  const reply = await answerOnce(node, opened, copy, review, held?.nonDisclosable === true);
  node.observe({
    kind: 'answer',
    from: node.code,
    to: GATEWAY,
    ids: [claims.exchange],
    outcome: reply.outcome,
    facts: reply.facts,
  });
  return await withProof(node, claims.exchange, reply.reply);
}

/** What the gateway’s record of the permit says, but for the permit, which a provider never sees. */
const permittedFacts = (claims: ProvideRequest): KnownFacts => ({
  kind: 'permitted',
  exchange: claims.exchange,
  ...subjectOf(claims),
  requestedAt: claims.permittedAt,
});

/** An answer with this node’s record of it. */
export async function withProof(
  node: AgencyNode,
  exchange: string,
  { message, sealed }: Pick<SealedReply, 'message' | 'sealed'>,
): Promise<SealedReply> {
  const proof = await node.proofs.show(GATEWAY, { exchange, statement: sha256(message) });
  return { message, sealed, proof };
}

/** Seconds; the longest lifetime that a permit can be given. */
const LONGEST_PERMIT = 3600;

/** The permit’s own time and parties, then the list by this node’s own copies of it and of the directory. */
async function permittedHere(node: AgencyNode, claims: ProvideRequest): Promise<void> {
  const now = node.clock.now() / 1000;
  // The day by which the list is asked is the permit’s own, and a permit is short: no choosing of another law.
  const days = claims.permittedAt !== claims.nbf || claims.exp - claims.nbf > LONGEST_PERMIT;
  if (days || claims.provider !== node.code || claims.route.to !== claims.inquirer) {
    throw new RenkeiError('permit_mismatch');
  }
  if (now + node.settings.toleranceSeconds < claims.nbf)
    throw new RenkeiError('permit_not_yet_valid');
  if (now >= claims.exp) throw new RenkeiError('permit_expired');
  const permission = await currentLists(node);
  await currentDirectory(node, claims.inquirer);
  if (node.directory.find(claims.inquirer)?.suspended) throw new RenkeiError('agency_suspended');
  const rolesOf = (code: string) => node.directory.find(code)?.roles ?? [];
  const decision = decide(permission, japaneseDay(claims.permittedAt * 1000), {
    inquirer: holderOf(permission, rolesOf(claims.inquirer)),
    provider: holderOf(permission, rolesOf(node.code)),
    item: claims.item,
    affair: claims.affair,
    information: claims.information,
  });
  if (decision.decision === 'deny' || decision.list !== claims.list) {
    throw new RenkeiError('list_copy_disagrees');
  }
}

async function answerOnce(
  node: AgencyNode,
  { claims }: Opened<ProvideRequest>,
  copy: Copy | undefined,
  review: Review | undefined,
  nonDisclosable: boolean,
) {
  const subject = subjectOf(claims);
  const provision = {
    exchange: claims.exchange,
    subject,
    person: claims.person,
    oneTimeKey: claims.oneTimeKey,
    permittedAt: claims.permittedAt,
  };
  const outcome = review ? 'pending' : copy ? 'provided' : 'no_record';
  const made = await signAnswer(node, provision, outcome, review ? undefined : copy);
  const reply = await node.store.transact((tx) => {
    tx.claim(claims.iss, claims.jti, replayHorizon(node, claims));
    // The same exchange may have been asked twice at once: one effect, one answer.
    const raced = tx.provision(claims.exchange);
    if (raced) return { message: raced.answer, sealed: raced.sealed };
    tx.addProvision({ ...provision, answer: made.message, sealed: made.sealed });
    tx.record(answerRecord(node, provision, made, nonDisclosable));
    if (review) tx.addReview(review);
    return { message: made.message, sealed: made.sealed };
  });
  const { sealed } = made.claims;
  return {
    reply,
    outcome,
    facts: sealed ? { sealedBytes: sealed.bytes, sealedDigest: sealed.digest } : {},
  };
}

/** What the gateway asked for and this node refused to look into is on record here as well. */
async function recordRefusal(
  node: AgencyNode,
  claims: ProvideRequest,
  error: unknown,
): Promise<never> {
  if (error instanceof RenkeiError) {
    await node.store.transact((tx) =>
      tx.record({
        kind: 'message_refused',
        at: node.clock.now(),
        exchange: claims.exchange,
        message: claims.jti,
        ...subjectOf(claims),
        requestedAt: claims.permittedAt,
        code: error.code,
        person: claims.person,
      }),
    );
  }
  throw error;
}
