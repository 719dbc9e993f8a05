import { z } from 'zod';
import { AffairCode, InformationCode, ItemNumber, Period } from './identifiers.ts';

/** What a record should say instead: at least one of these. No free text, as in records themselves. */
export const CorrectedFacts = z
  .strictObject({
    affair: AffairCode.optional(),
    item: ItemNumber.optional(),
    information: InformationCode.optional(),
    period: Period.optional(),
  })
  .refine(
    (facts) => Object.values(facts).some((value) => value !== undefined),
    'nothing to correct',
  );
export type CorrectedFacts = z.infer<typeof CorrectedFacts>;
