import { z } from 'zod';
import { AgencyCode, GATEWAY, Id } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/** gateway → the other agency of an exchange: what the one has corrected (番号法31条). */
export const correctionNotice = {
  typ: 'correction-notice+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: AgencyCode,
    exchange: Id,
    /** The agency's correction, byte for byte. */
    correction: z.string().max(16_384),
  }),
};
export type CorrectionNotice = ClaimsOf<typeof correctionNotice>;
