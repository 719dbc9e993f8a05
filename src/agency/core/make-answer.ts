import { numericDate } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { base64url } from '../../protocol/encoding.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { KnownFacts } from '../../protocol/log/shown.ts';
import { signMessage } from '../../protocol/message.ts';
import { type Answer, answer } from '../../protocol/messages/answer.ts';
import { DIRECTION, type Outcome, type RefusalReason } from '../../protocol/outcome.ts';
import { type CopyRecord, plaintextBytes } from '../../protocol/plaintext.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import { oneTimeKey, seal } from '../../protocol/sealing.ts';
import type { Copy } from './copies/ports.ts';
import type { AgencyNode } from './node.ts';
import type { Provision } from './ports.ts';

export interface MadeAnswer {
  readonly message: string;
  readonly sealed?: string | undefined;
  readonly digest: string;
  readonly claims: Answer;
}

type Asked = Omit<Provision, 'answer' | 'sealed'>;
/** What is sent of a copy, or of what was entered by hand. */
type Provided = Pick<Copy, 'layoutVersion' | 'records'>;

/** Seals the copy, if one is given, to the inquirer’s one-time key and signs the answer over its digest. */
export async function signAnswer(
  node: AgencyNode,
  asked: Asked,
  outcome: Outcome,
  copy: Provided | undefined,
  reason?: RefusalReason,
): Promise<MadeAnswer> {
  const sealed = copy && sealCopy(node, asked, copy);
  const claims: Answer = {
    iss: node.code,
    aud: [GATEWAY, asked.subject.inquirer],
    jti: node.newId(),
    iat: numericDate(node.clock.now()),
    exchange: asked.exchange,
    ...asked.subject,
    direction: DIRECTION,
    outcome,
    ...(reason && { reason }),
    ...(sealed && { sealed: sealed.statement }),
  };
  const message = await signMessage(answer, claims, node.signer);
  return { message, sealed: sealed?.bytes, digest: sha256(message), claims };
}

function sealCopy(node: AgencyNode, asked: Asked, copy: Provided) {
  const { inquirer, provider, information } = asked.subject;
  const records: CopyRecord[] = JSON.parse(copy.records);
  const plain = plaintextBytes({
    exchange: asked.exchange,
    inquirer,
    provider,
    direction: DIRECTION,
    information,
    layoutVersion: copy.layoutVersion,
    records,
  });
  const mine = oneTimeKey(node.randomness.bytes(32));
  const bytes = seal(plain, node.randomness.bytes(24), asked.oneTimeKey, mine);
  // This side’s one-time secret is needed for nothing more: without the inquirer’s, nothing opens the bytes.
  mine.secret.fill(0);
  plain.fill(0);
  return {
    bytes: base64url(bytes),
    statement: { digest: sha256(bytes), oneTimeKey: mine.publicKey, bytes: bytes.length },
  };
}

/** What all parties’ records of an answer say. */
export const answerFacts = (asked: Asked, claims: Answer, digest: string): KnownFacts => ({
  kind: 'answered',
  exchange: asked.exchange,
  ...asked.subject,
  requestedAt: asked.permittedAt,
  answeredAt: claims.iat,
  outcome: claims.outcome,
  ...(claims.reason && { reason: claims.reason }),
  statement: digest,
});

/** The provider’s record of its answer (番号法23条2項). */
export const answerRecord = (
  node: AgencyNode,
  asked: Asked,
  { claims, digest }: MadeAnswer,
  nonDisclosable: boolean,
): ProvisionRecord => ({
  ...answerFacts(asked, claims, digest),
  at: node.clock.now(),
  message: claims.jti,
  person: asked.person,
  ...(nonDisclosable && { nonDisclosable }),
});
