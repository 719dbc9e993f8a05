import { z } from 'zod';
import { CorrectedFacts } from './corrected-facts.ts';
import { Id } from './identifiers.ts';

const Words = z.strictObject({ ja: z.string(), en: z.string() });
const Named = z.strictObject({ code: z.string(), name: z.string() });
const Instant = z.iso.datetime();

/** What became of it: `pending` is answered that people are looking at it. */
export const HistoryOutcome = z.enum(['provided', 'no_record', 'refused', 'denied', 'pending']);
export type HistoryOutcome = z.infer<typeof HistoryOutcome>;

/** What the person asks an agency to correct in its record. */
export const CorrectionAsked = z.strictObject({
  exchange: Id,
  to: z.enum(['inquirer', 'provider']).describe('Whose record'),
  facts: CorrectedFacts,
});

export const CorrectionRequestView = z.strictObject({
  id: Id,
  agency: Named,
  facts: CorrectedFacts,
  state: z.enum(['waiting', 'corrected', 'declined']),
  askedAt: Instant,
});
export type CorrectionRequestView = z.infer<typeof CorrectionRequestView>;

/** That an agency has corrected the record: what stood there before. */
const CorrectionNote = z.strictObject({
  at: Instant,
  before: z.strictObject({
    affair: Named.optional(),
    item: z.string().optional(),
    information: Named.optional(),
    period: CorrectedFacts.shape.period,
  }),
});
export type CorrectionNote = z.infer<typeof CorrectionNote>;

/** One exchange as it is told to the person whom it is about (やりとり履歴). Nothing of what was answered is in it. */
export const HistoryEntry = z.strictObject({
  exchange: Id,
  requestedAt: Instant,
  answeredAt: Instant.optional(),
  inquirer: Named.describe('Who asked'),
  provider: Named.describe('Who was asked'),
  affair: Named.optional(),
  information: Named,
  period: z.strictObject({ from: z.string().optional(), until: z.string().optional() }).optional(),
  outcome: HistoryOutcome,
  handling: z
    .enum(['automatic', 'by_hand', 'waiting', 'none'])
    .describe('Answered by itself, after people looked at it, waiting for them, or not asked'),
  law: z.strictObject({
    list: z.string().nullable(),
    item: z.string().optional(),
    ground: z.string().describe('Law number and item'),
    text: z.string().optional().describe('What the item says'),
  }),
  reasons: z.array(Words).describe('Why it was denied or refused'),
  corrected: z
    .array(CorrectionNote)
    .describe('The entry says what the last of them says; what it said before is here'),
  requests: z.array(CorrectionRequestView).describe('What this person asked to be corrected'),
  summary: Words.describe('All of it in a sentence'),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** A page of a history, newest first. */
export const HistoryPage = z.strictObject({
  entries: z.array(HistoryEntry),
  next: Id.optional().describe('`after` of the next page, if there is one'),
});
export type HistoryPage = z.infer<typeof HistoryPage>;
