import { describe, expect, test } from 'vitest';
import { CliFailure } from '../../src/cli/output/cli-failure.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { type Paint, padTo, plain, shellWord, widthOf } from '../../src/cli/output/style.ts';
import { tell } from '../../src/cli/output/tell.ts';
import { serverSentEvents } from '../../src/cli/query/events.ts';
import { exitCodeOf } from '../../src/cli/query/exit-code.ts';
import { belongingTo, isStep, type JournalEntry } from '../../src/cli/query/journal-entry.ts';
import { answerText } from '../../src/cli/query/print-answer.ts';
import { namesFor, stepLine, stepper } from '../../src/cli/query/steps.ts';
import { RenkeiError } from '../../src/protocol/errors.ts';

const agency = (code: string, name: string) => ({
  ...{ code, name, roles: [], url: 'http://127.0.0.1:1' },
  ...{ businessSystem: '', businessSystems: {}, staff: {}, staffSecrets: {} },
  addressNumbers: { url: '', callers: {} },
});
const names = namesFor(
  [agency('32201', '松江市長'), agency('11202', '熊谷市長')],
  '32201',
  '11202',
);

const entry = (
  seq: number,
  elapsed: number,
  kind: string,
  parties: readonly [from: string, to: string],
  ids: string[],
  more: Partial<JournalEntry> = {},
): JournalEntry => ({ seq, at: 0, elapsed, kind, from: parties[0], to: parties[1], ids, ...more });

const JOURNAL = [
  entry(7, 100, 'inquiry', ['business-system gyomu', '32201'], ['inquiry']),
  entry(8, 101, 'inquiry', ['business-system gyomu', '34100'], ['another']),
  entry(9, 102.25, 'permit-request', ['32201', 'gateway'], ['inquiry', 'request']),
  entry(10, 103, 'decision', ['gateway', '32201'], ['request', 'exchange'], {
    outcome: 'permit',
    facts: { item: '25', list: 'order-r6-9' },
  }),
  entry(11, 104, 'decision', ['gateway', '34100'], ['other request', 'other exchange']),
  entry(11, 104.5, 'message', ['gateway', '32201'], ['exchange', 'statement']),
  entry(12, 12_104, 'answer', ['11202', 'gateway'], ['exchange'], {
    outcome: 'provided',
    facts: { sealedBytes: 2519, sealedDigest: 'Dqykbg8s7rXYZ' },
  }),
  entry(13, 12_105, 'unanswered', ['32201', '32201'], ['inquiry'], { outcome: 'provider_timeout' }),
];

test('the steps of one inquiry are picked out and counted, with the time between them', () => {
  const belongs = belongingTo('inquiry');
  const count = stepper();
  const lines = JOURNAL.filter(belongs)
    .filter(isStep)
    .map((each) => stepLine(count(each), names, plain));
  expect(lines).toEqual([
    ' 1    +0.0 ms  業務システム gyomu → 32201 松江市長       照会の依頼 inquiry',
    ' 2    +2.3 ms  32201 松江市長 → gateway 情報提供NWS      許可証の求め permit request',
    ' 3    +0.8 ms  gateway 情報提供NWS → 32201 松江市長      照会の可否の判定 decision      許可 permitted 項 item 25  照合リスト list order-r6-9',
    ' 4    +12.0 s  11202 熊谷市長 → gateway 情報提供NWS      回答 answer                    提供 provided 封 sealed 2,519 B, SHA-256 Dqykbg8s7r…',
    ' 5    +1.0 ms  32201 松江市長                            回答なし（再照会可） unanswered provider_timeout',
  ]);
});

test('colours change nothing but colours', () => {
  const coloured: Paint = (colour, text) => `<${colour}>${text}</>`;
  const count = stepper();
  for (const each of JOURNAL) {
    const step = count(each);
    const without = stepLine(step, names, coloured).replace(/<[a-z]+>|<\/>/g, '');
    expect(without).toBe(stepLine(step, names, plain));
  }
});

test('events are read however their bytes arrive', async () => {
  const bytes = Buffer.from('event: ready\ndata: 7\n\nid: 8\ndata: {"ja":"照会"}\n\ndata: cut');
  for (const size of [1, 5, 1000]) {
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    const events = [];
    for await (const event of serverSentEvents(chunks())) events.push(event);
    expect(events).toEqual([
      { event: 'ready', data: '7' },
      { event: 'message', data: '{"ja":"照会"}' },
    ]);
  }
});

describe('an answer', () => {
  const records = [
    { Lot: 'A1', 氏名: '山田\u001b[2J', 備考: null },
    { Lot: 'B2', 氏名: null, 備考: null },
  ];
  const answer = { layoutVersion: 'Z-9', records };

  test('is a table where it fits, without what has no value, and cannot move the cursor', () => {
    const text = answerText(answer, { allItems: false, columns: 80 }, plain);
    expect(text).toContain('│ A1  │ 山田�[2J │');
    expect(text).not.toContain('備考');
    expect(text).toContain('1 items without a value');
  });

  test('is a list where it does not', () => {
    const text = answerText(answer, { allItems: true, columns: 10 }, plain);
    expect(text.split('\n').slice(1, 5)).toEqual([
      '記録 record 1',
      '  Lot   A1',
      '  氏名  山田�[2J',
      '  備考  ',
    ]);
  });
});

test('exit codes tell denied from not answered', () => {
  const code = (error: RenkeiError) => exitCodeOf({ error });
  const state = (is: string) => exitCodeOf({ inquiry: { id: '', state: is } });
  expect(['provided', 'no_record', 'pending', 'open', 'refused'].map(state)).toEqual([
    ...[0, 0, 0, 3, 4],
  ]);
  const denied = { extensions: { reasons: ['assessment_breach'] } };
  expect(code(new RenkeiError('assessment_breach', denied))).toBe(4);
  expect(code(new RenkeiError('code_not_acquired'))).toBe(4);
  expect(code(new RenkeiError('provider_unavailable'))).toBe(3);
  expect(code(new RenkeiError('list_copy_stale'))).toBe(3);
  expect(code(new RenkeiError('message_malformed'))).toBe(1);
});

describe('failures', () => {
  test('are told with code, place, both languages and hint', () => {
    const hint = { ja: '空けて', en: 'make room' };
    const failure = new CliFailure('x_y', {
      findings: [{ place: 'a.yaml:1:2', ja: 'だめ', en: 'no', hint }],
    });
    expect(tell(failure, plain)).toBe(`誤り error  x_y
  a.yaml:1:2
  だめ
  no
  対処 hint: 空けて
             make room
`);
  });

  test.each([
    ['a full disk', Object.assign(new Error('secret'), { code: 'ENOSPC' }), 'storage_full'],
    ['a full database', Object.assign(new Error('secret'), { errcode: 13 }), 'storage_full'],
    [
      'as another’s cause',
      new Error('secret', { cause: Object.assign(new Error(), { code: 'EACCES' }) }),
      'access_denied',
    ],
    ['anything else', new RangeError('secret'), 'internal'],
    ['no error at all', 'secret', 'internal'],
  ])('%s quotes nothing', (_, error, code) => {
    const text = tell(failureOf(error), plain);
    expect(text).toContain(`誤り error  ${code}`);
    expect(text).not.toContain('secret');
  });
});

test('texts are measured as a terminal shows them, and quoted as a shell reads them', () => {
  expect([widthOf('松江市長'), widthOf('NWS'), widthOf('（架空）')]).toEqual([8, 3, 8]);
  expect(padTo('項', 4)).toBe('項  ');
  expect(shellWord('予防接種法による情報（架空）')).toBe('予防接種法による情報（架空）');
  expect(shellWord("it's $x")).toBe(`'it'\\''s $x'`);
});
