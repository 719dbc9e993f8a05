import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import nacl from 'tweetnacl';
import { describe, expect, test } from 'vitest';
import { base64url } from '../../src/protocol/encoding.ts';
import { X25519Key } from '../../src/protocol/identifiers.ts';
import {
  oneTimeKey,
  open,
  seal,
  sealedMismatch,
  sealedText,
  sharedKey,
} from '../../src/protocol/sealing.ts';
import { problemOfError } from '../../src/service/http/problem.ts';
import { fc } from '../support/property.ts';
import { bytes } from './support/arbitraries.ts';
import { thrown } from './support/opening.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const toHex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
const raw = (key: string): Uint8Array => new Uint8Array(Buffer.from(key, 'base64url'));

/** X25519(scalar, u) of RFC 7748 §5, by node:crypto. */
function x25519(scalar: Uint8Array, u: Uint8Array): Uint8Array {
  const pkcs8 = Buffer.concat([hex('302e020100300506032b656e04220420'), scalar]);
  const spki = Buffer.concat([hex('302a300506032b656e032100'), u]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return new Uint8Array(diffieHellman({ privateKey, publicKey }));
}

/** RFC 7748 §6.1, and what D. J. Bernstein makes of the same keys in "Cryptography in NaCl" (2009). */
const alice = hex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
const alicePublic = '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a';
const bob = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
const bobPublic = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
const shared = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';
const boxKey = '1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389';
const nonce = hex('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37');
const plain = hex(
  'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc' +
    'e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31' +
    '0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde' +
    '048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705',
);
const box =
  'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce' +
  '48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972' +
  '71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae' +
  '90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3' +
  '7973f622a43d14a6599b1f654cb45a74e355a5';

describe('published vectors', () => {
  test('X25519 of RFC 7748 §6.1', () => {
    expect(toHex(raw(oneTimeKey(alice).publicKey))).toBe(alicePublic);
    expect(toHex(raw(oneTimeKey(bob).publicKey))).toBe(bobPublic);
    expect(toHex(x25519(alice, hex(bobPublic)))).toBe(shared);
    expect(toHex(x25519(bob, hex(alicePublic)))).toBe(shared);
  });

  test.each([
    [
      'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
      'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
      'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
    ],
    [
      '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
      'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
      '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
    ],
  ])('X25519 of RFC 7748 §5.2: %s', (scalar, u, out) => {
    expect(toHex(x25519(hex(scalar), hex(u)))).toBe(out);
    // The same through the module: its key is HSalsa20 of that.
    const theirs = base64url(hex(u));
    expect(sharedKey(theirs, hex(scalar))).toEqual(nacl.box.before(hex(u), hex(scalar)));
  });

  test('X25519 of RFC 7748 §5.2, a thousand times over', () => {
    let k = hex(`09${'00'.repeat(31)}`);
    let u = k;
    for (let times = 0; times < 1000; times++) [k, u] = [x25519(k, u), k];
    expect(toHex(k)).toBe('684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51');
  });

  test('the box of "Cryptography in NaCl"', () => {
    expect(toHex(sharedKey(base64url(hex(bobPublic)), alice))).toBe(boxKey);
    const sealed = seal(plain, nonce, base64url(hex(bobPublic)), oneTimeKey(alice));
    expect(toHex(sealed)).toBe(toHex(nonce) + box);
    expect(open(sealed, base64url(hex(alicePublic)), bob)).toEqual(plain);
  });
});

const keyPair = bytes(32).map(oneTimeKey);
const content = fc.uint8Array({ maxLength: 300 });
const runs = { numRuns: 40 };

describe('the same bytes as tweetnacl', () => {
  test('makes itself: box, box.before and box.open', () => {
    fc.assert(
      fc.property(keyPair, keyPair, bytes(24), content, (theirs, mine, nonce24, data) => {
        const sealed = seal(data, nonce24, theirs.publicKey, mine);
        const naclBox = nacl.box(data, nonce24, raw(theirs.publicKey), mine.secret);
        expect(sealed).toEqual(new Uint8Array([...nonce24, ...naclBox]));
        expect(sharedKey(theirs.publicKey, mine.secret)).toEqual(
          nacl.box.before(raw(theirs.publicKey), mine.secret),
        );
        const opened = nacl.box.open(
          sealed.subarray(24),
          sealed.subarray(0, 24),
          raw(mine.publicKey),
          theirs.secret,
        );
        expect(opened).toEqual(data);
      }),
      runs,
    );
  });

  test('of a secret are its public key', () => {
    fc.assert(
      fc.property(bytes(32), (secret) => {
        expect(raw(oneTimeKey(secret).publicKey)).toEqual(
          nacl.box.keyPair.fromSecretKey(secret).publicKey,
        );
        expect(X25519Key.safeParse(oneTimeKey(secret).publicKey).success).toBe(true);
      }),
      runs,
    );
  });
});

test('what was sealed is opened by the other secret, whichever side it was sealed on', () => {
  fc.assert(
    fc.property(keyPair, keyPair, bytes(24), content, (one, two, nonce24, data) => {
      const sealed = seal(data, nonce24, one.publicKey, two);
      expect(open(sealed, two.publicKey, one.secret)).toEqual(data);
      expect(Buffer.from(sealedText(sealed), 'base64url')).toEqual(Buffer.from(sealed));
      expect(sealed.length).toBe(24 + 16 + data.length);
    }),
    runs,
  );
});

/** Encodings of the points of small order (RFC 7748 §6.1), with the bit that does not count and without. */
const SMALL_ORDER = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
].flatMap((point) => {
  const key = hex(point);
  return [key, key.with(31, (key[31] ?? 0) | 0x80)].map(base64url);
});

describe('what is not sealed for here is one error', () => {
  const mine = oneTimeKey(alice);
  const theirs = oneTimeKey(bob);
  const sealed = seal(plain, nonce, mine.publicKey, theirs);
  const failure = (data: Uint8Array, key = theirs.publicKey, secret = mine.secret) =>
    thrown(() => open(data, key, secret));
  const one = sealedMismatch();

  /** Nothing that anyone sees differs: code, texts, problem document, cause. */
  const indistinguishable = (error: ReturnType<typeof thrown>) => {
    expect(error.code).toBe('permit_mismatch');
    expect(error.message).toBe(one.message);
    expect(error.detail).toEqual(one.detail);
    expect(problemOfError(error)).toEqual(problemOfError(one));
    expect(error.cause).toBeUndefined();
    expect(Object.keys(error)).toEqual(Object.keys(one));
  };

  test('any bit turned over', () => {
    expect(open(sealed, theirs.publicKey, mine.secret)).toEqual(plain);
    for (let place = 0; place < sealed.length * 8; place++) {
      const changed = Uint8Array.from(sealed);
      changed[place >> 3] = (changed[place >> 3] ?? 0) ^ (1 << (place & 7));
      indistinguishable(failure(changed));
    }
  });

  test('any length but its own', () => {
    for (let length = 0; length < sealed.length; length++) {
      indistinguishable(failure(sealed.subarray(0, length)));
    }
    indistinguishable(failure(new Uint8Array([...sealed, 0])));
    indistinguishable(failure(new Uint8Array(1000)));
  });

  test('another key on either side', () => {
    fc.assert(
      fc.property(keyPair, (other) => {
        indistinguishable(failure(sealed, other.publicKey));
        indistinguishable(failure(sealed, theirs.publicKey, other.secret));
      }),
      runs,
    );
  });

  test('a key that is none', () => {
    const wrong = ['', 'A', 'AAAA', `${theirs.publicKey}=`, `${theirs.publicKey}A`, '連携'];
    for (const key of wrong) indistinguishable(failure(sealed, key));
    indistinguishable(failure(sealed, theirs.publicKey, new Uint8Array(31)));
    indistinguishable(failure(sealed, theirs.publicKey, new Uint8Array(0)));
  });

  test('a key of small order', () => {
    for (const key of SMALL_ORDER) {
      indistinguishable(failure(sealed, key));
      // What a party that skips the check would seal: to the box key of the shared secret zero.
      const zero = nacl.box.before(raw(key), mine.secret);
      const weak = new Uint8Array([...nonce, ...nacl.secretbox(plain, nonce, zero)]);
      indistinguishable(failure(weak, key));
    }
  });

  test('nothing is sealed to a key of small order, and no message holds one', () => {
    for (const key of SMALL_ORDER) {
      expect(X25519Key.safeParse(key).success, key).toBe(false);
      expect(() => seal(plain, nonce, key, theirs)).toThrow();
    }
    expect(X25519Key.safeParse(theirs.publicKey).success).toBe(true);
  });
});

test('a nonce of another length seals nothing', () => {
  for (const length of [0, 23, 25]) {
    expect(() =>
      seal(plain, new Uint8Array(length), oneTimeKey(alice).publicKey, oneTimeKey(bob)),
    ).toThrow();
  }
});

test('sealing leaves the secrets of both as they were', () => {
  const [mine, theirs] = [oneTimeKey(Uint8Array.from(alice)), oneTimeKey(Uint8Array.from(bob))];
  const sealed = seal(plain, nonce, mine.publicKey, theirs);
  open(sealed, theirs.publicKey, mine.secret);
  open(sealed, theirs.publicKey, mine.secret);
  expect([mine.secret, theirs.secret]).toEqual([alice, bob]);
});
