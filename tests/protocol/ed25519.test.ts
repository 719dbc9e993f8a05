import { createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Ed25519Key } from '../../src/protocol/identifiers.ts';
import { jwksOf } from '../../src/protocol/jwks.ts';
import { PublicKey, signingKey, verifierOf } from '../../src/protocol/keys.ts';
import { signMessage } from '../../src/protocol/message.ts';
import { fc } from '../support/property.ts';
import { bytes } from './support/arbitraries.ts';
import { aMessage, fixedClaims, KINDS, kindOf } from './support/kinds.ts';
import { opening, refusal } from './support/opening.ts';
import { gateway, PARTIES, party } from './support/parties.ts';
import { part, partsOf, withSignature } from './support/raw-token.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** The order of the group (RFC 8032 §5.1). */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

const toNumber = (little: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(little).reverse().toString('hex')}`);
const toBytes = (number: bigint): Buffer => hex(number.toString(16).padStart(64, '0')).reverse();

/** All points of small order in every encoding, y below and beyond p and both signs. */
const SMALL_POINTS = [
  `01${'00'.repeat(31)}`,
  '00'.repeat(32),
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].flatMap((point) => [hex(point), hex(point).fill(hex(point).readUInt8(31) | 0x80, 31)]);

describe('a signature that says the same in other numbers is refused', () => {
  test('S plus a multiple of the order of the group', async () => {
    await fc.assert(
      fc.asyncProperty(aMessage, fc.integer({ min: 1, max: 14 }), async ({ file, it }, times) => {
        const { kind } = kindOf(file);
        const token = await signMessage(kind, it, party(it.iss).signer);
        const more = withSignature(token, (signature) => {
          const s = toNumber(signature.subarray(32)) + BigInt(times) * L;
          return Buffer.concat([signature.subarray(0, 32), toBytes(s)]);
        });
        expect(await refusal(opening(kind, token, it))).toBe('accepted');
        expect(await refusal(opening(kind, more, it))).toBe('signature_invalid');
      }),
      { numRuns: 25 },
    );
  });

  test.each<[string, (signature: Buffer) => Buffer]>([
    ['all zero', () => Buffer.alloc(64)],
    ['all ones', () => Buffer.alloc(64, 0xff)],
    ['R zero', (signature) => Buffer.concat([Buffer.alloc(32), signature.subarray(32)])],
    ['S zero', (signature) => Buffer.concat([signature.subarray(0, 32), Buffer.alloc(32)])],
    ['S the order itself', (signature) => Buffer.concat([signature.subarray(0, 32), toBytes(L)])],
    ['S negated', (s) => Buffer.concat([s.subarray(0, 32), toBytes(L - toNumber(s.subarray(32)))])],
    ['halves exchanged', (s) => Buffer.concat([s.subarray(32), s.subarray(0, 32)])],
    ['R mirrored', (s) => Buffer.from(s).fill(s.readUInt8(31) ^ 0x80, 31, 32)],
  ])('%s', async (_what, change) => {
    for (const each of Object.values(KINDS)) {
      const it = fixedClaims(each);
      const token = await signMessage(each.kind, it, party(it.iss).signer);
      const changed = withSignature(token, change);
      expect(await refusal(opening(each.kind, changed, it))).toBe('signature_invalid');
    }
  });
});

describe('points of small order', () => {
  test('are no public keys in a directory', () => {
    for (const point of SMALL_POINTS) {
      const key = { ...gateway.publicKey, x: part(point) };
      expect(PublicKey.safeParse(key).success, point.toString('hex')).toBe(false);
      expect(Ed25519Key.safeParse(key.x).success).toBe(false);
    }
    expect(PublicKey.safeParse(gateway.publicKey).success).toBe(true);
  });

  test('verify nothing, even if one were taken for a key', async () => {
    const each = kindOf('receipt');
    const it = fixedClaims(each);
    const [header, payload] = partsOf(await signMessage(each.kind, it, party(it.iss).signer));
    const { kid } = party(it.iss).verifier;
    for (const key of SMALL_POINTS) {
      const verifier = await verifierOf({ ...gateway.publicKey, kid, x: part(key) });
      for (const r of SMALL_POINTS) {
        const signature = part(Buffer.concat([r, Buffer.alloc(32)]));
        const token = `${header}.${payload}.${signature}`;
        const code = await refusal(opening(each.kind, token, it, { keyOf: () => verifier }));
        expect(code).toBe('signature_invalid');
      }
    }
  });

  test('are not accepted as R under a key that counts', async () => {
    const each = kindOf('receipt');
    const it = fixedClaims(each);
    const token = await signMessage(each.kind, it, party(it.iss).signer);
    for (const r of SMALL_POINTS) {
      const changed = withSignature(token, (s) => Buffer.concat([r, s.subarray(32)]));
      expect(await refusal(opening(each.kind, changed, it))).toBe('signature_invalid');
    }
  });
});

describe('keys', () => {
  test('are those of RFC 8032 §7.1 and RFC 8037 A.1', async () => {
    const seed = hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
    const { publicKey } = await signingKey(seed, 'rfc', 'node');
    expect(publicKey).toEqual({
      kid: 'rfc',
      use: 'node',
      kty: 'OKP',
      crv: 'Ed25519',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    });
  });

  test('sign what node:crypto verifies with the public half', async () => {
    await fc.assert(
      fc.asyncProperty(bytes(32), bytes(20), async (seed, data) => {
        const { signer, publicKey } = await signingKey(seed, 'k', 'registry');
        const { kty, crv, x } = publicKey;
        const signature = await crypto.subtle.sign('Ed25519', signer.key, Buffer.from(data));
        const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
        expect(verify(null, data, key, Buffer.from(signature))).toBe(true);
        expect(signer.key.extractable).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  test('come from seeds of 32 bytes and no others', async () => {
    for (const length of [0, 31, 33, 64]) {
      await expect(signingKey(new Uint8Array(length), 'k', 'node')).rejects.toThrow(RangeError);
    }
  });

  test('of the same seed sign the same, of another do not', async () => {
    const data = Buffer.from('連携');
    const [one, two] = PARTIES.map(({ privateKey }) => sign(null, data, privateKey));
    expect(one).toEqual(sign(null, data, gateway.privateKey));
    expect(one).not.toEqual(two);
  });

  test.each([
    ['another curve', { crv: 'X25519' }],
    ['another type', { kty: 'EC' }],
    ['a use there is not', { use: 'staff' }],
    ['no key id', { kid: '' }],
    ['a key id with a space', { kid: 'a b' }],
    ['a key id too long', { kid: 'k'.repeat(65) }],
    ['a short key', { x: 'AAAA' }],
    ['a padded key', { x: `${gateway.publicKey.x}=` }],
    ['a secret beside it', { d: gateway.publicKey.x }],
    ['no use', { use: undefined }],
  ])('with %s are refused', (_what, changes) => {
    expect(PublicKey.safeParse({ ...gateway.publicKey, ...changes }).success).toBe(false);
  });

  test('are published without their use in this network and with nothing secret', () => {
    const { kid, x } = gateway.publicKey;
    const expected = { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' };
    expect(jwksOf([gateway.publicKey])).toEqual({ keys: [expected] });
    const everything = Object.assign({ d: 'secret' }, gateway.publicKey);
    expect(JSON.stringify(jwksOf([everything]))).not.toContain('secret');
  });
});
