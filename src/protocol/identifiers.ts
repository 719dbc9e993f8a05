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

// Little-endian 0, 1, p − 1, p and p + 1: as a u- or a y-coordinate, always of a point of small order.
const SMALL_ORDER = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  ...['ec', 'ed', 'ee'].map((low) => `${low}${'ff'.repeat(30)}7f`),
];

/** Both spellings of 32 bytes, hex: the top bit is a sign, or ignored. */
const spellings = (hex: string): string[] => {
  const bytes = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const last = (bytes.pop() ?? 0) & 0x7f;
  return [last, last | 0x80].map((top) =>
    btoa(String.fromCharCode(...bytes, top))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace('=', ''),
  );
};

/** 32 bytes that are no point of small order. */
const point = (...alsoSmall: readonly string[]) => {
  const small = new Set([...SMALL_ORDER, ...alsoSmall].flatMap(spellings));
  return ofBytes(32).refine((key) => !small.has(key), 'a point of small order');
};

/** An X25519 public key (RFC 7748): one of small order makes every shared secret zero (§6.1). */
export const X25519Key = point(
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
);
/** An Ed25519 public key (RFC 8032): under one of small order, one signature fits many messages. */
export const Ed25519Key = point(
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
);

/** Seconds since the epoch (RFC 7519 NumericDate). */
export const NumericDate = z.int().min(0).max(253402300799);
/** A calendar date in Japan. */
export const Day = z.iso.date();
/** The span an inquiry is about, both ends included. */
export const Period = z
  .strictObject({ from: Day.optional(), until: Day.optional() })
  .refine(({ from, until }) => !from || !until || from <= until, 'ends before it begins');
export type Period = z.infer<typeof Period>;

/** 団体内統合宛名番号: fifteen digits. */
export const IntegratedAddressNumber = z.string().regex(/^[0-9]{15}$/);
