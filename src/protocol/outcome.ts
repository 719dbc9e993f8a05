import { z } from 'zod';

/** How a provider answered. */
export const Outcome = z.enum(['provided', 'no_record', 'pending', 'refused']);
export type Outcome = z.infer<typeof Outcome>;
/** `review_lapsed`: nobody decided in time, so nothing was decided; asking again is open. */
export const RefusalReason = z.enum(['restricted', 'review_declined', 'review_lapsed']);
export type RefusalReason = z.infer<typeof RefusalReason>;
export const DIRECTION = 'provider-to-inquirer';
