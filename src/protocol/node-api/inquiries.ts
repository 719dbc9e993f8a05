import { z } from 'zod';
import {
  AgencyCode,
  Day,
  Digest,
  Id,
  IntegratedAddressNumber,
  ItemNumber,
  NumericDate,
  Period,
} from '../identifiers.ts';
import { NearestItem } from '../nearest-item.ts';
import { RefusalReason } from '../outcome.ts';
import { CopyRecord } from '../plaintext.ts';
import { limit } from './paging.ts';

const Name = z.string().min(1).max(1000);

export const InquiryRequest = z
  .strictObject({
    id: Id.optional().describe('Chosen by the caller, so that asking again never asks twice'),
    integratedAddressNumber: IntegratedAddressNumber,
    item: ItemNumber.optional().describe('Item (項) of the permission list'),
    affair: Name.optional().describe('Affair (事務), name or code'),
    provider: AgencyCode,
    information: Name.describe('Kind of information (特定個人情報), name or code'),
    period: Period.optional(),
    nonDisclosable: z
      .literal(true)
      .optional()
      .describe('The person is not to be told of it (不開示, 番号法23条2項)'),
  })
  .refine(({ item, affair }) => item !== undefined || affair !== undefined, 'item or affair');
export type InquiryRequest = z.infer<typeof InquiryRequest>;

export const INQUIRY_STATES = [
  'requested',
  'approved',
  'declined',
  'asking',
  'permitted',
  'pending',
  'open',
  'denied',
  'lapsed',
  'provided',
  'no_record',
  'refused',
] as const;
const State = z.enum(INQUIRY_STATES);

/** Those that go on: they are answered with 202. */
export const GOES_ON: readonly InquiryView['state'][] = [
  'requested',
  'approved',
  'asking',
  'permitted',
  'pending',
  'open',
];

/** An inquiry as whoever made it, or decides on it, sees it. */
export const InquiryView = z.strictObject({
  id: Id,
  state: State,
  by: z.string().describe('Who made it: a business system or a member of staff'),
  createdAt: z.string(),
  integratedAddressNumber: IntegratedAddressNumber,
  provider: z.string(),
  affair: z.string().optional(),
  item: z.string().optional(),
  list: z.string().optional(),
  information: z.string(),
  period: Period.optional(),
  nonDisclosable: z.literal(true).optional(),
  exchange: Id.optional(),
  code: z.string().optional().describe('Why it was refused or stays open'),
  reason: RefusalReason.optional().describe('Why the provider refused'),
  requestedAt: NumericDate.optional(),
  answeredAt: NumericDate.optional(),
  answer: z
    .strictObject({ layoutVersion: z.string(), records: z.array(CopyRecord) })
    .optional()
    .describe('The opened answer'),
  deleteAt: z.string().optional().describe('When the result is deleted (R-208)'),
  deletedAt: z.string().optional(),
  digest: Digest.optional().describe('Of what would be asked; to be sent with `approve`'),
  approver: z.string().optional().describe('Who approved or declined it (R-301)'),
  decidedAt: z.string().optional(),
  declineReason: z.string().optional(),
  takenOverBy: z.string().optional().describe('Who registered the result by hand (R-304)'),
  takenOverAt: z.string().optional(),
  confirmedBy: z.string().optional(),
  confirmedAt: z.string().optional(),
});
export type InquiryView = z.infer<typeof InquiryView>;

/** What a problem document says of a denial besides its code: as the gateway signed it. */
export const DenialDetails = z.looseObject({
  inquiry: Id,
  exchange: Id.optional(),
  reasons: z.array(z.string()).describe('Codes of every condition that failed'),
  nearest: z.array(NearestItem).describe('The nearest that the list allows'),
  ground: z.string().describe('Law number and provision'),
});
export type DenialDetails = z.infer<typeof DenialDetails>;

/** `next` of a list of inquiries: when and which. */
export const INQUIRY_CURSOR = /^([0-9]{1,15})\.([A-Za-z0-9_-]{22})$/;

const Query = z.strictObject({
  state: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(State).max(INQUIRY_STATES.length))
    .optional()
    .describe('One or several, with commas'),
  by: z.string().min(1).max(64).optional().describe('Who made it; oneself unless one may approve'),
  person: IntegratedAddressNumber.optional(),
  provider: AgencyCode.optional(),
  since: z
    .union([Day, z.iso.datetime({ offset: true })])
    .optional()
    .describe('A day in Japan, or an instant'),
  unconfirmed: z.enum(['true', 'false']).optional().describe('Taken over by hand, not confirmed'),
  after: z.string().regex(INQUIRY_CURSOR).optional().describe('`next` of the page before'),
  limit: limit(500, 50),
});

const VIEWS = { 200: InquiryView, 202: InquiryView };
const Nothing = z.strictObject({});

/** By business systems, and by staff at terminals. */
export const inquiries = {
  ask: { path: '/v1/inquiries', request: InquiryRequest, responses: VIEWS },
  list: {
    path: '/v1/inquiries',
    query: Query,
    responses: {
      200: z.strictObject({ inquiries: z.array(InquiryView), next: z.string().optional() }),
    },
  },
  show: { path: '/v1/inquiries/{id}', responses: { 200: InquiryView } },
  approve: {
    path: '/v1/inquiries/{id}/approve',
    request: z.strictObject({
      digest: Digest.describe('As shown by GET: only what was seen is approved'),
    }),
    responses: VIEWS,
  },
  decline: {
    path: '/v1/inquiries/{id}/decline',
    request: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    responses: VIEWS,
  },
  takenOver: { path: '/v1/inquiries/{id}/taken-over', request: Nothing, responses: VIEWS },
  confirm: { path: '/v1/inquiries/{id}/confirm', request: Nothing, responses: VIEWS },
} as const;
