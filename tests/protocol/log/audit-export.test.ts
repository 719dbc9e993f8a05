import { describe, expect, test } from 'vitest';
import {
  type AuditOptions,
  auditExport,
  type ExportLine,
  recordLine,
} from '../../../src/protocol/log/audit-export.ts';
import { signCheckpoint } from '../../../src/protocol/log/checkpoint.ts';
import { cosignatureVerifier, cosigner } from '../../../src/protocol/log/cosignature.ts';
import { Frontier } from '../../../src/protocol/log/frontier.ts';
import { leafHash } from '../../../src/protocol/log/hash.ts';
import { readRecordLeaf, recordLeaf } from '../../../src/protocol/log/leaf.ts';
import { LogInvalid } from '../../../src/protocol/log/log-invalid.ts';
import { formatNote, parseNote } from '../../../src/protocol/log/signed-note.ts';
import { fc } from '../../support/property.ts';
import { testKey, testLog } from './parties.ts';

const own = testLog('13101.example/log');
const witness = cosigner('gateway.example', testKey('w'));
const witnesses = [cosignatureVerifier('gateway.example', testKey('w').publicKey)];
const SIZE = 60;
const EVERY = 10;

const record = (index: number) => recordLeaf({ kind: 'answered', at: 1_795_305_600_000 + index });

/** An export with a checkpoint after every tenth record; the one after the 30th is cosigned. */
function exported(size = SIZE) {
  const frontier = new Frontier();
  const lines: ExportLine[] = [];
  const heads = new Map<number, { size: number; root: Uint8Array }>();
  for (let index = 0; index < size; index++) {
    lines.push(recordLine(index, record(index)));
    frontier.append(leafHash(record(index)));
    if (frontier.size % EVERY > 0) continue;
    const head = { size: frontier.size, root: frontier.root() };
    heads.set(head.size, head);
    const { text, signatures } = parseNote(signCheckpoint(head, own.signer));
    const more = head.size === 30 ? [witness.cosign(text, 1_795_305_700)] : [];
    lines.push({ checkpoint: formatNote({ text, signatures: [...signatures, ...more] }) });
  }
  return { lines, heads };
}
const { lines, heads } = exported();
/** Where the record of this index is among the lines. */
const lineOf = (index: number) => index + Math.floor(index / EVERY);

const audit = (what: readonly ExportLine[], options: Partial<AuditOptions> = {}) =>
  auditExport(
    what.map((line) => JSON.stringify(line)),
    { log: own.known, ...options },
  );
const faultOf = async (what: readonly ExportLine[], options?: Partial<AuditOptions>) => {
  try {
    await audit(what, options);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof LogInvalid)) throw error;
    return { kind: error.kind, ...error.place };
  }
};
const replaced = (at: number, line: ExportLine) => lines.with(at, line);
const known = (size: number) => {
  const head = heads.get(size);
  if (head === undefined) throw new RangeError('no checkpoint there');
  return head;
};

test('an export that was left alone is accepted, and who cosigned what is told', async () => {
  const report = await audit(lines, { witnesses, known: [known(20), known(60)] });
  expect(report).toEqual({
    size: SIZE,
    root: known(60).root,
    checkpoints: 6,
    pruned: 0,
    cosigned: { 'gateway.example': 30 },
  });
});

test('each record is handed on, in order', async () => {
  const records: string[] = [];
  await audit(lines, { eachRecord: (one) => records.push(one) });
  expect(records).toEqual(Array.from({ length: SIZE }, (_, index) => record(index)));
});

test('lines may come one by one', async () => {
  async function* slowly() {
    for (const line of lines) yield JSON.stringify(line);
  }
  expect((await auditExport(slowly(), { log: own.known })).size).toBe(SIZE);
});

describe('the first bad place is named', () => {
  const record37 = lines[lineOf(37)];
  if (record37 === undefined || !('record' in record37)) throw new Error('no such record');

  test('an altered record', async () => {
    const other = { ...record37, record: (record37.record ?? '').replace('answered', 'declined') };
    expect(await faultOf(replaced(lineOf(37), other))).toEqual({ kind: 'record', index: 37 });
  });

  test('an altered record with its leaf made to fit: between which checkpoints', async () => {
    const other = recordLine(37, (record37.record ?? '').replace('answered', 'declined'));
    expect(await faultOf(replaced(lineOf(37), other))).toEqual({ kind: 'root', from: 30, to: 40 });
  });

  test('a record in another spelling, when records are read too', async () => {
    const frontier = new Frontier();
    const spelt = record(0).replace(',', ', ');
    frontier.append(leafHash(spelt));
    const checkpoint = signCheckpoint({ size: 1, root: frontier.root() }, own.signer);
    const what = [recordLine(0, spelt), { checkpoint }];
    expect(await faultOf(what)).toBe('accepted');
    const fault = await faultOf(what, { eachRecord: readRecordLeaf });
    expect(fault).toEqual({ kind: 'record', index: 0 });
  });

  test('a record that is gone, doubled or swapped with the next', async () => {
    const order = { kind: 'order', index: 37 };
    expect(await faultOf(lines.toSpliced(lineOf(37), 1))).toEqual(order);
    expect(await faultOf(lines.toSpliced(lineOf(37), 0, recordLine(36, record(36))))).toEqual(
      order,
    );
    const next = recordLine(38, record(38));
    expect(await faultOf(lines.toSpliced(lineOf(37), 2, next, record37))).toEqual(order);
  });

  test('records removed and the rest renumbered', async () => {
    const rest = lines
      .slice(lineOf(38))
      .map((line) => ('record' in line ? { ...line, index: line.index - 1 } : line));
    const cut = [...lines.slice(0, lineOf(37)), ...rest];
    expect(await faultOf(cut)).toEqual({ kind: 'order', index: 39 });
  });

  test('a checkpoint of another key, of another size, or altered', async () => {
    const at = lineOf(39) + 1;
    const head = known(40);
    const others = {
      signature: signCheckpoint(head, testLog('13101.example/log', 'other').signer),
      order: signCheckpoint({ ...head, size: 41 }, own.signer),
      checkpoint: signCheckpoint(head, own.signer).replace('\n40\n', '\n041\n'),
    };
    for (const [kind, checkpoint] of Object.entries(others)) {
      const fault = await faultOf(replaced(at, { checkpoint }));
      expect(fault).toMatchObject({ kind: kind === 'checkpoint' ? 'signature' : kind, index: 40 });
    }
  });

  test('a cosignature of a known witness that is wrong', async () => {
    const at = lineOf(29) + 1;
    const line = lines[at];
    if (line === undefined || !('checkpoint' in line)) throw new Error('no such checkpoint');
    const { text, signatures } = parseNote(line.checkpoint);
    const [log, cosignature] = signatures;
    if (log === undefined || cosignature === undefined) throw new Error('not cosigned');
    const moved = { ...cosignature, signature: witness.cosign(`${text}x\n`, 1).signature };
    const checkpoint = formatNote({ text, signatures: [log, moved] });
    const fault = await faultOf(replaced(at, { checkpoint }), { witnesses });
    expect(fault).toEqual({ kind: 'signature', index: 30, name: 'gateway.example' });
  });

  test('no line at all', async () => {
    const what = lines.map((line) => JSON.stringify(line)).with(lineOf(37), '{"index":37');
    const audited = auditExport(what, { log: own.known });
    await expect(audited).rejects.toMatchObject({ kind: 'order', place: { index: 37 } });
  });
});

describe('an export that ends too early', () => {
  test('after a record: nothing vouches for the last ones', async () => {
    const fault = { kind: 'truncated', from: 30, to: 38 };
    expect(await faultOf(lines.slice(0, lineOf(38)))).toEqual(fault);
  });

  test('after a checkpoint: only who knows a later one can tell', async () => {
    const cut = lines.slice(0, lineOf(40));
    expect(await faultOf(cut)).toBe('accepted');
    const place = { kind: 'truncated', from: 20, to: 60 };
    expect(await faultOf(cut, { known: [known(20), known(60)] })).toEqual(place);
  });

  test('before it began', async () => {
    expect(await faultOf([])).toEqual({ kind: 'truncated', from: 0, to: 0 });
  });
});

test('a log rewritten and signed again is found by a checkpoint that a witness kept', async () => {
  const frontier = new Frontier();
  const rewritten: ExportLine[] = [];
  for (let index = 0; index < SIZE; index++) {
    const text = index === 12 ? record(index).replace('answered', 'declined') : record(index);
    rewritten.push(recordLine(index, text));
    frontier.append(leafHash(text));
  }
  const checkpoint = signCheckpoint({ size: SIZE, root: frontier.root() }, own.signer);
  rewritten.push({ checkpoint });
  expect(await faultOf(rewritten)).toBe('accepted');
  expect(await faultOf(rewritten, { known: [known(10), known(30)] })).toEqual({
    kind: 'fork',
    from: 10,
    to: 30,
  });
});

test('whatever character of an export is altered, it is refused or says the same', async () => {
  const whole = lines.map((line) => JSON.stringify(line)).join('\n');
  const right = await audit(lines, { witnesses });
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: whole.length - 1 }),
      fc.integer({ min: 32, max: 126 }),
      async (at, code) => {
        const altered = whole.slice(0, at) + String.fromCharCode(code) + whole.slice(at + 1);
        const audited = auditExport(altered.split('\n'), { log: own.known, witnesses });
        const result = await audited.catch((error: unknown) => error);
        if (result instanceof LogInvalid) return;
        // The name or key id of a cosigner was altered: then it is a stranger's.
        expect({ ...(result as object), cosigned: {} }).toEqual({ ...right, cosigned: {} });
      },
    ),
    { numRuns: 150 },
  );
});
