import { z } from 'zod';
import { Day, Id, InformationCode } from '../identifiers.ts';
import { copies, Information } from './copies.ts';
import { Flag, limit } from './paging.ts';

/** What an external medium is (外部記録媒体). */
export const MEDIUM_KINDS = ['usb_memory', 'optical_disc', 'tape', 'hard_disk', 'other'] as const;

/** Control number (管理番号) of a medium, as on its label. */
export const MediumNumber = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/)
  .describe('Control number (管理番号): letters, digits, . _ -');

export const MEDIUM_STATES = [
  ...(['in_store', 'requested', 'lent', 'overdue', 'return_reported'] as const),
  ...(['holds_data', 'retired'] as const),
] as const;
export type MediumState = (typeof MEDIUM_STATES)[number];

export const LENDING_STATES = ['requested', 'lent', 'rejected', 'reported', 'returned'] as const;

/** A public key that a file is encrypted to (https://age-encryption.org): X25519, or X25519 with ML-KEM-768. */
export const Recipient = z
  .string()
  .regex(/^age1(pq1)?[02-9ac-hj-np-z]{50,2100}$/)
  .describe('Public key of the age format, age1…; `renkei media key` makes one');

const Words = z.string().trim().min(1).max(500);

export const LendingView = z.strictObject({
  id: Id,
  medium: MediumNumber,
  information: InformationCode.describe('The only kind that may be written'),
  purpose: z.string(),
  until: Day.describe('Last day'),
  state: z.enum(LENDING_STATES),
  overdue: z.boolean().describe('Lent, and its last day is over'),
  requestedBy: z.string(),
  requestedAt: z.string(),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  reason: z.string().optional().describe('Why it was rejected'),
  files: z
    .array(z.strictObject({ at: z.string(), recipients: z.array(z.string()) }))
    .describe('When files were written, and for which public keys'),
  reportedBy: z.string().optional(),
  reportedAt: z.string().optional(),
  erased: z.boolean().optional(),
  note: z.string().optional().describe('What became of the data'),
  acceptedBy: z.string().optional(),
  acceptedAt: z.string().optional(),
});
export type LendingView = z.infer<typeof LendingView>;

export const MediumView = z.strictObject({
  medium: MediumNumber,
  kind: z.enum(MEDIUM_KINDS),
  serial: z.string().optional(),
  state: z.enum(MEDIUM_STATES).describe('holds_data: it came back with data on it'),
  lending: LendingView.optional().describe('Who has it, or has asked for it'),
  registeredBy: z.string(),
  registeredAt: z.string(),
  retiredBy: z.string().optional(),
  retiredAt: z.string().optional(),
  reason: z.string().optional().describe('Why it was retired'),
});
export type MediumView = z.infer<typeof MediumView>;

const { layout, format, encoding, versions } = copies.export.query.shape;
const Nothing = z.strictObject({});
const step = <Path extends string, Request extends z.ZodType>(path: Path, request: Request) =>
  ({
    path: `/v1/media/lendings/{id}/${path}`,
    request,
    responses: { 200: LendingView },
  }) as const;

/** External media: a ledger, lending and return by two people each, and what is written encrypted. */
export const media = {
  list: {
    path: '/v1/media',
    query: z.strictObject({
      retired: Flag.default('false').describe('Those that are in use no longer, instead'),
      after: MediumNumber.optional().describe('The last one of the page before'),
      limit: limit(1000, 100),
    }),
    responses: { 200: z.strictObject({ media: z.array(MediumView), next: z.string().optional() }) },
  },
  register: {
    path: '/v1/media',
    request: z.strictObject({
      medium: MediumNumber,
      kind: z.enum(MEDIUM_KINDS),
      serial: z.string().trim().min(1).max(100).optional().describe('Serial number'),
    }),
    responses: { 201: MediumView },
  },
  retire: {
    path: '/v1/media/{medium}/retire',
    request: z.strictObject({ reason: Words }),
    responses: { 200: MediumView },
  },
  borrow: {
    path: '/v1/media/lendings',
    request: z.strictObject({
      id: Id.optional().describe('Chosen by the caller, so that asking again never asks twice'),
      medium: MediumNumber,
      information: Information.describe('Kind of information, name or code'),
      purpose: Words,
      until: Day.describe('Last day'),
    }),
    responses: { 201: LendingView },
  },
  lendings: {
    path: '/v1/media/lendings',
    query: z.strictObject({
      medium: MediumNumber.optional(),
      state: z
        .enum([...LENDING_STATES, 'open', 'all'])
        .default('open')
        .describe('open: requested, lent or reported'),
      after: Id.optional().describe('The last one of the page before'),
      limit: limit(1000, 100),
    }),
    responses: {
      200: z.strictObject({ lendings: z.array(LendingView), next: Id.optional() }),
    },
  },
  lending: { path: '/v1/media/lendings/{id}', responses: { 200: LendingView } },
  approve: step('approve', Nothing),
  reject: step('reject', z.strictObject({ reason: Words })),
  report: step(
    'return',
    z
      .strictObject({
        erased: z.boolean().describe('Whether the data was erased from it'),
        note: Words.optional().describe('What became of the data; needed when it was not erased'),
      })
      .refine(({ erased, note }) => erased || note !== undefined, {
        path: ['note'],
        error: 'what became of the data',
      }),
  ),
  accept: step('accept', Nothing),
  write: {
    path: '/v1/media/lendings/{id}/files',
    types: ['application/octet-stream'],
    request: z.strictObject({
      recipients: z.array(Recipient).min(1).max(8).describe('Each of them can open the file'),
      layout,
      format,
      encoding,
      versions,
    }),
  },
} as const;
