import { z } from 'zod';
import { AgencyCode, Digest, GATEWAY, Id, X25519Key } from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';
import { DIRECTION, Outcome, RefusalReason } from '../outcome.ts';
import { subject } from './permit.ts';

/** provider → gateway and inquirer: what the provider answers, signed over the digest of the sealed bytes. */
export const answer = {
  typ: 'answer+jwt',
  claims: z
    .strictObject({
      ...common,
      iss: AgencyCode,
      aud: z.tuple([z.literal(GATEWAY), AgencyCode]),
      exchange: Id,
      ...subject,
      direction: z.literal(DIRECTION),
      outcome: Outcome,
      reason: RefusalReason.optional(),
      sealed: z
        .strictObject({ digest: Digest, oneTimeKey: X25519Key, bytes: z.int().positive() })
        .optional(),
    })
    .refine((claims) => (claims.outcome === 'provided') === (claims.sealed !== undefined))
    .refine((claims) => (claims.outcome === 'refused') === (claims.reason !== undefined))
    .refine((claims) => claims.iss === claims.provider && claims.aud[1] === claims.inquirer),
};
export type Answer = ClaimsOf<typeof answer>;
