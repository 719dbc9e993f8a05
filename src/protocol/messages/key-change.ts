import { z } from 'zod';
import { AgencyCode, GATEWAY } from '../identifiers.ts';
import { Kid, NodeKey } from '../keys.ts';
import { type ClaimsOf, common } from '../message.ts';

/** node → gateway: announces a new signing key, signed with the one that it takes the place of. */
export const keyChange = {
  typ: 'key-change+jwt',
  claims: z.strictObject({
    ...common,
    iss: AgencyCode,
    aud: z.literal(GATEWAY),
    key: NodeKey,
    /** The key that this is signed with. */
    replaces: Kid,
    /** `retire`: it counts on for the overlap; `revoke`: nothing that it signed counts any more. */
    old: z.enum(['retire', 'revoke']),
    /** A key-proof, signed with the new key. */
    proof: z.string().max(4096),
  }),
};
export type KeyChange = ClaimsOf<typeof keyChange>;
