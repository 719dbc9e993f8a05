import { z } from 'zod';
import { AgencyCode, GATEWAY, Id } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/** node → gateway: hand over what is kept for me, and forget what I have. */
export const collect = {
  typ: 'collect+jwt',
  claims: z.strictObject({
    ...common,
    iss: AgencyCode,
    aud: z.literal(GATEWAY),
    /** Exchanges whose answers are durable at the inquirer. */
    received: z.array(Id).max(1000),
  }),
};
export type Collect = ClaimsOf<typeof collect>;
