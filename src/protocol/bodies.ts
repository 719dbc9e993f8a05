import { z } from 'zod';
import { ShownRecord } from './log/shown.ts';

const Token = z.string().min(1).max(2_097_152);

/** A request or reply that is one signed message. */
export const MessageBody = z.strictObject({ message: Token });

/** What a party shows of its record of the exchange beside a message, where it keeps a log. */
const proof = ShownRecord.optional().describe('The sender’s record of the exchange, proven');

/** A message with the sender’s record of the exchange. */
export const ProvenBody = z.strictObject({ message: Token, proof });
export type ProvenBody = z.infer<typeof ProvenBody>;

/** A statement with the sealed bytes that it signs the digest of (base64url), when there are any. */
export const SealedBody = z.strictObject({ message: Token, sealed: Token.optional(), proof });
export type SealedBody = z.infer<typeof SealedBody>;

/** Answers that were kept for an inquirer. */
export const CollectedBody = z.strictObject({
  deliveries: z.array(SealedBody),
  /** Others wait: acknowledge these and collect again. */
  more: z.boolean(),
});

/** How many entries of a batch were taken. */
export const AcceptedBody = z.strictObject({ accepted: z.int().min(0) });

/** A permission list or the role table by its digest: canonical JSON as text. */
export const DocumentBody = z.strictObject({ document: z.string() });
