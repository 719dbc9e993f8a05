import http from 'node:http';
import { encode } from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LAYOUTS } from '../../src/network/world/layouts.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import type { Reply } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  type Somebody,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';

// the node takes copies out of files, checks their form, and provides what it took.

const PATH = '/v1/copies/imports';
const K1 = LAYOUTS['K-1'].items;
const DAY = 24 * 60 * 60 * 1000;

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork();
});
afterAll(() => net.network.close());

type Row = Readonly<Partial<Record<string, string>>>;
const VALUES: Row = {
  接種種別: '試験（架空）',
  接種区分: '1回目',
  宛名番号: '000001234567890',
  生年月日: '1980-02-29',
  性別: '女',
  'Lot No': 'AX-100',
  接種量: '0.25',
  接種年月日: '2024-10-01',
  請求月: '2024-11',
  予診区分: '接種',
  備考: '"引用"、コンマ,と改行のない備考',
};
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
/** A vaccination file of K-1; `columns` before the items. */
const file = (columns: readonly string[], ...rows: readonly Row[]): string =>
  [
    ['統合宛名番号', ...columns, ...K1],
    ...rows.map((row) => ['統合宛名番号', ...columns, ...K1].map((name) => row[name] ?? '')),
  ]
    .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
    .join('');
const rowOf = (somebody: Somebody, change: Row = {}): Row => ({
  ...VALUES,
  統合宛名番号: somebody.numberThere,
  ...change,
});

async function send(
  body: string | Uint8Array,
  query: Readonly<Record<string, string>> = {},
  { type = 'text/csv', who = 'tanto', agency = KUMAGAYA } = {},
): Promise<Reply> {
  const asked = new URLSearchParams({ information: VACCINATION, layout: 'K-1', ...query });
  const url = `${net.url(agency)}${PATH}?${asked}`;
  const headers = { 'content-type': type, authorization: `Bearer ${net.token(agency, who)}` };
  const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(body) });
  const [text, mime] = [await response.text(), response.headers.get('content-type') ?? ''];
  const reply = { status: response.status, type: mime, headers: response.headers, text };
  return { ...reply, json: JSON.parse(text) };
}
const imported = async (...given: Parameters<typeof send>) => {
  const { status, json } = await send(...given);
  expect(status, JSON.stringify(json)).toBe(201);
  await net.settled();
  return json;
};
const held = (somebody: Somebody) =>
  net.network
    .agency(KUMAGAYA)
    .node.store.read.copyVersions(somebody.numberThere, informationCode(VACCINATION));
const provided = async (somebody: Somebody) => {
  const { state, answer } = viewOf(await net.inquire(somebody));
  return answer?.records ?? state;
};
const get = (path: string, who = 'tanto') =>
  net.get(KUMAGAYA, path, { token: net.token(KUMAGAYA, who) });

test('R-206: what is imported is provided, every item of its type', async () => {
  const [one, two] = [net.somebody('ordinary'), net.somebody('ordinary')];
  const json = await imported(
    file([], rowOf(one), rowOf(one, { 接種区分: '2回目', 接種量: '' }), rowOf(two)),
  );
  expect(json).toMatchObject({
    ...{ state: 'applied', mode: 'replace', layout: 'K-1', encoding: 'utf-8', by: 'tanto' },
    ...{ rows: 3, persons: 2, replaced: 2, added: 0, unchanged: 0, deleted: 0 },
    ...{ mistakes: 0, kinds: [], findings: [] },
  });
  const records = (await provided(one)) as Readonly<Record<string, unknown>>[];
  expect(records.map((record) => record.接種区分)).toEqual(['1回目', '2回目']);
  expect(records[0]).toEqual({
    ...Object.fromEntries(K1.map((item) => [item, VALUES[item] ?? null])),
    接種量: 0.25,
  });
  expect(records[1]).toMatchObject({ 接種量: null });

  // The report stays, and the operation log tells who took how many.
  expect((await get(`${PATH}/${json.id}`)).json).toEqual(json);
  const { imports } = (await get(`${PATH}?limit=1`)).json as { imports: object[] };
  const { findings: _, ...view } = json;
  expect(imports).toEqual([view]);
  const operations = net.network.agency(KUMAGAYA).node.store.read.operations(0, 10_000);
  const own = operations.filter(({ operation: { count } }) => count !== undefined);
  expect(own.at(-1)?.operation).toMatchObject({
    ...{ actor: 'tanto', operation: 'copies.import', outcome: 'done', count: 2 },
    information: informationCode(VACCINATION),
  });
});

test('the same file again changes nothing, today or on another day', async () => {
  const one = net.somebody('ordinary');
  const content = file(['自動応答不可フラグ'], rowOf(one, { 自動応答不可フラグ: '1' }));
  await imported(content);
  const before = held(one);
  expect(await imported(content)).toMatchObject({ unchanged: 1, replaced: 0, added: 0 });
  await net.network.advance(2 * DAY);
  expect(await imported(content)).toMatchObject({ unchanged: 1, replaced: 0, added: 0 });
  expect(held(one)).toEqual(before);
});

test('flags are taken from the file; what it does not say of them stays as it was', async () => {
  const one = net.somebody('ordinary');
  const flags = ['自動応答不可フラグ', '不開示'];
  const put = async (change: Row, columns = flags) => {
    await imported(file(columns, rowOf(one, change)));
    const [copy] = held(one);
    return [copy?.autoResponseDisabled, copy?.nonDisclosable];
  };
  expect(await put({ 自動応答不可フラグ: '0', 不開示: '1' })).toEqual([false, true]);
  expect(await put({ 接種区分: '2回目' }, [])).toEqual([false, true]);
  expect(await put({ 自動応答不可フラグ: '1', 不開示: '' })).toEqual([true, true]);
  expect(await provided(one)).toBe('pending');
  expect(await put({ 自動応答不可フラグ: '0', 不開示: '0' })).toEqual([false, false]);
  expect(await put({ 不開示: '2' })).toEqual([false, false]);
});

test('versions with days of publication and end', async () => {
  const one = net.somebody('ordinary');
  const days = ['公開日', '終了日'];
  const kinds = async () => {
    const records = await provided(one);
    return typeof records === 'string' ? records : records.map((record) => record.接種区分);
  };
  await imported(file([], rowOf(one, { 接種区分: '今' })));
  await imported(
    file(
      days,
      rowOf(one, { 公開日: '2027-04-01', 接種区分: '後' }),
      rowOf(one, { 公開日: '2027-05-01', 終了日: '2027-06-01', 接種区分: '終' }),
    ),
  );
  expect(held(one).map(({ published, ended }) => [published, ended])).toEqual([
    ['0001-01-01', undefined],
    ['2027-04-01', undefined],
    ['2027-05-01', '2027-06-01'],
  ]);
  expect(await kinds()).toEqual(['今']);
  await net.network.advanceTo(Date.parse('2027-04-01T00:00:00+09:00'));
  expect(await kinds()).toEqual(['後']);
  // Without a day, the version in force is replaced; with one of the query, that one.
  await imported(file([], rowOf(one, { 接種区分: '後の後' })));
  await imported(file([], rowOf(one, { 接種区分: '新' })), { published: '2027-04-20' });
  expect(held(one).map(({ published }) => published)).toEqual([
    ...['0001-01-01', '2027-04-01', '2027-04-20', '2027-05-01'],
  ]);
  expect(await kinds()).toEqual(['後の後']);
  await net.network.advanceTo(Date.parse('2027-06-01T00:00:00+09:00'));
  expect(await kinds()).toBe('no_record');
  // What has ended stays ended; what comes now begins today.
  await imported(file([], rowOf(one, { 接種区分: '再開' })));
  expect(held(one).at(-1)).toMatchObject({ published: '2027-06-01', ended: undefined });
  expect(await kinds()).toEqual(['再開']);
});

test('persons in a file for deleting lose their copies of that kind, and nobody else', async () => {
  const [one, two] = [net.somebody('ordinary'), net.somebody('ordinary')];
  const days = ['公開日'];
  await imported(file(days, rowOf(one, { 公開日: '2030-01-01' }), rowOf(one), rowOf(two)));
  const file1 = `統合宛名番号,公開日\r\n${one.numberThere},2030-01-01\r\n`;
  const gone = { delete: 'true' };
  expect(await imported(file1, gone)).toMatchObject({ mode: 'delete', deleted: 1, persons: 1 });
  expect(await provided(one)).toMatchObject([{}]);
  const file2 = `統合宛名番号\r\n${one.numberThere}\r\n`;
  expect(await imported(file2, gone)).toMatchObject({ deleted: 1, unchanged: 0 });
  expect(await provided(one)).toBe('no_record');
  expect(await imported(file2, gone)).toMatchObject({ deleted: 0, unchanged: 1 });
  expect(held(two)).toHaveLength(1);
});

test('all mistakes of a file are in one report, and nothing of it is taken unless `partial`', async () => {
  const [one, two, three] = [0, 1, 2].map(() => net.somebody('ordinary')) as [
    Somebody,
    Somebody,
    Somebody,
  ];
  const content = file(
    [],
    rowOf(one),
    rowOf(two, { 接種年月日: '2023-02-29', 性別: '不明', 備考: '=HYPERLINK("x")' }),
    rowOf(two, { 接種区分: '2回目' }),
    rowOf(three, { 生年月日: '１９８０－０１－０１', 請求月: '2024-13' }),
    rowOf(one, { 接種区分: '2回目' }),
  );
  const before = [one, two, three].map(held);
  const refused = await imported(content);
  expect(refused).toMatchObject({ state: 'refused', rows: 5, persons: 0, personsWithMistakes: 2 });
  const findings = refused.findings as { line: number; column: string; problem: string }[];
  expect(findings.map(({ line, column, problem }) => [line, column, problem])).toEqual([
    [3, '性別', 'not_in_code_list'],
    [3, '接種年月日', 'no_such_date'],
    [3, '備考', 'formula'],
    [5, '生年月日', 'full_width_digits'],
    [5, '請求月', 'not_month'],
  ]);
  expect(refused.findings).toMatchObject([
    { ja: 'コード表にありません', en: 'not in the code list' },
    ...[{}, {}, {}, {}],
  ]);
  expect([one, two, three].map(held)).toEqual(before);

  const partly = await imported(content, { partial: 'true' });
  expect(partly).toMatchObject({ state: 'applied', persons: 1, replaced: 1, mistakes: 5 });
  expect(JSON.parse(held(one)[0]?.records ?? '[]')).toHaveLength(2);
  expect([held(two), held(three)]).toEqual(before.slice(1));
  const [done, refusal] = net.network
    .agency(KUMAGAYA)
    .node.store.read.operations(0, 10_000)
    .slice(-2)
    .reverse();
  expect(done?.operation).toMatchObject({ outcome: 'done', count: 1 });
  expect(refusal?.operation).toMatchObject({ outcome: 'refused', count: 5 });
});

test('R-211: characters and types survive, by Shift_JIS as by UTF-8', async () => {
  const [one, two] = [net.somebody('ordinary'), net.somebody('ordinary')];
  const odd = { 接種種別: '①㈱髙﨑ソ表能', 備考: '～−ｱｲｳ' };
  const type = 'text/csv; charset=Shift_JIS';
  expect(
    await imported(encode(file([], rowOf(one, odd)), 'Shift_JIS'), {}, { type }),
  ).toMatchObject({ state: 'applied', encoding: 'shift_jis' });
  await imported(`\uFEFF${file([], rowOf(two, { ...odd, 備考: '～－ｱｲｳ' }))}`);
  const [first] = (await provided(one)) as object[];
  const [second] = (await provided(two)) as object[];
  expect(first).toMatchObject({ 接種種別: '①㈱髙﨑ソ表能' });
  expect({ ...first, 備考: '' }).toEqual({ ...second, 備考: '' });
});

test('what was exported changes nothing when it is imported: versions, flags, every cell', async () => {
  const one = net.somebody('ordinary');
  const columns = ['自動応答不可フラグ', '不開示', '公開日', '終了日'];
  const marks = {
    自動応答不可フラグ: '1',
    不開示: '1',
    公開日: '2028-04-01',
    終了日: '2029-04-01',
  };
  await imported(file(columns, rowOf(one, marks), rowOf(one)));
  for (const encoding of ['utf-8', 'shift_jis']) {
    const asked = new URLSearchParams({ information: VACCINATION, layout: 'K-1', encoding });
    const path = `${net.url(KUMAGAYA)}/v1/copies/export?${asked}&versions=all`;
    const headers = { authorization: `Bearer ${net.token(KUMAGAYA, 'tanto')}` };
    const bytes = new Uint8Array(await (await fetch(path, { headers })).arrayBuffer());
    const all = () =>
      read().copiesAfter(undefined, 10_000, { information: informationCode(VACCINATION) });
    const before = all();
    const type = `text/csv;charset=${encoding}`;
    const again = await imported(bytes, {}, { type });
    expect(again).toMatchObject({ mistakes: 0, added: 0, replaced: 0, unchanged: before.length });
    expect(all()).toEqual(before);
  }
});

test('R-207: a business system whose entry lets it imports too, and sees its own imports only', async () => {
  const [one, other] = [net.somebody('ordinary'), net.somebody('ordinary')];
  const theirs = await imported(file([], rowOf(other)));
  const wrong = await send(
    file([], rowOf(one, { 接種年月日: '2024-02-30' })),
    {},
    { who: 'gyomu' },
  );
  expect(wrong.json).toMatchObject({ state: 'refused', mistakes: 1, by: 'gyomu' });
  const own = await imported(
    file([], rowOf(one, { 備考: '業務システムから' })),
    {},
    { who: 'gyomu' },
  );
  expect(own).toMatchObject({ state: 'applied', by: 'gyomu', byKind: 'business-system' });
  expect(held(one).map(({ records }) => records)).toEqual([
    expect.stringContaining('業務システムから'),
  ]);
  const listed = async (who: string) => {
    const { imports } = (await get(PATH, who)).json as { imports: { id: string }[] };
    return imports.map(({ id }) => id);
  };
  expect(await listed('gyomu')).toEqual([own.id, wrong.json.id]);
  expect(await listed('tanto')).toEqual(expect.arrayContaining([own.id, theirs.id]));
  expect((await get(`${PATH}/${own.id}`, 'gyomu')).json).toEqual(own);
  expect((await get(`${PATH}/${own.id}`)).json).toEqual(own);
  expectProblem(await get(`${PATH}/${theirs.id}`, 'gyomu'), 'not_found');
  expectProblem(await get(`${PATH}/${own.id}`, 'atena'), 'not_found');
  const done = read()
    .operations(0, 1_000_000)
    .map(({ operation }) => operation)
    .filter(({ actor, operation }) => actor === 'gyomu' && operation === 'copies.import');
  expect(done).toMatchObject([
    { outcome: 'refused', code: 'message_malformed', count: 1 },
    { outcome: 'done', count: 1, actorKind: 'business-system' },
  ]);
});

const read = () => net.network.agency(KUMAGAYA).node.store.read;

describe('what is not taken', () => {
  const right = () => file([], rowOf(net.somebody('ordinary')));

  test('files of whoever may not: administrators, auditors, business systems whose entry does not let them', async () => {
    for (const who of ['kanri', 'kansa']) {
      expectProblem(await send(right(), {}, { who }), 'not_authorised');
    }
    const change = { uses: ['inquire'] };
    const kanri = { token: net.token(KUMAGAYA, 'kanri') };
    const set = (body: object) =>
      net.post(KUMAGAYA, '/v1/business-systems/gyomu/change', body, kanri);
    expect((await set(change)).status).toBe(200);
    expectProblem(await send(right(), {}, { who: 'gyomu' }), 'not_authorised');
    for (const path of [PATH, `${PATH}/${net.newId()}`]) {
      expectProblem(await get(path, 'gyomu'), 'not_authorised');
    }
    const lines = read().operations(0, 1_000_000);
    expect(lines.map(({ operation: it }) => it)).toContainEqual(
      expect.objectContaining({
        ...{ actorKind: 'business-system', actor: 'gyomu', operation: 'copies.import' },
        ...{
          outcome: 'refused',
          code: 'not_authorised',
          information: informationCode(VACCINATION),
        },
      }),
    );
    expect((await set({ uses: ['inquire', 'import-copies'] })).status).toBe(200);
  });

  test('another media type, another encoding, an unknown layout or kind, no layout', async () => {
    expectProblem(await send(right(), {}, { type: 'application/json' }), 'message_malformed');
    const reply = await send(right(), {}, { type: 'text/csv;charset=euc-jp' });
    expectProblem(reply, 'message_malformed');
    const unknown = await send(right(), { layout: 'K-2' });
    expectProblem(unknown, 'message_malformed');
    expect(unknown.json.hint).toMatchObject({ en: 'Versions: K-1, M-1' });
    expectProblem(await send(right(), { layout: '' }), 'message_malformed');
    expectProblem(await send(right(), { information: '雇用関係情報' }), 'message_malformed');
    expectProblem(await send(right(), { lay: 'K-1' }), 'message_malformed');
    expectProblem(await send(right(), { published: '2023-02-29' }), 'message_malformed');
  });

  test('more bytes than a file may have', async () => {
    const reply = await raw({ 'content-length': String(2 ** 31) }, (request) =>
      request.flushHeaders(),
    );
    expect(reply).toMatchObject({ status: 413, json: { code: 'payload_too_large' } });
  });

  test('a file whose sender goes away: nothing of it is left, and the next one is taken', async () => {
    const somebody = net.somebody('ordinary');
    const before = held(somebody);
    const content = Buffer.from(file([], rowOf(somebody, { 接種区分: '途中' })));
    await raw({ 'content-length': String(2 * content.length) }, async (request) => {
      await new Promise<void>((written) => void request.write(content, () => written()));
      await until(() => read().copyImportsIn(['reading']).length === 1);
      request.destroy();
    });
    await until(() => read().copyImportsIn(['reading']).length === 0);
    await net.settled();
    expect(held(somebody)).toEqual(before);
    expect(read().stagedPersons(0, 1)).toEqual([]);
    expect(await imported(file([], rowOf(somebody)))).toMatchObject({ state: 'applied' });
  });

  test('a second file while one is coming in; everything else is answered meanwhile', async () => {
    const somebody = net.somebody('ordinary');
    const content = file([], rowOf(somebody, { 接種区分: '長い' }));
    const reply = await raw({}, async (request) => {
      request.write(content.slice(0, 100));
      await until(() => read().copyImportsIn(['reading']).length === 1);
      const { imports } = (await get(PATH)).json as { imports: { state: string }[] };
      expect(imports[0]?.state).toBe('reading');
      const other = await send(right());
      expectProblem(other, 'state_conflict');
      expect((await net.inquire(net.somebody('ordinary'))).status).toBeLessThan(300);
      request.end(content.slice(100));
    });
    expect(reply).toMatchObject({ status: 201, json: { state: 'applied', persons: 1 } });
  });

  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };
  /** A request that the test writes itself. */
  async function raw(
    headers: Readonly<Record<string, string>>,
    write: (request: http.ClientRequest) => unknown,
  ) {
    const query = new URLSearchParams({ information: VACCINATION, layout: 'K-1' });
    const request = http.request(`${net.url(KUMAGAYA)}${PATH}?${query}`, {
      method: 'POST',
      headers: {
        'content-type': 'text/csv',
        authorization: `Bearer ${net.token(KUMAGAYA, 'tanto')}`,
        ...headers,
      },
    });
    const answer = new Promise<http.IncomingMessage | undefined>((resolve) => {
      request.on('response', resolve);
      request.on('error', () => resolve(undefined));
    });
    await write(request);
    const response = await answer;
    if (!response) return undefined;
    const text = Buffer.concat(await response.toArray()).toString();
    request.destroy();
    return { status: response.statusCode, json: JSON.parse(text) };
  }
});
