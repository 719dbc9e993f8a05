import { z } from 'zod';
import { AgencyCode, GATEWAY, Id, IdentificationCode } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/** gateway → node: the codes minted for this agency, under the acquisition numbers it made. */
export const codeNotice = {
  typ: 'code-notice+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: AgencyCode,
    entries: z
      .array(z.strictObject({ acquisition: Id, code: IdentificationCode }))
      .min(1)
      .max(1000),
  }),
};
export type CodeNotice = ClaimsOf<typeof codeNotice>;
