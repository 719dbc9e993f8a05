import { z } from 'zod';
import { Day, InformationCode, IntegratedAddressNumber } from '../identifiers.ts';
import { CopyRecord } from '../plaintext.ts';
import { Encoding } from './files.ts';
import { limit } from './paging.ts';

/** A kind of information by its code, or by its name as the permission list has it. */
export const Information = z.string().min(1).max(1000);

/** Which version of a copy, and its flags: no content. */
export const VersionView = z.strictObject({
  integratedAddressNumber: IntegratedAddressNumber,
  information: InformationCode,
  published: Day.describe('First day on which it counts; 0001-01-01: always did'),
  ended: Day.optional().describe('First day on which it counts no longer'),
  inForce: z.boolean().describe('Whether it is what would be provided today'),
  layoutVersion: z.string(),
  autoResponseDisabled: z.boolean().describe('自動応答不可'),
  nonDisclosable: z.boolean().describe('不開示'),
  rows: z.int(),
});
export type VersionView = z.infer<typeof VersionView>;

export const CopyView = VersionView.extend({ records: z.array(CopyRecord) });
export type CopyView = z.infer<typeof CopyView>;

/** `next` of a list of copies: kind, person and version. */
export const COPY_CURSOR = /^(TM[0-9]{14})\.([0-9]{15})\.([0-9]{4}-[0-9]{2}-[0-9]{2})$/;

const LinkedCopy = z.strictObject({
  integratedAddressNumber: IntegratedAddressNumber,
  information: InformationCode,
  layoutVersion: z.string().min(1).max(64),
  published: Day.optional().describe('First day on which it counts; always, if left out'),
  ended: Day.optional().describe('First day on which it counts no longer'),
  records: z.array(CopyRecord).min(1).max(10_000),
  autoResponseDisabled: z.boolean().optional().describe('As it was, if left out; so is the next'),
  nonDisclosable: z.boolean().optional(),
});

/** Copies on screen and as a file, and from the address-number system. */
export const copies = {
  list: {
    path: '/v1/copies',
    query: z.strictObject({
      person: IntegratedAddressNumber.optional(),
      information: Information.optional().describe('Kind of information, name or code'),
      after: z.string().regex(COPY_CURSOR).optional().describe('`next` of the page before'),
      limit: limit(1000, 100),
    }),
    responses: {
      200: z.strictObject({ copies: z.array(VersionView), next: z.string().optional() }),
    },
  },
  show: {
    path: '/v1/copies/{person}/{information}',
    query: z.strictObject({
      published: Day.optional().describe('Which version; left out: the one in force today'),
    }),
    responses: {
      200: z.strictObject({ copy: CopyView.optional(), versions: z.array(VersionView) }),
    },
  },
  export: {
    path: '/v1/copies/export',
    types: ['text/csv', 'application/jsonl'],
    query: z.strictObject({
      information: Information.describe('Kind of information, name or code'),
      layout: z
        .string()
        .min(1)
        .max(64)
        .optional()
        .describe('Layout version; needed where there are several'),
      format: z.enum(['csv', 'jsonl']).default('csv'),
      encoding: Encoding.default('utf-8').describe('Of CSV'),
      versions: z
        .enum(['in-force', 'all'])
        .default('in-force')
        .describe('What would be provided today, or every version that is held'),
    }),
  },
  link: {
    path: '/v1/copies/linkage',
    request: z.strictObject({ copies: z.array(LinkedCopy).min(1).max(500) }),
    responses: { 200: z.strictObject({ copies: z.int(), changed: z.int() }) },
  },
} as const;
