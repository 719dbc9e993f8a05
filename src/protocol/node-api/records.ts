import { z } from 'zod';
import { ProvisionRecord } from '../record.ts';
import { after, limit } from './paging.ts';

/** Records of provision (番号法23条1項・2項), oldest first. */
export const records = {
  list: {
    path: '/v1/records',
    query: z.strictObject({ after: after(0), limit: limit(1000, 100) }),
    responses: {
      200: z.strictObject({
        records: z.array(z.strictObject({ seq: z.int(), record: ProvisionRecord })),
      }),
    },
  },
} as const;
