import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { japaneseDay } from '../../src/protocol/day.ts';
import { keyedDigest, sha256 } from '../../src/protocol/digest.ts';
import { base64url } from '../../src/protocol/encoding.ts';
import { ERRORS, RenkeiError } from '../../src/protocol/errors.ts';
import {
  AffairCode,
  AgencyCode,
  Day,
  Digest,
  Id,
  InformationCode,
  IntegratedAddressNumber,
  ItemNumber,
  ListId,
  X25519Key,
} from '../../src/protocol/identifiers.ts';
import { type PublicKey, signingKey, verifierOf } from '../../src/protocol/keys.ts';
import { openMessage, signMessage } from '../../src/protocol/message.ts';
import { isCorporateNumber } from '../../src/protocol/numbers/corporate-number.ts';
import { isIndividualNumber } from '../../src/protocol/numbers/individual-number.ts';
import { isResidentCode } from '../../src/protocol/numbers/resident-code.ts';
import { openAnswer } from '../../src/protocol/open-answer.ts';
import { affairCode, informationCode } from '../../src/protocol/permission/codes.ts';
import { oneTimeKey, open, seal, sharedKey } from '../../src/protocol/sealing.ts';
import { VECTORS } from '../vectors/make.ts';
import type { CodeVectors } from '../vectors/make-codes.ts';
import type { MessageVectors, Refused } from '../vectors/make-messages.ts';
import type { NumberVectors } from '../vectors/make-numbers.ts';
import type { SealedVector, SealingVectors } from '../vectors/make-sealing.ts';
import { KINDS } from './support/kinds.ts';
import { refusal, thrown } from './support/opening.ts';

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../vectors/${file}`, import.meta.url), 'utf8'));

const messages = read('messages.json') as MessageVectors;
const sealing = read('sealing.json') as SealingVectors;
const codes = read('codes.json') as CodeVectors;
const numbers = read('numbers.json') as NumberVectors;

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

test.each(Object.entries(VECTORS))('%s is what is made of the seeds today', async (file, make) => {
  // As they were released, so they stay: a difference is a change of the protocol.
  expect(read(file)).toEqual(JSON.parse(JSON.stringify(await make())));
});

describe('messages.json', () => {
  const publicKey = ({ kid, x }: { kid: string; x: string }): PublicKey => ({
    kid,
    use: 'node',
    kty: 'OKP',
    crv: 'Ed25519',
    x,
  });
  const kinds = new Map(Object.values(KINDS).map(({ kind }) => [kind.typ, kind]));
  const kindOf = (typ: string) => kinds.get(typ) ?? expect.unreachable(typ);
  const keyOf = async (issuer: string, kid: string) => {
    const key = messages.keys.find(({ party }) => party === issuer);
    if (!key) throw new RenkeiError('agency_unknown');
    if (key.kid !== kid) throw new RenkeiError('signature_invalid');
    return await verifierOf(publicKey(key));
  };
  const opened = ({
    typ,
    token,
    audience,
    issuer,
    now,
    toleranceSeconds,
  }: Omit<Refused, 'code' | 'what'>) =>
    openMessage(kindOf(typ), token, { audience, issuer, keyOf, fresh: { now, toleranceSeconds } });

  test('has an accepted token of every kind', () => {
    expect(messages.accepted.map(({ typ }) => typ).sort()).toEqual([...kinds.keys()].sort());
    expect(messages.refused.length).toBeGreaterThan(280);
  });

  test('its keys are those of its seeds', async () => {
    for (const { seed, kid, x } of messages.keys) {
      const key = await signingKey(Buffer.from(seed, 'hex'), kid, 'node');
      expect(key.publicKey).toEqual(publicKey({ kid, x }));
    }
  });

  test.each(messages.accepted)(
    '$typ is accepted, and signed again is the same token',
    async (it) => {
      expect(await opened(it)).toEqual({ claims: it.claims, token: it.token, digest: it.digest });
      const [header = '', payload = ''] = it.token.split('.');
      const text = (part: string) => Buffer.from(part, 'base64url').toString('utf8');
      expect([text(header), text(payload)]).toEqual([it.header, it.payload]);
      const seed = messages.keys.find(({ party }) => party === it.issuer)?.seed ?? '';
      const { signer } = await signingKey(
        Buffer.from(seed, 'hex'),
        JSON.parse(it.header).kid,
        'node',
      );
      expect(await signMessage(kindOf(it.typ), it.claims, signer)).toBe(it.token);
    },
  );

  test('each refused token is refused with its code', async () => {
    const others = [];
    for (const { what, code, ...it } of messages.refused) {
      const found = await refusal(opened(it));
      if (found !== code) others.push({ what, code, found });
    }
    expect(others).toEqual([]);
  });

  test('no refused token is an accepted one, opened as it should be', () => {
    const tokens = new Set(messages.accepted.map(({ token }) => token));
    const same = messages.refused.filter(({ token }) => tokens.has(token));
    expect(new Set(same.map(({ what }) => what.replace(/^[^:]+: /, '')))).toEqual(
      new Set([
        'of another kind than asked for',
        'for another',
        'from another than expected',
        'one second too early',
        'one thousandth too late',
      ]),
    );
  });
});

describe('sealing.json', () => {
  test.each(sealing.boxes)('$what', (it) => {
    const mine = oneTimeKey(bytes(it.secret));
    expect(mine.publicKey).toBe(it.publicKey);
    expect(base64url(sharedKey(it.theirs, mine.secret))).toBe(it.sharedKey);
    const sealed = seal(bytes(it.plain), bytes(it.nonce), it.theirs, mine);
    expect(base64url(sealed)).toBe(it.sealed);
    // A box has one key on both sides: who sealed it can open it.
    expect(base64url(open(bytes(it.sealed), it.theirs, mine.secret))).toBe(it.plain);
  });

  const opening = ({ sealed, theirs, secret, exchange, subject }: SealedVector) =>
    openAnswer(bytes(sealed), { theirs, mine: bytes(secret) }, exchange, subject);

  test.each(sealing.opened)('opens $what', (it) => {
    expect(opening(it)).toEqual(it.plaintext);
  });

  test.each(sealing.refused)('refuses $what', (it) => {
    const error = thrown(() => opening(it));
    const first = thrown(() => opening(sealing.refused[0] ?? it));
    expect([error.code, error.message, error.detail]).toEqual([
      it.code,
      first.message,
      first.detail,
    ]);
  });

  test('points of small order are no keys', () => {
    expect(sealing.smallOrder.filter((key) => X25519Key.safeParse(key).success)).toEqual([]);
    for (const key of sealing.smallOrder) {
      expect(() => sharedKey(key, bytes(sealing.boxes[0]?.secret ?? ''))).toThrow();
    }
  });
});

describe('codes.json', () => {
  test('error codes and their statuses', () => {
    const found = Object.entries(ERRORS).map(([code, [status]]) => ({ code, status }));
    expect(codes.errors).toEqual(found);
  });

  test('codes of affairs and information', () => {
    for (const { name, code } of codes.affairs) expect(affairCode(name)).toBe(code);
    for (const { name, code } of codes.information) expect(informationCode(name)).toBe(code);
  });

  test('digests', () => {
    for (const { text, digest } of codes.digests) expect(sha256(text)).toBe(digest);
    for (const { key, parts, digest } of codes.keyedDigests) {
      expect(base64url(keyedDigest(bytes(key), ...parts))).toBe(digest);
    }
    expect(new Set(codes.keyedDigests.map(({ digest }) => digest)).size).toBe(
      codes.keyedDigests.length,
    );
  });

  test('days', () => {
    for (const { instant, day } of codes.japaneseDays) expect(japaneseDay(instant)).toBe(day);
  });

  const schemas: Readonly<Record<string, z.ZodType>> = {
    agency: AgencyCode,
    affair: AffairCode,
    information: InformationCode,
    item: ItemNumber,
    list: ListId,
    id: Id,
    digest: Digest,
    day: Day,
    integratedAddressNumber: IntegratedAddressNumber,
  };

  test.each(Object.entries(codes.identifiers))('%s', (sort, { valid, invalid }) => {
    const accepts = (text: string) => schemas[sort]?.safeParse(text).success;
    expect(valid.filter((text) => accepts(text) !== true)).toEqual([]);
    expect(invalid.filter((text) => accepts(text) !== false)).toEqual([]);
  });
});

describe('numbers.json', () => {
  const checks: Readonly<Record<string, (text: string) => boolean>> = {
    individualNumber: isIndividualNumber,
    residentCode: isResidentCode,
    corporateNumber: isCorporateNumber,
  };
  test.each(Object.entries(numbers))('%s', (sort, { valid, invalid }) => {
    const check = checks[sort] ?? expect.unreachable(sort);
    expect(
      valid.filter(({ digits, number }) => !number.includes(digits) || !check(number)),
    ).toEqual([]);
    expect(invalid.filter(check)).toEqual([]);
  });
});
