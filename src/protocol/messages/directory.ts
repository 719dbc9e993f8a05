import { z } from 'zod';
import { AgencyCode, ALL_AGENCIES, GATEWAY, NumericDate, REGISTRY } from '../identifiers.ts';
import { PublicKey } from '../keys.ts';
import { type ClaimsOf, common } from '../message.ts';

/** A key, and from when it counts no longer: what it signed before then stays verifiable. */
export const DirectoryKey = PublicKey.extend({ retiresAt: NumericDate.optional() });
export type DirectoryKey = z.infer<typeof DirectoryKey>;

/** One party of the network as all may know it. */
export const DirectoryEntry = z.strictObject({
  code: z.union([AgencyCode, z.literal(GATEWAY), z.literal(REGISTRY)]),
  name: z.string().min(1),
  roles: z.array(z.string().min(1)),
  suspended: z.boolean(),
  keys: z.array(DirectoryKey).min(1),
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

/** gateway → all: who takes part, with roles and public keys; signed, versioned, and it expires. */
export const directory = {
  typ: 'directory+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: z.literal(ALL_AGENCIES),
    exp: NumericDate,
    version: z.int().positive(),
    entries: z.array(DirectoryEntry),
  }),
};
export type Directory = ClaimsOf<typeof directory>;
