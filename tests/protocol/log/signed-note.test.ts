import { describe, expect, test } from 'vitest';
import { cosignatureVerifier } from '../../../src/protocol/log/cosignature.ts';
import { LogInvalid } from '../../../src/protocol/log/log-invalid.ts';
import {
  formatVerifierKey,
  logKey,
  parseVerifierKey,
  verifierKey,
} from '../../../src/protocol/log/log-key.ts';
import {
  formatSignature,
  noteSigner,
  noteVerifier,
  openNote,
  parseNote,
  parseSignature,
  signNote,
} from '../../../src/protocol/log/signed-note.ts';
import { fc } from '../../support/property.ts';
import vectors from '../../vectors/merkle-notes.json' with { type: 'json' };
import { testKey } from './parties.ts';

const { text, signers } = vectors.goNote;
const [peter, enoch] = signers;
if (peter === undefined || enoch === undefined) throw new Error('the vectors are incomplete');

const verifierOf = (key: string) => {
  const { name, type, publicKey } = parseVerifierKey(key);
  return type === 'ed25519' ? noteVerifier(name, publicKey) : cosignatureVerifier(name, publicKey);
};
const signerOf = ({ secret, key }: { secret: string; key: string }) => {
  const seed = Buffer.from(secret.split('+').slice(4).join('+'), 'base64').subarray(1);
  return noteSigner(parseVerifierKey(key).name, logKey(seed));
};
const fault = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return error instanceof LogInvalid ? error.kind : error;
  }
};

describe('the Go reference', () => {
  test('the same keys sign the same lines', () => {
    expect(signNote(text, signerOf(peter), signerOf(enoch))).toBe(
      `${text}\n${peter.line}${enoch.line}`,
    );
  });

  test('a note of two opens with one key or with both; the other signature says nothing', () => {
    const note = `${text}\n${peter.line}${enoch.line}`;
    const one = openNote(note, [verifierOf(peter.key)]);
    expect(one.text).toBe(text);
    expect(one.verified.map(formatSignature)).toEqual([peter.line]);
    expect(one.unknown.map(formatSignature)).toEqual([enoch.line]);
    expect(
      openNote(
        note,
        signers.map(({ key }) => verifierOf(key)),
      ).unknown,
    ).toEqual([]);
    expect(fault(() => openNote(note, []))).toBe('signature');
  });

  test('a wrong signature of a known key spoils the note, whoever else signed', () => {
    const spoilt = `${peter.line.slice(0, 60)}ABCD${peter.line.slice(60)}`;
    const both = signers.map(({ key }) => verifierOf(key));
    expect(fault(() => openNote(`${text}\n${enoch.line}${spoilt}`, both))).toBe('signature');
  });

  test.each([
    ['no signature', text],
    ['nothing after the empty line', `${text}\n`],
    ['no newline at the end', `${text}\n${peter.line.slice(0, -1)}`],
    ['a control character', `\u0001${text}\n${peter.line}`],
    ['a carriage return', `${text.replace('\n', '\r\n')}\n${peter.line}`],
    ['half a surrogate pair', `\ud800${text}\n${peter.line}`],
    ['a name with a space', `${text}\n${peter.line.replace('PeterNeumann', 'Bad Name')}`],
    ['a name with a wide space', `${text}\n${peter.line.replace('PeterNeumann', 'Bad\u3000Name')}`],
    ['a name with a plus', `${text}\n${peter.line.replace('PeterNeumann', 'Bad+Name')}`],
    ['a hyphen for the dash', `${text}\n${peter.line.replace('—', '-')}`],
    ['another line', `${text}\n${peter.line}Unexpected line.\n`],
    ['base64 without padding', `${text}\n${peter.line.replace('=', '')}`],
    ['base64 with stray bits', `${text}\n${peter.line.replace('M=', 'N=')}`],
    ['base64url', `${text}\n${peter.line.replace('/', '_')}`],
    ['an id alone', `${text}\n— PeterNeumann x08goA==\n`],
    ['too many signatures', `${text}\n${peter.line.repeat(101)}`],
    ['no note at all', ''],
  ])('refused: %s', (_what, note) => {
    expect(fault(() => parseNote(note))).toBe('note');
  });
});

describe('verifier keys', () => {
  test.each([
    peter.key,
    enoch.key,
    vectors.specNote.key,
    ...vectors.cosigned.keys,
    ...vectors.cosigned.witnesses,
  ])('%s', (key) => {
    expect(formatVerifierKey(parseVerifierKey(key))).toBe(key);
  });

  test.each([
    '',
    'PeterNeumann',
    peter.key.replace('c74f20a3', 'c74f20a4'),
    peter.key.replace('c74f20a3', 'C74F20A3'),
    peter.key.replace('Neumann', 'Neuman'),
    peter.key.replace('+ARpc', '+AxpC'),
    peter.key.slice(0, -4),
    `${peter.key}\n`,
    `Peter ${peter.key}`,
  ])('refused: %j', (key) => {
    expect(fault(() => parseVerifierKey(key))).toBe('key');
  });

  test('a key has another id for each name and each type of signature', () => {
    const { publicKey } = testKey('one');
    const ids = [
      verifierKey('a', 'ed25519', publicKey),
      verifierKey('b', 'ed25519', publicKey),
      verifierKey('a', 'cosignature', publicKey),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });
});

test('the specification’s example opens', () => {
  const { note, key } = vectors.specNote;
  expect(openNote(note, [verifierOf(key)]).text).toBe('This is an example message.\n');
});

test('a text may have empty lines and signature lines of its own', () => {
  const signer = noteSigner('a.example', testKey('a'));
  const verifier = noteVerifier('a.example', testKey('a').publicKey);
  const tricky = `first\n\n${peter.line}\n`;
  expect(openNote(signNote(tricky, signer), [verifier]).text).toBe(tricky);
  expect(() => signNote('no newline', signer)).toThrow(RangeError);
});

test('any altered character of a note is noticed', () => {
  const note = signNote('a.example\nwords\n', noteSigner('a.example', testKey('a')));
  const verifier = noteVerifier('a.example', testKey('a').publicKey);
  fc.assert(
    fc.property(fc.nat({ max: note.length - 1 }), fc.integer({ min: 1, max: 127 }), (at, code) => {
      const other = String.fromCharCode(code);
      const altered = note.slice(0, at) + other + note.slice(at + 1);
      fc.pre(altered !== note);
      expect(fault(() => openNote(altered, [verifier]))).toMatch(/^(note|signature)$/);
    }),
    { numRuns: 1000 },
  );
});

test('a signature line reads back, whatever is signed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), fc.nat(), (signature, id) => {
      const one = { name: 'a.example/log', id, signature };
      expect(parseSignature(formatSignature(one))).toEqual(one);
    }),
  );
});
