import { Decrypter } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KINDS } from '../../src/network/world/layouts.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { newIdentity } from '../../src/service/age/new-identity.ts';
import type { Reply } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import { HOUR, operations } from '../support/staff.ts';
import { KUMAGAYA, type TestNetwork, testNetwork, VACCINATION } from '../support/test-network.ts';

// data written to an external medium is encrypted; lending and return are approved.

let net: TestNetwork;
let key: Awaited<ReturnType<typeof newIdentity>>;
beforeAll(async () => {
  net = await testNetwork({ residents: 64 });
  key = await newIdentity({ postQuantum: false });
});
afterAll(() => net.network.close());

const as = (who: string) => ({ token: net.token(KUMAGAYA, who) });
const post = (who: string, path: string, body: object = {}) =>
  net.post(KUMAGAYA, `/v1/media${path}`, body, as(who));
const get = (who: string, path = '') => net.get(KUMAGAYA, `/v1/media${path}`, as(who));
const made = ({ status, json, text }: Reply, expected = 200) => {
  expect(status, text).toBe(expected);
  return json;
};
const UNTIL = '2026-11-30';
const asked = { information: VACCINATION, purpose: '健診の委託先に渡す', until: UNTIL };
let last = 0;
/** A medium of the ledger that nobody has. */
async function medium(): Promise<string> {
  last += 1;
  const number = `USB-${last}`;
  made(await post('kanri', '', { medium: number, kind: 'usb_memory' }), 201);
  return number;
}
const borrow = async (number: string, change: object = {}) =>
  String(made(await post('tanto', '/lendings', { medium: number, ...asked, ...change }), 201).id);
/** One that tanto has. */
async function lent(change: object = {}): Promise<string> {
  const id = await borrow(await medium(), change);
  made(await post('jocho', `/lendings/${id}/approve`));
  return id;
}
const write = (who: string, id: string, how: object = {}) =>
  post(who, `/lendings/${id}/files`, { recipients: [key.recipient], layout: 'K-1', ...how });
const stateOf = async (number: string) =>
  (made(await get('tanto')).media as { medium: string; state: string }[]).find(
    (each) => each.medium === number,
  );

async function written(id: string, how: object = {}): Promise<Uint8Array> {
  const response = await fetch(`${net.url(KUMAGAYA)}/v1/media/lendings/${id}/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as('tanto').token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ recipients: [key.recipient], layout: 'K-1', ...how }),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  return await response.bytes();
}
async function opened(file: Uint8Array, identity = key.identity): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return await decrypter.decrypt(file);
}
async function exported(query: object): Promise<Uint8Array> {
  const url = `${net.url(KUMAGAYA)}/v1/copies/export?${new URLSearchParams({ ...query })}`;
  return await (
    await fetch(url, { headers: { authorization: `Bearer ${as('tanto').token}` } })
  ).bytes();
}

test('from store to the borrower and back: every step by another than the one before, on record', async () => {
  const before = operations(net).length;
  const number = await medium();
  expect(await stateOf(number)).toMatchObject({ state: 'in_store', kind: 'usb_memory' });
  const id = await borrow(number);
  expect(await stateOf(number)).toMatchObject({ state: 'requested', lending: { id } });
  expectProblem(await write('tanto', id), 'approval_required');
  expectProblem(await post('tanto', `/lendings/${id}/return`, { erased: true }), 'state_conflict');
  made(await post('jocho', `/lendings/${id}/approve`));
  expect(await stateOf(number)).toMatchObject({
    state: 'lent',
    lending: { requestedBy: 'tanto', decidedBy: 'jocho', until: UNTIL, overdue: false },
  });
  expectProblem(await post('jocho', `/lendings/${id}/approve`), 'state_conflict');
  expectProblem(await post('tanto2', `/lendings/${id}/accept`), 'approval_required');
  await written(id);
  made(await post('tanto', `/lendings/${id}/return`, { erased: true, note: '上書き消去' }));
  expectProblem(await write('tanto', id), 'state_conflict');
  expectProblem(await post('tanto', `/lendings/${id}/accept`), 'approval_by_same_person');
  expect(await stateOf(number)).toMatchObject({ state: 'return_reported' });
  const back = made(await post('tanto2', `/lendings/${id}/accept`));
  expect(back).toMatchObject({
    ...{ state: 'returned', erased: true, note: '上書き消去', acceptedBy: 'tanto2' },
    files: [{ at: '2026-11-22T00:00:00.000Z', recipients: [key.recipient] }],
  });
  expect(made(await get('kansa', `/lendings/${id}`))).toEqual(back);
  expect((await stateOf(number))?.state).toBe('in_store');
  const done = operations(net, before)
    .filter(({ subject, outcome }) => subject === number && outcome === 'done')
    .map(({ operation, actor, information }) => [operation, actor, information]);
  const what = informationCode(VACCINATION);
  expect(done).toEqual([
    ['media.register', 'kanri', undefined],
    ['media.borrow', 'tanto', what],
    ['media.approve', 'jocho', what],
    ['media.write', 'tanto', what],
    ['media.return', 'tanto', what],
    ['media.accept', 'tanto2', what],
    ['media.show', 'kansa', what],
  ]);
  const refused = operations(net, before).filter(({ outcome }) => outcome === 'refused');
  expect(refused.map(({ operation, code, subject }) => [operation, code, subject])).toEqual([
    ['media.write', 'approval_required', number],
    ['media.return', 'state_conflict', number],
    ['media.approve', 'state_conflict', number],
    ['media.accept', 'approval_required', number],
    ['media.write', 'state_conflict', number],
    ['media.accept', 'approval_by_same_person', number],
  ]);
});

describe('what is written', () => {
  test.each([
    ['CSV', { layout: 'K-1' }],
    ['Shift_JIS', { layout: 'K-1', encoding: 'shift_jis' }],
    ['JSON lines, every version', { format: 'jsonl', versions: 'all' }],
  ])('opens for whoever has the secret key, and says what an export says: %s', async (_, how) => {
    const file = await written(await lent(), how);
    const plain = await exported({ information: VACCINATION, ...how });
    expect(plain.length).toBeGreaterThan(1000);
    expect(Buffer.from(await opened(file)).equals(plain)).toBe(true);
  });

  test('for several keys, of either kind; and for nobody else', async () => {
    const other = await newIdentity({ postQuantum: true });
    const file = await written(await lent(), { recipients: [key.recipient, other.recipient] });
    const plain = Buffer.from(await opened(file));
    expect(Buffer.from(await opened(file, other.identity)).equals(plain)).toBe(true);
    const stranger = await newIdentity({ postQuantum: false });
    await expect(opened(file, stranger.identity)).rejects.toThrow('no identity matched');
  });

  test('holds nothing of the plain text, and is another file each time', async () => {
    const id = await lent();
    const [one, two] = [Buffer.from(await written(id)), Buffer.from(await written(id))];
    expect(one.equals(two)).toBe(false);
    const rows = Buffer.from(await opened(one))
      .toString()
      .split('\r\n');
    const words = new Set(
      rows.flatMap((row) => row.split(',')).filter((cell) => Buffer.byteLength(cell) > 8),
    );
    expect(words.size).toBeGreaterThan(50);
    expect([...words].filter((word) => one.includes(word))).toEqual([]);
    expect(one.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
  });

  test('cut short or changed anywhere, it does not open', async () => {
    const file = await written(await lent());
    await expect(opened(file.subarray(0, -1))).rejects.toThrow();
    for (const at of [40, Math.floor(file.length / 2), file.length - 1]) {
      const changed = Uint8Array.from(file);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(opened(changed)).rejects.toThrow();
    }
  });

  test('only by the borrower', async () => {
    const id = await lent();
    for (const who of ['tanto2', 'jocho']) expectProblem(await write(who, id), 'not_authorised');
    for (const who of ['kanri', 'kansa', 'gyomu']) {
      expectProblem(await write(who, id), 'not_authorised');
    }
    expectProblem(await write('tanto', net.newId()), 'not_found');
  });

  test('of no copy that holds what reads like an individual number; what cannot be written is not on record', async () => {
    const id = await lent();
    const filesOf = async () => made(await get('tanto', `/lendings/${id}`)).files;
    const somebody = net.people()[0] ?? expect.fail('nobody');
    const records = (change: object) => ({
      records: [{ ...somebody.copy?.records[0], ...change }],
    });
    await net.putCopy(KUMAGAYA, somebody, records({ 備考: '𠮷野家' }));
    expectProblem(await write('tanto', id, { encoding: 'shift_jis' }), 'message_malformed');
    expectProblem(await write('tanto', id, { layout: 'K-9' }), 'message_malformed');
    expect(await filesOf()).toEqual([]);
    const { individualNumber } = somebody;
    await net.putCopy(KUMAGAYA, somebody, records({ 備考: `番号 ${individualNumber}` }));
    await expect(written(id)).rejects.toThrow();
    await net.putCopy(KUMAGAYA, somebody, {});
  });
});

describe('bad input', () => {
  test.each([
    ['no key', []],
    ['a passphrase', ['himitsu no kotoba']],
    ['a key with a slip', [`age1${'q'.repeat(58)}`]],
    ['a point of small order', ['age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z']],
    ['a plugin’s', [`age1yubikey1${'q'.repeat(58)}`]],
    ['too many', new Array(9).fill('age1')],
  ])('R-306: nothing leaves for %s', async (_, recipients) => {
    const id = await lent();
    const reply = await write('tanto', id, { recipients });
    expectProblem(reply, 'message_malformed');
    for (const each of recipients) expect(reply.text).not.toContain(each);
    expect(made(await get('tanto', `/lendings/${id}`)).files).toEqual([]);
  });

  test.each([
    ['a day that is over', { until: '2026-11-21' }],
    ['a day that is none', { until: '2026-02-30' }],
    ['no purpose', { purpose: ' ' }],
    ['information that nobody holds', { information: '知らない情報' }],
    ['an individual number', { purpose: '123456789018 の分' }],
    ['an unknown member', { files: [] }],
  ])('a medium is not asked for with %s', async (_, change) => {
    const number = await medium();
    const reply = await post('tanto', '/lendings', { medium: number, ...asked, ...change });
    expectProblem(reply, 'message_malformed');
    expect((await stateOf(number))?.state).toBe('in_store');
  });

  test.each(['', '-1', 'a b', '日本', '../a', 'x'.repeat(33)])(
    'no medium is called %j',
    async (it) => {
      expectProblem(await post('kanri', '', { medium: it, kind: 'tape' }), 'message_malformed');
    },
  );

  test('what is not erased is explained', async () => {
    const id = await lent();
    const reply = await post('tanto', `/lendings/${id}/return`, { erased: false });
    expectProblem(reply, 'message_malformed');
    expect(made(await get('tanto', `/lendings/${id}`)).state).toBe('lent');
  });
});

describe('who may', () => {
  test('a supervisor who asked for it decides neither way', async () => {
    const number = await medium();
    const { id } = made(await post('jocho', '/lendings', { medium: number, ...asked }), 201);
    expectProblem(await post('jocho', `/lendings/${id}/approve`), 'approval_by_same_person');
    const reject = await post('jocho', `/lendings/${id}/reject`, { reason: '取下げ' });
    expectProblem(reject, 'approval_by_same_person');
    expectProblem(await post('tanto2', `/lendings/${id}/approve`), 'not_authorised');
  });

  test('the return is the borrower’s to report, or a supervisor’s, who then cannot accept it', async () => {
    const id = await lent();
    expectProblem(
      await post('tanto2', `/lendings/${id}/return`, { erased: true }),
      'not_authorised',
    );
    made(await post('jocho', `/lendings/${id}/return`, { erased: true }));
    for (const who of ['tanto', 'jocho']) {
      expectProblem(await post(who, `/lendings/${id}/accept`), 'approval_by_same_person');
    }
    made(await post('tanto2', `/lendings/${id}/accept`));
  });
});

test('one at a time: nobody asks for what is asked for, lent, retired or holds data', async () => {
  const number = await medium();
  const again = () => post('tanto2', '/lendings', { medium: number, ...asked });
  const first = await borrow(number);
  expectProblem(await again(), 'state_conflict');
  const reason = { reason: '期間が長すぎる' };
  expect(made(await post('jocho', `/lendings/${first}/reject`, reason))).toMatchObject(reason);
  expectProblem(await post('jocho', `/lendings/${first}/approve`), 'state_conflict');
  expectProblem(await write('tanto', first), 'state_conflict');
  const id = await borrow(number);
  made(await post('jocho', `/lendings/${id}/approve`));
  expectProblem(await again(), 'state_conflict');
  expectProblem(await post('kanri', `/${number}/retire`, reason), 'state_conflict');
  const told = { erased: false, note: '委託先で紛失' };
  made(await post('tanto', `/lendings/${id}/return`, told));
  made(await post('tanto2', `/lendings/${id}/accept`));
  expect((await stateOf(number))?.state).toBe('holds_data');
  expectProblem(await again(), 'state_conflict');
  made(await post('kanri', `/${number}/retire`, { reason: '紛失' }));
  expectProblem(await again(), 'state_conflict');
  expectProblem(await post('kanri', `/${number}/retire`, reason), 'state_conflict');
  expectProblem(await post('kanri', '', { medium: number, kind: 'tape' }), 'state_conflict');
  expectProblem(await post('kanri', '/USB-0/retire', reason), 'not_found');
  expectProblem(await post('tanto', '/lendings', { medium: 'USB-0', ...asked }), 'not_found');
  expect(await stateOf(number)).toBeUndefined();
  expect(made(await get('tanto', '?retired=true')).media).toMatchObject([
    { medium: number, state: 'retired', retiredBy: 'kanri', reason: '紛失' },
  ]);
  const all = made(await get('tanto', `/lendings?medium=${number}&state=all`)).lendings;
  expect(all).toMatchObject([
    { id: first, state: 'rejected' },
    { id, state: 'returned' },
  ]);
});

test('asked for again under the same id, it is one request; with other words it is refused', async () => {
  const body = { id: net.newId(), medium: await medium(), ...asked };
  const one = made(await post('tanto', '/lendings', body), 201);
  expect(made(await post('tanto', '/lendings', body), 201)).toEqual(one);
  expectProblem(
    await post('tanto', '/lendings', { ...body, until: '2026-12-01' }),
    'state_conflict',
  );
  expectProblem(await post('tanto2', '/lendings', body), 'state_conflict');
  expectProblem(
    await post('tanto', '/lendings', { ...body, information: KINDS.localTax }),
    'state_conflict',
  );
});

test('the last day is over at midnight in Japan; the status tells what waits, what is lent, what is overdue', async () => {
  const status = async () => (await net.get(KUMAGAYA, '/v1/status')).json;
  const waiting = async () => Number(Object(await status()).approvals.media);
  const { lent: had } = Object((await status()).media);
  const before = await waiting();
  const id = await borrow(await medium(), { until: '2026-11-22' });
  expect(await waiting()).toBe(before + 1);
  made(await post('jocho', `/lendings/${id}/approve`));
  expect(await waiting()).toBe(before);
  const late = await borrow(await medium(), { until: '2026-11-22' });
  net.clock.advance(15 * HOUR - 1);
  await written(id);
  expect((await status()).media).toEqual({ lent: had + 1, overdue: 0 });
  net.clock.advance(1);
  expectProblem(await write('tanto', id), 'state_conflict');
  expect((await status()).media).toEqual({ lent: had + 1, overdue: 1 });
  const there = made(await get('tanto', `/lendings/${id}`));
  expect(there).toMatchObject({ state: 'lent', overdue: true });
  expect(await stateOf(String(there.medium))).toMatchObject({ state: 'overdue' });
  expectProblem(await post('jocho', `/lendings/${late}/approve`), 'state_conflict');
  made(await post('tanto', `/lendings/${id}/return`, { erased: true }));
  expect((await status()).media).toEqual({ lent: had, overdue: 0 });
  expect(await waiting()).toBe(before + 2);
});
