import { z } from 'zod';
import { CorrectedFacts } from '../corrected-facts.ts';
import { AgencyCode, Digest, GATEWAY, Id } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/** gateway → agency: the person concerned asks that its record of an exchange be corrected. Who it is, the agency knows. */
export const correctionRequest = {
  typ: 'correction-request+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: AgencyCode,
    exchange: Id,
    /** Names the request; the decision names it again. */
    request: Id,
    corrects: Digest,
    facts: CorrectedFacts,
  }),
};
export type CorrectionRequest = ClaimsOf<typeof correctionRequest>;
