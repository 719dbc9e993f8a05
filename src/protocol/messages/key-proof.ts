import { z } from 'zod';
import { AgencyCode, GATEWAY } from '../identifiers.ts';
import { Kid, NodeKey } from '../keys.ts';
import { type ClaimsOf, common } from '../message.ts';

/**
 * Travels inside a key-change and is signed with the new key: whoever announces it has its secret (as RFC 8555
 * §7.3.5 does it for accounts).
 */
export const keyProof = {
  typ: 'key-proof+jwt',
  claims: z.strictObject({
    ...common,
    iss: AgencyCode,
    aud: z.literal(GATEWAY),
    key: NodeKey,
    /** The key that it takes the place of. */
    replaces: Kid,
  }),
};
export type KeyProof = ClaimsOf<typeof keyProof>;
