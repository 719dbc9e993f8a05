import { z } from 'zod';
import { ERRORS, type ErrorCode, isErrorCode } from '../errors.ts';
import {
  AffairCode,
  AgencyCode,
  GATEWAY,
  Id,
  InformationCode,
  ItemNumber,
  ListId,
} from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';
import { NearestItem } from '../nearest-item.ts';

const Code = z
  .string()
  .refine((code) => isErrorCode(code) && code in ERRORS)
  .transform((code) => code as ErrorCode);

/** gateway → inquirer: the request is refused, with every reason, signed and recorded like a permit. */
export const denial = {
  typ: 'denial+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: AgencyCode,
    request: Id,
    inquirer: AgencyCode,
    provider: AgencyCode,
    affair: AffairCode.optional(),
    item: ItemNumber.optional(),
    information: InformationCode,
    list: ListId.nullable(),
    /** The first condition that failed. */
    code: Code,
    /** All of them. */
    reasons: z.array(Code).min(1),
    nearest: z.array(NearestItem).max(3),
    /** The legal ground: law number and provision. */
    ground: z.string(),
  }),
};
export type Denial = ClaimsOf<typeof denial>;
