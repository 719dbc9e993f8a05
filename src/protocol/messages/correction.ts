import { z } from 'zod';
import { CorrectedFacts } from '../corrected-facts.ts';
import { AgencyCode, Digest, GATEWAY, Id } from '../identifiers.ts';
import type { KnownFacts } from '../log/shown.ts';
import { type ClaimsOf, common } from '../message.ts';

/**
 * agency → gateway, and through it the other agency: this record of ours is corrected (番号法31条), or, without facts,
 * what the person asked for is not.
 */
export const correction = {
  typ: 'correction+jwt',
  claims: z
    .strictObject({
      ...common,
      iss: AgencyCode,
      aud: z.literal(GATEWAY),
      exchange: Id,
      inquirer: AgencyCode,
      provider: AgencyCode,
      /** The statement that the corrected record tells of: the denial or the answer. */
      corrects: Digest,
      facts: CorrectedFacts.optional(),
      /** The person’s request, if it was theirs. */
      request: Id.optional(),
    })
    .refine(({ facts, request }) => facts !== undefined || request !== undefined)
    .refine(({ iss, inquirer, provider }) => iss === inquirer || iss === provider),
};
export type Correction = ClaimsOf<typeof correction>;

/** What all parties’ records of a correction say. */
export const correctionFacts = (claims: Correction, digest: string): KnownFacts => ({
  kind: claims.facts ? 'corrected' : 'correction_declined',
  exchange: claims.exchange,
  inquirer: claims.inquirer,
  provider: claims.provider,
  ...claims.facts,
  statement: digest,
  corrects: claims.corrects,
});
