import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/protocol/log/checkpoint.ts';
import { proveConsistency } from '../../../src/protocol/log/consistency.ts';
import { cosignatureVerifier, cosigner } from '../../../src/protocol/log/cosignature.ts';
import { LogInvalid } from '../../../src/protocol/log/log-invalid.ts';
import {
  formatNote,
  noteSigner,
  parseNote,
  signNote,
} from '../../../src/protocol/log/signed-note.ts';
import {
  observe,
  type Refused,
  type Seen,
  type Shown,
  verifyEarlier,
  verifyFork,
} from '../../../src/protocol/log/witness.ts';
import { fc } from '../../support/property.ts';
import { testKey, testLog } from './parties.ts';
import { flipped, type MemoryLog, memoryLog } from './trees.ts';

const MOST = 100;
const gateway = testLog('gateway.example/log');
const honest = memoryLog(MOST);

/** What the gateway shows of a log to somebody who saw `from` leaves of it. */
const shown = (log: MemoryLog, from: number, to: number): Shown => ({
  note: gateway.sealed(log, to),
  from,
  proof: proveConsistency(from, to, log.node),
});

function accepted(seen: Seen | undefined, what: Shown): Seen {
  const observation = observe(gateway.known, seen, what);
  if (observation.verdict !== 'accepted') throw new Error(observation.verdict);
  return observation.seen;
}
function refused(seen: Seen | undefined, what: Shown): Refused {
  const observation = observe(gateway.known, seen, what);
  if (observation.verdict !== 'refused') throw new Error(observation.verdict);
  return observation;
}
const at = (size: number) => accepted(undefined, shown(honest, 0, size));
const fault = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return error instanceof LogInvalid ? error.kind : error;
  }
};

test('a log that only grows is accepted all the way, and each checkpoint can be cosigned', () => {
  const witness = cosigner('12345.example', testKey('w'));
  const verifier = cosignatureVerifier('12345.example', testKey('w').publicKey);
  let seen: Seen | undefined;
  let from = 0;
  for (const size of [1, 2, 7, 8, 64, 65, MOST]) {
    const observation = observe(gateway.known, seen, shown(honest, from, size));
    if (observation.verdict !== 'accepted') throw new Error(observation.verdict);
    const { checkpoint } = observation;
    const { text, signatures } = parseNote(checkpoint.note);
    const cosigned = formatNote({ text, signatures: [...signatures, witness.cosign(text, size)] });
    expect(openCheckpoint(cosigned, gateway.known, [verifier]).cosigned).toHaveLength(1);
    ({ seen } = observation);
    from = size;
  }
});

test('the same checkpoint again is accepted and changes nothing', () => {
  const seen = at(10);
  expect(accepted(seen, shown(honest, 10, 10))).toBe(seen);
  expect(accepted(seen, shown(honest, 3, 10))).toBe(seen);
});

test('a proof from elsewhere is no verdict: the witness says where it is', () => {
  expect(observe(gateway.known, at(10), shown(honest, 5, 20))).toEqual({
    verdict: 'elsewhere',
    from: 10,
    to: 20,
  });
  expect(observe(gateway.known, undefined, shown(honest, 5, 20))).toEqual({
    verdict: 'elsewhere',
    from: 0,
    to: 20,
  });
});

describe('a log with one leaf altered', () => {
  test.each([0, 9, 10, 11, 19])('leaf %i', (leaf) => {
    const altered = memoryLog(MOST, (index) => (index === leaf ? 'another' : String(index)));
    const before = at(11);
    if (leaf >= 11) {
      // What the witness has not seen can still be anything.
      accepted(before, shown(altered, 11, 20));
      return;
    }
    expect(refused(before, shown(altered, 11, 20)).fault.kind).toBe('consistency');
    const fork = refused(before, shown(altered, 11, 11));
    expect(fork.fault).toMatchObject({ kind: 'fork', place: { from: 11, to: 11 } });
    if (fork.evidence === undefined) throw new Error('no evidence');
    const { seen, shown: other } = verifyFork(fork.evidence, gateway.known.keys);
    expect([seen.size, other.size]).toEqual([11, 11]);
  });
});

test('a shorter log is refused, and cleared only by the proof that it is the same log earlier', () => {
  const seen = at(50);
  const late = shown(honest, 0, 30);
  const rollback = refused(seen, late);
  expect(rollback.fault).toMatchObject({ kind: 'rollback', place: { from: 50, to: 30 } });
  expect(rollback.evidence).toMatchObject({ seen: seen.note, shown: late.note });
  verifyEarlier(gateway.known, seen, late.note, proveConsistency(30, 50, honest.node));

  const other = memoryLog(MOST, (index) => `other ${index}`);
  const forged = gateway.sealed(other, 30);
  const clear = () =>
    verifyEarlier(gateway.known, seen, forged, proveConsistency(30, 50, honest.node));
  expect(fault(clear)).toBe('consistency');
});

describe('what is not the log’s word is no evidence against it', () => {
  const stranger = testLog('gateway.example/log', 'stranger');
  const note = gateway.sealed(honest, 20);
  const text = parseNote(note).text;
  test.each([
    ['another key under the same name', stranger.sealed(honest, 20), 'signature'],
    ['another log', testLog('other.example').sealed(honest, 20), 'signature'],
    [
      'another origin signed with the log’s key',
      signNote(text.replace('gateway', 'getaway'), gateway.signer),
      'checkpoint',
    ],
    ['no checkpoint', signNote('gateway.example/log\nhello\n', gateway.signer), 'checkpoint'],
    ['an altered size', note.replace('\n20\n', '\n21\n'), 'signature'],
    ['no note', 'hello', 'note'],
  ] as const)('%s', (_what, forged, kind) => {
    for (const seen of [undefined, at(10)]) {
      const from = seen === undefined ? 0 : 10;
      const refusal = refused(seen, { note: forged, from, proof: [] });
      expect(refusal.fault.kind).toBe(kind);
      expect(refusal.evidence).toBeUndefined();
    }
  });
});

test('signatures of strangers are not kept, so nobody fills a witness’s storage', () => {
  const text = parseNote(gateway.sealed(honest, 5)).text;
  const many = Array.from({ length: 50 }, (_, n) => noteSigner(`s${n}.example`, testKey(`${n}`)));
  const crowded = signNote(text, ...many, gateway.signer);
  const seen = accepted(undefined, { note: crowded, from: 0, proof: [] });
  expect(seen.note).toBe(gateway.sealed(honest, 5));
});

test('evidence that proves nothing is refused: same tree, other sizes, other keys', () => {
  const [a, b] = [gateway.sealed(honest, 10), gateway.sealed(honest, 11)];
  const evidence = { kind: 'fork', origin: gateway.known.origin, seen: a } as const;
  expect(fault(() => verifyFork({ ...evidence, shown: a }, gateway.known.keys))).toBe('fork');
  expect(fault(() => verifyFork({ ...evidence, shown: b }, gateway.known.keys))).toBe('fork');
  const { keys } = testLog('gateway.example/log', 'stranger').known;
  expect(fault(() => verifyFork({ ...evidence, shown: b }, keys))).toBe('signature');
});

test('however a log that was altered is shown, it is never accepted twice over', () => {
  // A gateway with two versions of its log, which differ from leaf `split` on, shows a witness any of
  // both in any order, with the right proof of that version. What was accepted is always one log.
  const step = fc.record({ version: fc.nat({ max: 1 }), size: fc.integer({ min: 1, max: MOST }) });
  fc.assert(
    fc.property(
      fc.nat({ max: MOST - 1 }),
      fc.array(step, { minLength: 1, maxLength: 12 }),
      (split, steps) => {
        const altered = memoryLog(MOST, (index) => `${index < split ? '' : 'x'}${index}`);
        const versions = [honest, altered] as const;
        let seen: Seen | undefined;
        let size = 0;
        let version: number | undefined;
        for (const next of steps) {
          const log = versions[next.version] ?? honest;
          const from = Math.min(size, next.size);
          const observation = observe(gateway.known, seen, shown(log, from, next.size));
          const differs = next.size > split;
          const mixed = version !== undefined && version !== next.version && size > split;
          if (next.size < size) {
            expect(observation).toMatchObject({ verdict: 'refused', fault: { kind: 'rollback' } });
            continue;
          }
          if (mixed) {
            const kind = next.size === size ? 'fork' : 'consistency';
            expect(observation).toMatchObject({ verdict: 'refused', fault: { kind } });
            continue;
          }
          if (observation.verdict !== 'accepted') throw new Error(observation.verdict);
          ({ seen } = observation);
          size = next.size;
          if (differs) version = next.version;
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('two witnesses that were shown different logs find out when they compare', () => {
  const altered = memoryLog(MOST, (index) => (index === 3 ? 'another' : String(index)));
  const one = at(40);
  const other = accepted(undefined, shown(altered, 0, 60));
  // One asks the gateway to lead from its own checkpoint to the other's: either proof fails.
  for (const log of [honest, altered]) {
    const proof = proveConsistency(40, 60, log.node);
    expect(refused(one, { note: other.note, from: 40, proof }).fault.kind).toBe('consistency');
  }
});

test('any flipped bit of the proof is refused', () => {
  const what = shown(honest, 37, 90);
  const seen = at(37);
  accepted(seen, what);
  const bits = fc.nat({ max: what.proof.length * 256 - 1 });
  fc.assert(
    fc.property(bits, (bit) => {
      const proof = what.proof.map((hash, at) =>
        at === bit >> 8 ? flipped(hash, bit & 255) : hash,
      );
      expect(refused(seen, { ...what, proof }).fault.kind).toBe('consistency');
    }),
    { numRuns: 200 },
  );
});
