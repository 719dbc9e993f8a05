import { z } from 'zod';
import { ALL_AGENCIES, Digest, GATEWAY, ListId, NumericDate } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/**
 * gateway → all: which permission lists count. The lists themselves travel beside it and are
 * known by their digests, so that a refresh of an unchanged list costs one small statement.
 */
export const permissionLists = {
  typ: 'permission-lists+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: z.literal(ALL_AGENCIES),
    exp: NumericDate,
    version: z.int().positive(),
    lists: z.array(z.strictObject({ id: ListId, digest: Digest })),
    /** Digest of the table of collective roles. */
    roles: Digest,
  }),
};
export type PermissionLists = ClaimsOf<typeof permissionLists>;
