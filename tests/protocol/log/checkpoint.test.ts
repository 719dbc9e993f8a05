import { describe, expect, test } from 'vitest';
import {
  checkpointText,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../../src/protocol/log/checkpoint.ts';
import {
  cosignatureVerifier,
  cosignedAt,
  cosigner,
} from '../../../src/protocol/log/cosignature.ts';
import { EMPTY_ROOT, sameHash } from '../../../src/protocol/log/hash.ts';
import { LogInvalid } from '../../../src/protocol/log/log-invalid.ts';
import { parseVerifierKey } from '../../../src/protocol/log/log-key.ts';
import {
  formatNote,
  noteSigner,
  noteVerifier,
  parseNote,
  signatureBy,
  signNote,
} from '../../../src/protocol/log/signed-note.ts';
import vectors from '../../vectors/merkle-notes.json' with { type: 'json' };
import { testKey, testLog } from './parties.ts';
import { memoryLog } from './trees.ts';

const fault = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return error instanceof LogInvalid ? error.kind : error;
  }
};
const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';

describe('the text (C2SP tlog-checkpoint)', () => {
  test('the specification’s example reads and is written again to the byte', () => {
    const { text } = parseNote(vectors.specCosignature.note);
    const checkpoint = parseCheckpoint(text);
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(Buffer.from(checkpoint.root).toString('base64')).toBe(ROOT);
    expect(checkpointText(checkpoint)).toBe(text);
  });

  test('extension lines are read', () => {
    expect(parseCheckpoint(`o\n1\n${ROOT}\nmore\nand more\n`).extensions).toEqual([
      'more',
      'and more',
    ]);
  });

  test.each([
    ['no newline at the end', `o\n1\n${ROOT}`],
    ['no origin', `\n1\n${ROOT}\n`],
    ['a leading zero', `o\n01\n${ROOT}\n`],
    ['a sign', `o\n+1\n${ROOT}\n`],
    ['a fraction', `o\n1.0\n${ROOT}\n`],
    ['an exponent', `o\n1e3\n${ROOT}\n`],
    ['a space', `o\n 1\n${ROOT}\n`],
    ['more than can be counted', `o\n9007199254740993\n${ROOT}\n`],
    ['a short root', `o\n1\n${ROOT.slice(4)}\n`],
    ['a root without padding', `o\n1\n${ROOT.slice(0, -1)}\n`],
    ['a root with stray bits', `o\n1\n${ROOT.replace('2I=', '2J=')}\n`],
    ['an empty extension line', `o\n1\n${ROOT}\n\n`],
    ['no root', 'o\n1\n'],
    ['an empty tree with a root', `o\n0\n${ROOT}\n`],
    ['nothing', ''],
  ])('refused: %s', (_what, text) => {
    expect(fault(() => parseCheckpoint(text))).toBe('checkpoint');
  });

  test('what no checkpoint can say is not written', () => {
    const right = { origin: 'o', size: 1, root: EMPTY_ROOT };
    expect(() => checkpointText({ ...right, origin: 'o\no' })).toThrow(RangeError);
    expect(() => checkpointText({ ...right, size: 2 ** 53 })).toThrow(RangeError);
    expect(() => checkpointText({ ...right, root: EMPTY_ROOT.subarray(1) })).toThrow(RangeError);
  });
});

describe('opening', () => {
  const log = memoryLog(40);
  const own = testLog('gateway.example/log');

  test('a log’s checkpoint opens with its key only, and only as its own', () => {
    const note = own.sealed(log, 40);
    expect(openCheckpoint(note, own.known)).toMatchObject({ size: 40, cosigned: [], note });
    const { keys } = testLog('gateway.example/log', 'another').known;
    expect(fault(() => openCheckpoint(note, { ...own.known, keys }))).toBe('signature');
    const foreign = signNote(
      checkpointText({ origin: 'other.example/log', size: 40, root: log.root(40) }),
      own.signer,
    );
    expect(fault(() => openCheckpoint(foreign, own.known))).toBe('checkpoint');
  });

  test('while a key is replaced either one opens', () => {
    const next = testLog('gateway.example/log', 'next');
    const known = { ...own.known, keys: [...own.known.keys, ...next.known.keys] };
    expect(openCheckpoint(own.sealed(log, 3), known).size).toBe(3);
    expect(openCheckpoint(next.sealed(log, 4), known).size).toBe(4);
  });

  test('signatures of strangers are neither verified nor kept', () => {
    const text = checkpointText({ origin: own.signer.name, size: 40, root: log.root(40) });
    const stranger = noteSigner('stranger.example', testKey('stranger'));
    const crowded = signNote(text, stranger, own.signer);
    expect(openCheckpoint(crowded, own.known).note).toBe(own.sealed(log, 40));
  });

  test('a witness’s word alone is not the log’s', () => {
    const witness = cosigner('w.example', testKey('w'));
    const text = checkpointText({ origin: own.signer.name, size: 40, root: log.root(40) });
    const note = formatNote({ text, signatures: [witness.cosign(text, 1)] });
    const verifier = cosignatureVerifier('w.example', testKey('w').publicKey);
    expect(fault(() => openCheckpoint(note, own.known, [verifier]))).toBe('signature');
  });
});

describe('cosignatures (C2SP tlog-cosignature)', () => {
  const witness = cosigner('w.example/1', testKey('w'));
  const verifier = cosignatureVerifier('w.example/1', testKey('w').publicKey);
  const own = testLog('gateway.example/log');
  const text = checkpointText({ origin: own.signer.name, size: 1, root: EMPTY_ROOT });
  const sealed = (...more: ReturnType<typeof witness.cosign>[]) =>
    formatNote({ text, signatures: [signatureBy(own.signer, text), ...more] });

  test('a public log’s checkpoint, with the cosignatures that public witnesses made', () => {
    const { origin, size, keys, witnesses, note } = vectors.cosigned;
    const verifierOf = (key: string) => {
      const { name, type, publicKey } = parseVerifierKey(key);
      return type === 'ed25519'
        ? noteVerifier(name, publicKey)
        : cosignatureVerifier(name, publicKey);
    };
    const log = { origin, keys: keys.map(verifierOf) };
    const opened = openCheckpoint(note, log, witnesses.map(verifierOf));
    expect(opened).toMatchObject({ origin, size });
    expect(opened.cosigned.map(({ name }) => name)).toEqual([
      'remora.n621.de',
      'witness.stagemole.eu',
    ]);
    expect(opened.cosigned.map(cosignedAt)).toEqual([1_779_573_024, 1_779_573_024]);
    const altered = note.replace('\n1432088532\n', '\n1432088533\n');
    expect(fault(() => openCheckpoint(altered, log, witnesses.map(verifierOf)))).toBe('signature');
  });

  test('the time is read from the signature, and is signed', () => {
    const { note, cosignedAt: seconds } = vectors.specCosignature;
    const [, example] = parseNote(note).signatures;
    if (example === undefined) throw new Error('the vector is incomplete');
    expect(cosignedAt(example)).toBe(seconds);

    const signature = witness.cosign(text, seconds);
    expect(cosignedAt(signature)).toBe(seconds);
    expect(openCheckpoint(sealed(signature), own.known, [verifier]).cosigned).toEqual([signature]);
    const later = Uint8Array.from(signature.signature);
    later[7] = (later[7] ?? 0) + 1;
    const moved = sealed({ ...signature, signature: later });
    expect(fault(() => openCheckpoint(moved, own.known, [verifier]))).toBe('signature');
  });

  test('it covers the whole text, and is no plain signature of the same key', () => {
    const signature = witness.cosign(text, 7);
    expect(fault(() => verifier.verify(`${text}more\n`, signature.signature))).toBe('signature');
    const plain = noteVerifier('w.example/1', testKey('w').publicKey);
    expect(plain.id).not.toBe(verifier.id);
    expect(fault(() => plain.verify(text, signature.signature.subarray(8)))).toBe('signature');
  });

  test('a time that can’t be counted, or no time at all, is refused', () => {
    const signature = new Uint8Array(72).fill(0xff);
    expect(fault(() => verifier.verify(text, signature))).toBe('signature');
    expect(fault(() => verifier.verify(text, signature.subarray(8)))).toBe('signature');
    expect(() => witness.cosign(text, 1.5)).toThrow(RangeError);
  });
});

test('sealing an empty log says so', () => {
  const { signer, known } = testLog('empty.example');
  const note = signCheckpoint({ size: 0, root: EMPTY_ROOT }, signer);
  const opened = openCheckpoint(note, known);
  expect(opened.size).toBe(0);
  expect(sameHash(opened.root, EMPTY_ROOT)).toBe(true);
});
