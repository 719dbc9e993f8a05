import { z } from 'zod';
import { GATEWAY, Id, REGISTRY } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';
import { isResidentCode } from '../numbers/resident-code.ts';

/** registry → gateway: who signed this challenge with their card. Which card it was, the gateway never hears. */
export const cardHolder = {
  typ: 'card-holder+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(REGISTRY),
    aud: z.literal(GATEWAY),
    challenge: Id,
    residentCode: z.string().refine(isResidentCode),
  }),
};
export type CardHolder = ClaimsOf<typeof cardHolder>;
