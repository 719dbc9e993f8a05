import { z } from 'zod';
import { AgencyCode, GATEWAY } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/** node → gateway: presents the permit and asks. */
export const query = {
  typ: 'query+jwt',
  claims: z.strictObject({
    ...common,
    iss: AgencyCode,
    aud: z.literal(GATEWAY),
    /** The permit, byte for byte as it was issued. */
    permit: z.string().max(16_384),
  }),
};
export type Query = ClaimsOf<typeof query>;
