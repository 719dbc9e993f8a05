import { createHmac } from 'node:crypto';
import { canonicalJson } from '../../../src/protocol/encoding.ts';
import type { CommonClaims } from '../../../src/protocol/message.ts';
import type { Party } from './parties.ts';
import { headerText, part, partsOf } from './raw-token.ts';

/** Another spelling of something, by what is wrong with it. */
export type Variants<Shape> = readonly (readonly [what: string, variant: Shape])[];

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Headers that differ from the one that is accepted. */
export function headers(typ: string, signer: Party, otherTyp: string): Variants<string> {
  const { kid } = signer.signer;
  const header = (changes: Record<string, unknown>): string =>
    canonicalJson({ alg: 'EdDSA', kid, typ, ...changes });
  const plain = headerText(typ, signer);
  const algorithms = ['none', 'HS256', 'ES256', 'RS256', 'Ed25519', 'eddsa', 'EDDSA', '', null, 1];
  return [
    ...algorithms.map((alg) => [`alg ${alg}`, header({ alg })] as const),
    ['without alg', header({ alg: undefined })],
    ['without kid', header({ kid: undefined })],
    ['without typ', header({ typ: undefined })],
    ['typ of another kind', header({ typ: otherTyp })],
    ['typ JWT', header({ typ: 'JWT' })],
    ['typ in capitals', header({ typ: typ.toUpperCase() })],
    ['typ with application/', header({ typ: `application/${typ}` })],
    ['kid a number', header({ kid: 1 })],
    ['kid too long', header({ kid: 'k'.repeat(65) })],
    ['kid with a lone surrogate', plain.replace(kid, '\\ud800')],
    ['crit', header({ crit: ['exp'] })],
    ['crit b64', header({ crit: ['b64'], b64: false })],
    ['b64', header({ b64: true })],
    ['jwk', header({ jwk: { kty: 'OKP', crv: 'Ed25519', x: signer.publicKey.x } })],
    ['jku', header({ jku: 'https://example.jp/keys' })],
    ['x5u', header({ x5u: 'https://example.jp/cert' })],
    ['x5c', header({ x5c: [] })],
    ['cty', header({ cty: 'json' })],
    ['zip', header({ zip: 'DEF' })],
    ['reordered', `{"kid":"${kid}","alg":"EdDSA","typ":"${typ}"}`],
    ['typ first', `{"typ":"${typ}","alg":"EdDSA","kid":"${kid}"}`],
    ['alg twice', plain.replace('{', '{"alg":"none",')],
    ['typ twice', plain.replace('}', `,"typ":"${typ}"}`)],
    ['__proto__', plain.replace('{', '{"__proto__":{},')],
    ['with a space', plain.replace(',', ', ')],
    ['with a line end', `${plain}\n`],
    ['with a byte order mark', `\ufeff${plain}`],
    ['escaped', plain.replace('EdDSA', '\\u0045dDSA')],
    ['an array', `[${plain}]`],
    ['null', 'null'],
    ['a string', '"EdDSA"'],
    ['empty', '{}'],
    ['not JSON', '{alg:EdDSA}'],
  ];
}

/** The claims in JSON that says the same, or nearly, in other bytes. None of them is a message. */
export function payloads(claims: CommonClaims): Variants<string | Uint8Array> {
  const text = canonicalJson(claims);
  const backwards = Object.entries(claims).sort(([one], [two]) => (one < two ? 1 : -1));
  const iat = `"iat":${claims.iat}`;
  const iss = `"iss":"${claims.iss}"`;
  const written = (number: string): string => text.replace(iat, `"iat":${number}`);
  const issuer = (value: string): string => text.replace(iss, `"iss":"${value}"`);
  const bytes = (value: readonly number[]): Uint8Array => {
    const [before = '', after = ''] = text.split(iss);
    const broken = [Buffer.from(`${before}"iss":"`), Buffer.from(value), Buffer.from(`"${after}`)];
    return Buffer.concat(broken);
  };
  const [first = ''] = claims.iss;
  const escaped = `\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return [
    ['members in another order', JSON.stringify(Object.fromEntries(backwards))],
    ['a member twice, the same', text.replace('{', `{${iss},`)],
    ['a member twice, the first different', text.replace('{', '{"iss":"99999",')],
    ['a member twice, the last different', text.replace(/}$/, ',"iss":"99999"}')],
    ['a member named __proto__', text.replace('{', '{"__proto__":{"iss":"99999"},')],
    ['an unknown member', canonicalJson({ ...claims, zz: 1 })],
    ['a space in front', ` ${text}`],
    ['a line end behind', `${text}\n`],
    ['a space after a colon', text.replace(':', ': ')],
    ['a space after a comma', text.replace(',', ', ')],
    ['a tab inside', text.replace('{', '{\t')],
    ['indented', JSON.stringify(JSON.parse(text), null, 2)],
    ['a byte order mark', `\ufeff${text}`],
    ['a zero byte behind', `${text}\0`],
    ['a comment', `${text}/**/`],
    ['a comma too many', text.replace(/}$/, ',}')],
    ['two documents', `${text}${text}`],
    ['a character escaped', issuer(`${escaped}${claims.iss.slice(1)}`)],
    ['a name escaped', text.replace('"iss"', '"\\u0069ss"')],
    ['a solidus escaped', issuer(`${claims.iss}\\/`)],
    ['a lone high surrogate', issuer('\\ud800')],
    ['a lone low surrogate', issuer('\\udc00')],
    ['UTF-8 cut short', bytes([0xe9, 0x80])],
    ['UTF-8 overlong', bytes([0xc0, 0x80])],
    ['a surrogate in UTF-8', bytes([0xed, 0xa0, 0x80])],
    ['a byte that UTF-8 has not', bytes([0xff])],
    ['time with a fraction of 0', written(`${claims.iat}.0`)],
    ['time with an exponent', written(`${claims.iat}e0`)],
    ['time in another exponent', written(`${claims.iat / 1000}e3`)],
    ['time with a fraction', written(`${claims.iat}.5`)],
    ['time with a plus', written(`+${claims.iat}`)],
    ['time with a zero in front', written(`0${claims.iat}`)],
    ['time minus zero', written('-0')],
    ['time below zero', written('-1')],
    ['time beyond exactness', written('9007199254740993')],
    ['time beyond numbers', written('1e400')],
    ['time after the year 9999', written('253402300800')],
    ['time as text', written(`"${claims.iat}"`)],
    ['NaN', written('NaN')],
    ['single quotes', text.replaceAll('"', "'")],
    ['an array', `[${text}]`],
    ['null', 'null'],
    ['empty', '{}'],
    ['JSON in a string', JSON.stringify(text)],
  ];
}

/** The same token in other characters: of all of these, a lenient decoder makes the same bytes. */
export function spellings(token: string): Variants<string> {
  const parts = partsOf(token);
  const names = ['header', 'payload', 'signature'];
  return parts.flatMap((each, at) => {
    const spelt = (how: string, variant: string) =>
      [`${names[at]} ${how}`, parts.with(at, variant).join('.')] as const;
    const middle = each.length >> 1;
    const inside = (text: string) => each.slice(0, middle) + text + each.slice(middle);
    const changed = [
      spelt('padded', `${each}=`),
      spelt('padded twice', `${each}==`),
      spelt('padded inside', inside('=')),
      spelt('with a space behind', `${each} `),
      spelt('with a space in front', ` ${each}`),
      spelt('with a line end', inside('\r\n')),
      spelt('with a zero byte', inside('\0')),
      spelt('with a character of no alphabet', inside('*')),
      spelt('with a wide character', inside('Ａ')),
      ...(each.includes('-') ? [spelt('with +', each.replace('-', '+'))] : []),
      ...(each.includes('_') ? [spelt('with /', each.replace('_', '/'))] : []),
    ];
    return [
      ...changed,
      ...strayBits(each).map((other) => spelt(`ending in ${other.at(-1)}`, other)),
    ];
  });
}

/** The other last characters that decode to the same bytes (RFC 4648 §3.5). */
export function strayBits(base64url: string): string[] {
  const spare = { 2: 16, 3: 4 }[base64url.length % 4] ?? 1;
  const last = BASE64URL.indexOf(base64url.at(-1) ?? '');
  return Array.from({ length: spare }, (_, bits) => last - (last % spare) + bits)
    .filter((value) => value !== last)
    .map((value) => base64url.slice(0, -1) + BASE64URL[value]);
}

/** What is no token at all. */
export function notCompact(token: string): Variants<string> {
  const [header, payload, signature] = partsOf(token);
  return [
    ['nothing', ''],
    ['dots', '..'],
    ['one part', header],
    ['two parts', `${header}.${payload}`],
    ['no signature', `${header}.${payload}.`],
    ['no payload', `${header}..${signature}`],
    ['no header', `.${payload}.${signature}`],
    ['a dot behind', `${token}.`],
    ['a dot in front', `.${token}`],
    ['a fourth part', `${token}.${signature}`],
    ['five parts, as if encrypted', `${token}.${payload}.${signature}`],
    ['JSON serialization', JSON.stringify({ protected: header, payload, signature })],
  ];
}

/** A token "signed" by HMAC with the public key as secret: the confusion of RFC 8725 §2.1. */
export function hmacToken(bits: 256 | 512, typ: string, claims: CommonClaims, signer: Party) {
  const header = part(canonicalJson({ alg: `HS${bits}`, kid: signer.signer.kid, typ }));
  const signed = `${header}.${part(canonicalJson(claims))}`;
  const secret = Buffer.from(signer.publicKey.x, 'base64url');
  return `${signed}.${createHmac(`sha${bits}`, secret).update(signed).digest('base64url')}`;
}
