import { z } from 'zod';
import { isBase64url } from './encoding.ts';

const ofBytes = (length: number) => {
  const characters = Math.ceil((length * 8) / 6);
  return z
    .string()
    .length(characters)
    .regex(/^[A-Za-z0-9_-]+$/)
    .refine(isBase64url, 'not canonical base64url');
};

/** An agency (機関コード): five digits, the project's own on top of 全国地方公共団体コード. */
export const AgencyCode = z.string().regex(/^[0-9]{5}$/);
export type AgencyCode = z.infer<typeof AgencyCode>;

/** The parties that are no agency. */
export const GATEWAY = 'gateway';
export const REGISTRY = 'registry';
/** Audience of what the gateway publishes to all (directory, permission lists). */
export const ALL_AGENCIES = 'agencies';

/** An affair (事務): JM and 14 digits of the project's own. */
export const AffairCode = z.string().regex(/^JM[0-9]{14}$/);
/** A kind of information (特定個人情報): TM and 14 digits of the project's own. */
export const InformationCode = z.string().regex(/^TM[0-9]{14}$/);
/** An item (項) of the list: `25`, `16の2`. */
export const ItemNumber = z.string().regex(/^[0-9]{1,4}(の[0-9]{1,4}){0,3}$/);
export const ListId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** 128 bits that name a message, an exchange, an inquiry, an acquisition. */
export const Id = ofBytes(16);
/** An identification code (情報提供用個人識別符号): 128 bits, one per person and agency. */
export const IdentificationCode = ofBytes(16);
/** SHA-256. */
export const Digest = ofBytes(32);
/** An X25519 public key (RFC 7748). */
export const X25519Key = ofBytes(32);

/** Seconds since the epoch (RFC 7519 NumericDate). */
export const NumericDate = z.int().min(0).max(253402300799);
/** A calendar date in Japan. */
export const Day = z.iso.date();
/** The span an inquiry is about, both ends included. */
export const Period = z.strictObject({ from: Day.optional(), until: Day.optional() });
export type Period = z.infer<typeof Period>;

/** 団体内統合宛名番号: fifteen digits. */
export const IntegratedAddressNumber = z.string().regex(/^[0-9]{15}$/);
