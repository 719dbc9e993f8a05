import { z } from 'zod';
import {
  AffairCode,
  AgencyCode,
  GATEWAY,
  IdentificationCode,
  InformationCode,
  ItemNumber,
  Period,
  X25519Key,
} from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/** node → gateway: may I ask this provider for this? */
export const permitRequest = {
  typ: 'permit-request+jwt',
  claims: z
    .strictObject({
      ...common,
      iss: AgencyCode,
      aud: z.literal(GATEWAY),
      /** The affair, the item of the list, or both; the affair alone may stand in several items. */
      affair: AffairCode.optional(),
      item: ItemNumber.optional(),
      provider: AgencyCode,
      information: InformationCode,
      period: Period.optional(),
      /** The inquirer says that the person is not to be told (番号法23条2項). */
      nonDisclosable: z.literal(true).optional(),
      /** The inquirer's own code for the person. */
      person: IdentificationCode,
      oneTimeKey: X25519Key,
    })
    .refine((claims) => claims.affair !== undefined || claims.item !== undefined),
};
export type PermitRequest = ClaimsOf<typeof permitRequest>;
