import { z } from 'zod';
import { AgencyCode, Digest, GATEWAY, Id } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

const Party = z.union([AgencyCode, z.literal(GATEWAY)]);

/** Reply to a provide or a delivery: it is durable here. */
export const receipt = {
  typ: 'receipt+jwt',
  claims: z.strictObject({
    ...common,
    iss: Party,
    aud: Party,
    exchange: Id,
    /** Digest of the answer statement that was received. */
    answer: Digest,
  }),
};
export type Receipt = ClaimsOf<typeof receipt>;
