import { z } from 'zod';
import { AgencyCode, GATEWAY, Id } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/** gateway → inquirer: an answer that came later, or that was not received the first time. */
export const delivery = {
  typ: 'delivery+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: AgencyCode,
    exchange: Id,
    /** The provider's answer statement, byte for byte. */
    answer: z.string().max(16_384),
  }),
};
export type Delivery = ClaimsOf<typeof delivery>;
