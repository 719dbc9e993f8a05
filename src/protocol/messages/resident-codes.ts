import { z } from 'zod';
import { AgencyCode, GATEWAY, Id, REGISTRY } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';
import { isResidentCode } from '../numbers/resident-code.ts';

/** registry → gateway: the resident codes (住民票コード) behind these acquisition numbers. */
export const residentCodes = {
  typ: 'resident-codes+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(REGISTRY),
    aud: z.literal(GATEWAY),
    agency: AgencyCode,
    entries: z
      .array(z.strictObject({ acquisition: Id, residentCode: z.string().refine(isResidentCode) }))
      .min(1)
      .max(1000),
  }),
};
export type ResidentCodes = ClaimsOf<typeof residentCodes>;
