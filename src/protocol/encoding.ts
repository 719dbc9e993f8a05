import canonicalize from 'canonicalize';
import { RenkeiError } from './errors.ts';

/** JSON in the one form that is signed and hashed (RFC 8785). Throws TypeError for what JSON cannot hold. */
export const canonicalJson = (value: unknown): string => {
  try {
    const text = canonicalize(value);
    if (text !== undefined) return text;
  } catch {
    // A number that is not finite, a lone surrogate, a circle.
  }
  throw new TypeError('Not representable in JSON');
};

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of well-formed UTF-8; `message_malformed` otherwise. */
export const textOf = (bytes: Uint8Array): string => {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw malformed('UTF-8 として正しくありません', 'Not well-formed UTF-8');
  }
};

export const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');

// Written out, as it also runs where there is no Buffer (renkei/client).
const BASE64URL = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** Whether a text is the only base64url form of its bytes: no padding, no stray bits (RFC 4648 §3.5). */
export const isBase64url = (text: string): boolean => BASE64URL.test(text) && !text.endsWith('\n');

/** Bytes of canonical base64url; `message_malformed` for any other spelling of the same bytes. */
export const fromBase64url = (text: string): Uint8Array => {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) {
    throw malformed('base64url の表記が正規形ではありません', 'Not canonical base64url');
  }
  return bytes;
};

/** `message_malformed` with words for people. */
export const malformed = (ja: string, en: string): RenkeiError =>
  new RenkeiError('message_malformed', { ja, en });
