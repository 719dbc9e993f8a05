import { z } from 'zod';
import {
  AffairCode,
  AgencyCode,
  GATEWAY,
  Id,
  InformationCode,
  ItemNumber,
  ListId,
  NumericDate,
  Period,
  X25519Key,
} from '../identifiers.ts';
import { type ClaimsOf, common } from '../message.ts';

/** What an exchange is about; every statement of it repeats these words exactly. */
export const subject = {
  inquirer: AgencyCode,
  provider: AgencyCode,
  affair: AffairCode,
  item: ItemNumber,
  list: ListId,
  information: InformationCode,
  period: Period.optional(),
};

const SubjectShape = z.strictObject(subject);
export type Subject = z.infer<typeof SubjectShape>;

/** Just what the exchange is about, of anything that carries it. */
export const subjectOf = (it: Subject): Subject => ({
  inquirer: it.inquirer,
  provider: it.provider,
  affair: it.affair,
  item: it.item,
  list: it.list,
  information: it.information,
  ...(it.period && { period: it.period }),
});

/** gateway → inquirer: the provision permit (情報提供許可証), good once; its `jti` names the exchange. */
export const permit = {
  typ: 'permit+jwt',
  claims: z.strictObject({
    ...common,
    iss: z.literal(GATEWAY),
    aud: AgencyCode,
    nbf: NumericDate,
    exp: NumericDate,
    /** `jti` of the permit request. */
    request: Id,
    ...subject,
    oneTimeKey: X25519Key,
  }),
};
export type Permit = ClaimsOf<typeof permit>;
