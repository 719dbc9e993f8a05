import { z } from 'zod';
import { AgencyCode, Id, REGISTRY } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';
import { isIndividualNumber } from '../numbers/individual-number.ts';

/** address-number system → registry: acquire codes for these persons (番号法21条の2). */
export const codeRequest = {
  typ: 'code-request+jwt',
  claims: z.strictObject({
    ...common,
    iss: AgencyCode,
    aud: z.literal(REGISTRY),
    entries: z
      .array(
        z.strictObject({
          acquisition: Id,
          individualNumber: z.string().refine(isIndividualNumber),
        }),
      )
      .min(1)
      .max(1000),
  }),
};
export type CodeRequest = ClaimsOf<typeof codeRequest>;
