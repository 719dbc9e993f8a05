import { z } from 'zod';
import { Digest, Id, IdentificationCode } from '../identifiers.ts';
import type { ProvisionRecord } from '../record.ts';
import { HASH_BYTES } from './hash.ts';
import { LogInvalid } from './log-invalid.ts';

/** Hashes one after the other, base64url: at most 64 of them. */
const Hashes = z.string().max(2731);

/**
 * What of a record its receiver can’t know: the rest of it the receiver fills in by itself, so that what is
 * proven is a record of this exchange and no other.
 */
const Remainder = z.strictObject({
  at: z.int().min(0),
  message: Id.optional(),
  statement: Digest.optional(),
  person: z.union([IdentificationCode, Digest]).optional(),
  nonDisclosable: z.boolean().optional(),
  staff: z.string().max(64).optional(),
});
export type Remainder = z.infer<typeof Remainder>;

/**
 * What a party shows beside a message (番号法23条: the other side’s record of the exchange): that its record
 * is in its log under this checkpoint, and that the log only grew since the checkpoint that it showed before.
 */
export const ShownRecord = z.strictObject({
  record: Remainder,
  index: z.int().min(0),
  /** The inclusion proof. */
  path: Hashes,
  /** C2SP tlog-checkpoint, signed by the log. */
  checkpoint: z.string().max(2048),
  /** The size that `consistency` starts from. */
  from: z.int().min(0),
  consistency: Hashes,
  /** The sender’s cosignature on the receiver’s own log at this size (C2SP tlog-cosignature). */
  cosigned: z.strictObject({ size: z.int().min(0), signature: z.string().max(512) }).optional(),
});
export type ShownRecord = z.infer<typeof ShownRecord>;

/** What of its record a party tells. */
export function remainderOf(record: ProvisionRecord): Remainder {
  const { at, message, statement, person, nonDisclosable, staff } = record;
  return {
    at,
    ...(message !== undefined && { message }),
    ...(statement !== undefined && { statement }),
    ...(person !== undefined && { person }),
    ...(nonDisclosable !== undefined && { nonDisclosable }),
    ...(staff !== undefined && { staff }),
  };
}

/** What a receiver knows of the other side’s record. */
export type KnownFacts = Omit<ProvisionRecord, keyof Remainder> &
  Pick<ProvisionRecord, 'statement'>;

export const hashesText = (hashes: readonly Uint8Array[]): string =>
  Buffer.concat(hashes).toString('base64url');

/** The hashes of a text, of which there is one spelling. @throws LogInvalid inclusion, consistency */
export function hashesOf(text: string, kind: 'inclusion' | 'consistency'): Uint8Array[] {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length % HASH_BYTES !== 0 || bytes.toString('base64url') !== text) {
    throw new LogInvalid(kind);
  }
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}
