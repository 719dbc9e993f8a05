import { base64url, canonicalJson, utf8 } from '../../src/protocol/encoding.ts';
import type { ErrorCode } from '../../src/protocol/errors.ts';
import type { Subject } from '../../src/protocol/messages/permit.ts';
import { type Plaintext, plaintextBytes } from '../../src/protocol/plaintext.ts';
import { oneTimeKey, seal, sharedKey } from '../../src/protocol/sealing.ts';
import { bytesOf, EXCHANGE, idOf, plaintext, sealed, sealing, subject } from './examples.ts';

/** A sealed answer as the inquirer opens it. Bytes are base64url. */
export interface SealedVector {
  readonly what: string;
  /** The inquirer's one-time secret, the provider's one-time public key. */
  readonly secret: string;
  readonly theirs: string;
  readonly sealed: string;
  readonly exchange: string;
  readonly subject: Subject;
}
export interface SealingVectors {
  readonly boxes: readonly {
    readonly what: string;
    readonly secret: string;
    readonly publicKey: string;
    readonly theirs: string;
    readonly sharedKey: string;
    readonly nonce: string;
    readonly plain: string;
    readonly sealed: string;
  }[];
  readonly opened: readonly (SealedVector & { readonly plaintext: Plaintext })[];
  readonly refused: readonly (SealedVector & { readonly code: ErrorCode })[];
  readonly smallOrder: readonly string[];
}

const fromHex = (text: string): string => Buffer.from(text, 'hex').toString('base64url');
const { inquirer, provider, nonce } = sealing;
const secretOf = (key: typeof inquirer): string => base64url(key.secret);

const right: SealedVector = {
  what: 'as the provider sealed it',
  secret: secretOf(inquirer),
  theirs: provider.publicKey,
  sealed: base64url(sealed),
  exchange: EXCHANGE,
  subject,
};

export const sealingVectors = (): SealingVectors => ({
  boxes: [published(), ownBox('an answer', plaintextBytes(plaintext)), ownBox('nothing', utf8(''))],
  opened: [{ ...right, plaintext }],
  refused: [...bytesChanged(), ...keysChanged(), ...elsewhere(), ...nonsense()].map((changes) => ({
    ...right,
    ...changes,
    code: 'permit_mismatch',
  })),
  smallOrder: SMALL_ORDER.map(fromHex),
});

/** Sections 2, 8 and 10 of D. J. Bernstein's "Cryptography in NaCl" (2009), keys of RFC 7748 §6.1. */
const published = () => ({
  what: 'Cryptography in NaCl',
  secret: fromHex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'),
  publicKey: fromHex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'),
  theirs: fromHex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'),
  sharedKey: fromHex('1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389'),
  nonce: fromHex('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37'),
  plain: fromHex(
    'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc' +
      'e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31' +
      '0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde' +
      '048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705',
  ),
  sealed: fromHex(
    '69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37' +
      'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce' +
      '48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972' +
      '71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae' +
      '90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3' +
      '7973f622a43d14a6599b1f654cb45a74e355a5',
  ),
});

const ownBox = (what: string, plain: Uint8Array) => ({
  what,
  secret: secretOf(provider),
  publicKey: provider.publicKey,
  theirs: inquirer.publicKey,
  sharedKey: base64url(sharedKey(inquirer.publicKey, provider.secret)),
  nonce: base64url(nonce),
  plain: base64url(plain),
  sealed: base64url(seal(plain, nonce, inquirer.publicKey, provider)),
});

function bytesChanged(): Partial<SealedVector>[] {
  const flipped = (index: number) => sealed.with(index, (sealed[index] ?? 0) ^ 1);
  const variants: [string, Uint8Array][] = [
    ['empty', new Uint8Array(0)],
    ['a nonce only', sealed.subarray(0, 24)],
    ['cut short by a byte', sealed.subarray(0, -1)],
    ['with a byte behind', new Uint8Array([...sealed, 0])],
    ['a bit of the nonce', flipped(0)],
    ['a bit of the authenticator', flipped(24)],
    ['a bit of the content', flipped(40)],
    ['the last bit', flipped(sealed.length - 1)],
  ];
  return variants.map(([what, bytes]) => ({ what, sealed: base64url(bytes) }));
}

function keysChanged(): Partial<SealedVector>[] {
  const strange = oneTimeKey(bytesOf('somebody else'));
  return [
    { what: 'opened with another secret', secret: secretOf(strange) },
    { what: 'opened with another public key', theirs: strange.publicKey },
    { what: 'opened with a key that is none', theirs: 'AAAA' },
    ...SMALL_ORDER.map((point) => ({
      what: `opened with the point of small order ${point}`,
      theirs: fromHex(point),
    })),
  ];
}

/** Bytes that open, in an exchange they were not sealed for. */
const elsewhere = (): Partial<SealedVector>[] => [
  { what: 'another exchange', exchange: idOf('another exchange') },
  { what: 'another inquirer', subject: { ...subject, inquirer: '14130' } },
  { what: 'another provider', subject: { ...subject, provider: '14130' } },
  { what: 'other information', subject: { ...subject, information: 'TM00000000000000' } },
];

/** Bytes that open and say nothing. */
function nonsense(): Partial<SealedVector>[] {
  const { direction: _direction, ...undirected } = plaintext;
  const texts: [string, string][] = [
    ['nothing', ''],
    ['no JSON', '回答'],
    ['null', 'null'],
    ['no direction', canonicalJson(undirected)],
    ['the other direction', canonicalJson({ ...undirected, direction: 'inquirer-to-provider' })],
    ['an unknown member', canonicalJson({ ...plaintext, zz: 1 })],
  ];
  return texts.map(([what, text]) => ({
    what: `sealed rightly: ${what}`,
    sealed: base64url(seal(utf8(text), nonce, inquirer.publicKey, provider)),
  }));
}

/** u-coordinates (RFC 7748 §6.1): no public key may be one of these, in messages or here. */
const SMALL_ORDER = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  `${'00'.repeat(31)}80`,
  `${'ff'.repeat(32)}`.replace(/^ff/, 'ee'),
];
