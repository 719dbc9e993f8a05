import { z } from 'zod';
import { isErrorCode } from './errors.ts';
import {
  AffairCode,
  AgencyCode,
  Day,
  Digest,
  GATEWAY,
  Id,
  IdentificationCode,
  InformationCode,
  ItemNumber,
  ListId,
  NumericDate,
  Period,
} from './identifiers.ts';
import { KeepPeriod } from './log/keep-period.ts';
import { Outcome, RefusalReason } from './outcome.ts';

/**
 * What happened, as each party keeps it (番号法23条1項・2項: who asked, who provided, when it was asked and
 * when provided, which information; 3項: the gateway keeps the same).
 */
export const RecordKind = z.enum([
  'permitted',
  'denied',
  'answered',
  'unanswered',
  'content_shown',
  'reviewed',
  'returned',
  'approved',
  'declined',
  'review_lapsed',
  'delivered',
  'result_deleted',
  'corrected',
  'correction_requested',
  'correction_declined',
  'disclosed',
  'message_refused',
  'lists_changed',
  'directory_changed',
  'keys_changed',
  'alarm',
  'log_trusted',
  'pruned',
  'hold_placed',
  'hold_released',
]);
export type RecordKind = z.infer<typeof RecordKind>;

const Code = z.string().refine(isErrorCode);

/** Why records are held beyond their time. No free text: a record has none. */
export const HoldReason = z.enum([
  'litigation',
  'disclosure',
  'correction',
  'investigation',
  'audit',
  'incident',
  'other',
]);
export type HoldReason = z.infer<typeof HoldReason>;

/** A hold, as its record tells of it. The person, if it is about one, stands in `person`. */
const Hold = z.strictObject({
  id: Id,
  reason: HoldReason,
  exchange: Id.optional(),
  agency: AgencyCode.optional(),
  /** Days in Japan, both included. */
  from: Day.optional(),
  until: Day.optional(),
});

/** What of the log lost its content, whose leaves stay: `count` records from index `from` up to, not including, `to`. */
const Pruned = z.strictObject({
  from: z.int().min(0),
  to: z.int().min(1),
  count: z.int().min(1),
  /** All of them were written before this instant (ms), at which their time was over. */
  before: z.int(),
  keep: KeepPeriod,
});
export type Pruned = z.infer<typeof Pruned>;

/**
 * One entry of a party's records. It holds no content, no individual number, no other agency's code: no
 * field takes free text.
 */
export const ProvisionRecord = z.strictObject({
  kind: RecordKind,
  /** When this party wrote it: milliseconds since the epoch by its clock. */
  at: z.int().min(0),
  exchange: Id.optional(),
  /** The message that caused it (`jti`). */
  message: Id.optional(),
  inquirer: AgencyCode.optional(),
  provider: AgencyCode.optional(),
  affair: AffairCode.optional(),
  item: ItemNumber.optional(),
  list: ListId.nullable().optional(),
  information: InformationCode.optional(),
  period: Period.optional(),
  /** When provision was asked for (the permit’s or denial’s `iat`) and when it was answered. */
  requestedAt: NumericDate.optional(),
  answeredAt: NumericDate.optional(),
  outcome: Outcome.optional(),
  reason: RefusalReason.optional(),
  /** The error code of a refusal, and all reasons of a denial. */
  code: Code.optional(),
  reasons: z.array(Code).optional(),
  /** Digest of the signed statement that says the same. */
  statement: Digest.optional(),
  /** The statement of the record that this one corrects; what it says instead stands in its own fields. */
  corrects: Digest.optional(),
  /** The person by this party’s own code; at the gateway by its keyed digest. */
  person: z.union([IdentificationCode, Digest]).optional(),
  /** Whose log an alarm is about. */
  log: z.union([AgencyCode, z.literal(GATEWAY)]).optional(),
  /** Withheld when the person asks for disclosure (番号法23条2項). */
  nonDisclosable: z.boolean().optional(),
  pruned: Pruned.optional(),
  hold: Hold.optional(),
  /** The member of staff who acted, by log-in name. */
  staff: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/)
    .optional(),
});
export type ProvisionRecord = z.infer<typeof ProvisionRecord>;

const SHARED = [
  'exchange',
  'inquirer',
  'provider',
  'affair',
  'item',
  'list',
  'information',
  'period',
  'requestedAt',
  'answeredAt',
  'outcome',
  'reason',
  'statement',
  'corrects',
] as const satisfies readonly (keyof ProvisionRecord)[];

/** The part of a record in which all parties to an exchange must agree, to the byte. */
export const sharedFacts = (record: ProvisionRecord) =>
  Object.fromEntries(
    SHARED.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])),
  );
