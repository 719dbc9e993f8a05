import { z } from 'zod';
import {
  AgencyCode,
  GATEWAY,
  Id,
  IdentificationCode,
  NumericDate,
  X25519Key,
} from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';
import { subject } from './permit.ts';

/** gateway → provider: the provider's copy of the permit, with the way back (経路情報, R-104). */
export const provideRequest = {
  typ: 'provide-request+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: AgencyCode,
    /** `jti` of the permit: one exchange, however often it is asked. */
    exchange: Id,
    ...subject,
    /** The provider's own code for the person; the inquirer's never travels (番号法施行令26条). */
    person: IdentificationCode,
    oneTimeKey: X25519Key,
    /** When the gateway permitted; the list in force then is the one that counts. */
    permittedAt: NumericDate,
    nbf: NumericDate,
    exp: NumericDate,
    /** Answers go to this agency through the gateway, and nowhere else. */
    route: z.strictObject({ via: z.literal(GATEWAY), to: AgencyCode }),
  }),
};
export type ProvideRequest = ClaimsOf<typeof provideRequest>;
