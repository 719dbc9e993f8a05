import { z } from 'zod';
import { CorrectedFacts } from '../corrected-facts.ts';
import { AgencyCode, Id } from '../identifiers.ts';

/** A correction of a record of this agency’s, on its way or decided (番号法31条). */
export const CorrectionView = z.strictObject({
  id: Id,
  exchange: Id,
  state: z
    .enum(['requested', 'proposed', 'approved', 'declined'])
    .describe('requested: the person asks for it, and nobody has looked into it yet'),
  byPerson: z.boolean().describe('The person concerned asked for it'),
  inquirer: AgencyCode,
  provider: AgencyCode,
  facts: CorrectedFacts.describe('What the record should say'),
  proposedBy: z.string().optional(),
  decidedBy: z.string().optional(),
  createdAt: z.string(),
  decidedAt: z.string().optional(),
  told: z.boolean().describe('The gateway has it on record'),
});
export type CorrectionView = z.infer<typeof CorrectionView>;

const step = <Name extends string>(name: Name) =>
  ({
    path: `/v1/corrections/{id}/${name}`,
    request: z.strictObject({}),
    responses: { 200: CorrectionView },
  }) as const;

/** Corrections of records by staff: one proposes, or takes up what the person asks for; another approves or declines. */
export const corrections = {
  list: {
    path: '/v1/corrections',
    responses: { 200: z.strictObject({ corrections: z.array(CorrectionView) }) },
  },
  propose: {
    path: '/v1/corrections',
    request: z.strictObject({ exchange: Id, facts: CorrectedFacts }),
    responses: { 201: CorrectionView },
  },
  takeUp: step('take-up'),
  approve: step('approve'),
  decline: step('decline'),
} as const;
