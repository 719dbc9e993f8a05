import { z } from 'zod';
import { AgencyCode, Day, Id, IntegratedAddressNumber } from '../identifiers.ts';
import { HoldReason } from '../record.ts';

// Retention and legal holds (番号法施行令29条): what a node takes and answers, and of it what the gateway does too.

/** What a hold is to hold, apart from the person, whom each party names in its own way. */
export const holdTarget = {
  exchange: Id.optional(),
  agency: AgencyCode.optional().describe('The other side of exchanges, or this one'),
  from: Day.optional().describe('First day in Japan'),
  until: Day.optional().describe('Last day in Japan, included'),
};
interface Target {
  readonly exchange?: string | undefined;
  readonly person?: unknown;
  readonly agency?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** What a request for a hold must be besides its form. */
export const isHold = ({ exchange, person, agency, from, until }: Target): boolean =>
  [exchange, person, agency, from, until].some((told) => told !== undefined);
export const NOT_A_HOLD = {
  error: 'exchange, person, agency, from or until: at least one says what is held',
};
export const inOrder = ({ from, until }: Target): boolean => !from || !until || from <= until;
export const NOT_IN_ORDER = { error: 'ends before it begins', path: ['until'] };

/** A hold as it is shown, apart from the person. */
export const HoldFields = z.strictObject({
  id: Id,
  reason: HoldReason,
  ...holdTarget,
  placedBy: z.string(),
  placedAt: z.string(),
  releasedBy: z.string().optional(),
  releasedAt: z.string().optional().describe('Absent: it is in force'),
});

/** A hold as a node shows it. */
export const HoldView = HoldFields.extend({
  integratedAddressNumber: IntegratedAddressNumber.optional().describe(
    'The person; absent also when nobody has the code any more that is held',
  ),
});
export type HoldView = z.infer<typeof HoldView>;

export const PruneRequest = z.strictObject({
  dryRun: z.boolean().default(false).describe('Only tell what would go'),
});

export const PruningView = z.strictObject({
  before: z.string().describe('Records written before this instant are over'),
  pruned: z.int().describe('Records that lost their content; with a dry run, that would'),
  held: z.int().describe('Over, but held'),
  unfinished: z.int().describe('Over, but of exchanges that are not finished'),
  younger: z.int().describe('Over, but of exchanges with records that are not'),
  others: z
    .int()
    .describe('Lines of the operation log, and what else has the same period; not counted dry'),
});
export type PruningView = z.infer<typeof PruningView>;

/** How a party keeps its records, as it says at /v1/status. */
export const KeptView = z.strictObject({
  records: z.strictObject({
    keep: z.string().describe('How long records are kept (ISO 8601)'),
    oldest: z.string().optional().describe('When the oldest with its content was written'),
    holds: z.int().describe('Legal holds in force'),
  }),
  alarms: z.int().describe('About others’ logs, that nobody has dealt with'),
});
export type KeptView = z.infer<typeof KeptView>;

/** What the agency’s address-number system has to keep, and until when the gateway vouched for the time. */
export const HeldPersons = z.strictObject({
  vouchedUntil: z.string().optional(),
  holds: z
    .array(
      z.strictObject({
        integratedAddressNumber: IntegratedAddressNumber.optional(),
        from: Day.optional(),
        until: Day.optional(),
      }),
    )
    .describe('On a person, on days, or on both; those on exchanges and agencies are none of its'),
});

export const retention = {
  heldPersons: { path: '/v1/log/held-persons', responses: { 200: HeldPersons } },
  holds: {
    path: '/v1/log/holds',
    responses: { 200: z.strictObject({ holds: z.array(HoldView) }) },
  },
  hold: {
    path: '/v1/log/holds',
    request: z
      .strictObject({
        reason: HoldReason,
        ...holdTarget,
        integratedAddressNumber: IntegratedAddressNumber.optional(),
      })
      .refine((asked) => isHold({ ...asked, person: asked.integratedAddressNumber }), NOT_A_HOLD)
      .refine(inOrder, NOT_IN_ORDER),
    responses: { 201: HoldView },
  },
  release: {
    path: '/v1/log/holds/{hold}/release',
    request: z.strictObject({}),
    responses: { 200: HoldView },
  },
  prune: { path: '/v1/log/prune', request: PruneRequest, responses: { 200: PruningView } },
} as const;
