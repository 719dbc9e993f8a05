import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileReport } from '../../src/protocol/file-report.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { affairCode, informationCode } from '../../src/protocol/permission/codes.ts';
import { affairOf, inquiryFile, type Sent, send } from '../support/batch-files.ts';
import { expectProblem } from '../support/problem.ts';
import { fc } from '../support/property.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

// A file with mistakes: all of them in one report that repeats nothing of it, nothing asked, nothing left behind.

let net: TestNetwork;
let numbers: string[];
let good: string;
beforeAll(async () => {
  net = await testNetwork({
    config: (config) => ({ ...config, batches: { ...config.batches, maxBytes: 2_000_000 } }),
  });
  numbers = net.people().map(({ number }) => number);
  good = inquiryFile(net, numbers.slice(0, 3));
});
afterAll(() => net.network.close());

const store = () => net.network.agency(MATSUE).node.store.read;
/** Everything that a file could have left. */
const left = () => ({
  records: [GATEWAY, KUMAGAYA, MATSUE].map((party) => net.records(party).length),
  batches: store().batchesIn(['checking', 'awaiting_approval', 'running', 'stopped', 'finished']),
  open: store().inquiriesIn(['asking', 'permitted', 'pending', 'open']),
});

async function refused(file: string | Uint8Array, sent: Sent = {}) {
  const before = left();
  const reply = await send(net, file, sent);
  await net.settled();
  expect(left()).toEqual(before);
  expectProblem(reply, 'message_malformed');
  expect(reply.json.hint).toBeDefined();
  const report = FileReport.parse(reply.json);
  for (const number of numbers) expect(reply.text).not.toContain(number);
  return { ...report, kinds: report.findings.map(({ line, problem }) => [line, problem]) };
}
const withLine = (line: string) => `${good}${line}\r\n`;
const changed = (change: Parameters<typeof inquiryFile>[2]) =>
  good + inquiryFile(net, numbers.slice(3, 4), change);
const [MARK, BYTES] = ['\uFEFF', (text: string) => Buffer.from(text, 'utf8')];

describe('what the node knows better', () => {
  test.each([
    ['another agency’s file', () => changed({ inquirer: KUMAGAYA }), 'not_this_agency'],
    ['an agency that nobody knows', () => changed({ provider: '99999' }), 'unknown_provider'],
    ['an affair that is in no list', () => changed({ affair: affairCode('x') }), 'unknown_affair'],
    [
      'information that is in no list',
      () => changed({ information: informationCode('x') }),
      'unknown_information',
    ],
    ['somebody whom nobody knows', () => good + inquiryFile(net, ['999999999999999']), 'no_code'],
    ['a row twice', () => good + inquiryFile(net, numbers.slice(1, 2)), 'duplicate_row'],
  ])('%s', async (_what, file, problem) => {
    expect((await refused(file())).kinds).toEqual([[4, problem]]);
  });

  test('what the law will deny is no mistake of the file', async () => {
    const file = inquiryFile(net, numbers.slice(0, 1), { affair: affairOf(net, '16') });
    expect((await send(net, file)).status).toBe(201);
    await net.settled();
  });

  test('a member of staff sends only for affairs of theirs', async () => {
    const by = {
      kind: 'staff',
      id: 'tanto',
      authority: { roles: ['officer'], department: 'x', affairs: [] },
    } as const;
    const { rowCheck } = await import('../../src/agency/core/batches/check.ts');
    const check = await rowCheck(net.network.agency(MATSUE).node, by);
    const ask = {
      integratedAddressNumber: numbers[0] ?? '',
      provider: KUMAGAYA,
      item: '25',
      information: informationCode(VACCINATION),
    };
    expect(check({ ask })).toMatchObject({
      affair: affairOf(net),
      findings: [{ problem: 'not_allowed' }],
    });
  });

  test('every mistake of the file is in the one report, in both languages', async () => {
    const file =
      inquiryFile(net, ['999999999999999'], { provider: '99999', period: { from: '2026-02-30' } }) +
      inquiryFile(net, ['999999999999999'], { provider: '99999' }) +
      'x\r\n';
    const { kinds, findings, count } = await refused(file);
    expect(kinds).toEqual([
      [1, 'no_such_date'],
      [2, 'no_code'],
      [2, 'unknown_provider'],
      [3, 'wrong_column_count'],
    ]);
    expect(count).toBe(4);
    for (const { ja, en } of findings) expect([ja, en]).not.toContain('');
  });
});

describe('what is no inquiry file', () => {
  const line = () => inquiryFile(net, numbers.slice(3, 4)).trimEnd();
  const cases: [string, () => string | Uint8Array, [number, string][]][] = [
    ['nothing', () => '', [[1, 'no_rows']]],
    ['empty lines', () => '\r\n\n\r\n', [[1, 'no_rows']]],
    ['a header alone', () => 'person,item,provider,information\r\n', [[1, 'no_rows']]],
    ['a short row', () => withLine('01,123'), [[4, 'wrong_column_count']]],
    ['a mark of the byte order inside', () => withLine(MARK + line()), [[4, 'control_character']]],
    ['NUL', () => withLine(line().replace('01,', '0\u0000,')), [[4, 'control_character']]],
    [
      'CR alone at the end of a line',
      () => withLine(`${line()}\r${line()}`),
      [[4, 'wrong_column_count']],
    ],
    [
      'full-width digits',
      () => withLine(line().replace(/\d{15}/, '１２３４５６７８９０１２３４５')),
      [[4, 'full_width']],
    ],
    [
      'a day that is none',
      () => withLine(line().replace(/,,$/, ',20260230,20260301')),
      [[4, 'no_such_date']],
    ],
    [
      'an end before its beginning',
      () => withLine(line().replace(/,,$/, ',20260301,20260228')),
      [[4, 'ends_before_it_begins']],
    ],
    [
      'an individual number',
      () => withLine(line().replace(/\d{15}/, '   123456789018')),
      [[4, 'individual_number']],
    ],
    [
      'a formula',
      () => withLine(line().replace(/JM\d{14}/, '=HYPERLINK(A1,1)')),
      [[4, 'wrong_column_count']],
    ],
    ['a quote that never closes', () => withLine(`"${line()}`), [[4, 'quote_not_closed']]],
    [
      'Shift_JIS as UTF-8',
      () => Buffer.concat([BYTES(good), Uint8Array.of(0x93, 0xfa, 0x0a)]),
      [[4, 'wrong_encoding']],
    ],
    ['UTF-16', () => Buffer.from(MARK + good, 'utf16le'), [[1, 'wrong_encoding']]],
    [
      'a cell of a megabyte',
      () => withLine(`01,${'9'.repeat(1_000_000)}`),
      [[4, 'record_too_large']],
    ],
    [
      'a header that is half known',
      () => `person,項番,provider\r\n${numbers[0]},25,11202\r\n`,
      [
        [1, 'unknown_column'],
        [1, 'column_missing'],
        [1, 'column_missing'],
      ],
    ],
  ];
  test.each(cases)('%s', async (_what, file, kinds) => {
    expect((await refused(file())).kinds).toEqual(kinds);
  });

  test('a mark of the byte order at the beginning is what spreadsheets write', async () => {
    expect((await send(net, MARK + good)).status).toBe(201);
    await net.settled();
    const { kinds } = await refused(BYTES(MARK + good), { query: '?encoding=shift_jis' });
    expect(kinds).toEqual([[1, 'wrong_encoding']]);
  });

  test('a file that is wrong in every line has a report of bounded length', async () => {
    const { findings, count } = await refused('x\n'.repeat(12_000));
    expect([findings.length, count]).toEqual([10_000, 12_000]);
  });

  test('a file larger than the limit, or broken off, is not taken', async () => {
    const before = left();
    const reply = await send(net, good.repeat(10_000));
    expectProblem(reply, 'payload_too_large');
    expect(left()).toEqual(before);
    expectProblem(await send(net, good, { query: '?encoding=latin1' }), 'message_malformed');
    expectProblem(await send(net, good, { query: '?concurrency=0' }), 'message_malformed');
    expectProblem(await send(net, good, { type: 'application/json' }), 'message_malformed');
  });

  test('whatever the bytes are, the answer is a report, and nothing is left', async () => {
    const before = left();
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: 'grapheme' }).map(BYTES),
      fc.constantFrom('\r\n', '"', ',', 'person,item,provider,information\n').map(BYTES),
      fc.nat(300).map((cut) => BYTES(good.slice(0, cut))),
    );
    const file = fc
      .array(piece, { minLength: 1, maxLength: 6 })
      .map((parts) => Buffer.concat(parts));
    await fc.assert(
      fc.asyncProperty(file, fc.constantFrom('utf-8', 'shift_jis'), async (bytes, encoding) => {
        // A whole row and nothing else may come about, without its line end too: that one is right.
        fc.pre(!bytes.toString('latin1').startsWith(good.slice(0, good.indexOf('\r'))));
        const reply = await send(net, bytes, { query: `?encoding=${encoding}` });
        expectProblem(reply, 'message_malformed');
        FileReport.parse(reply.json);
      }),
      { numRuns: 60 },
    );
    expect(left()).toEqual(before);
  });
});
