import {
  type BusinessSystemClient,
  type Fetch,
  publicNode,
  type StaffClient,
  staff,
} from 'renkei/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { decryptWith } from '../../src/service/age/decrypt.ts';
import { newIdentity } from '../../src/service/age/new-identity.ts';
import { oneTimeCodes } from '../../src/service/one-time-codes.ts';
import { inquiryFile } from '../support/batch-files.ts';
import { codeNow } from '../support/staff.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';
import { all, at, desk, ownSystem, thrownBy, unreached } from './support.ts';

// Each function of renkei/client against a running node, once; last, that no operation of a node was left out.

let net: TestNetwork;
let system: BusinessSystemClient;
const called = new Set<string>();
const noted: Fetch = (url, init) => {
  called.add(`${init.method} ${new URL(url).pathname}`);
  return fetch(url, init);
};
const member = (user: string, agency = KUMAGAYA): Promise<StaffClient> =>
  desk(net, agency, user, noted);

beforeAll(async () => {
  net = await testNetwork({
    config: (config) => {
      const password = { ...config.staff.password, memoryKiB: 64, passes: 1 };
      return { ...config, staff: { ...config.staff, password } };
    },
  });
  ({ client: system } = await ownSystem(net, 'kenko', { fetch: noted }));
});
afterAll(() => net.network.close());

const asked = (number: string) => ({
  ...{ integratedAddressNumber: number, item: '25', provider: KUMAGAYA, information: VACCINATION },
});

describe('a business system', () => {
  test('asks, looks at its inquiries, lists them page by page', async () => {
    const made = [];
    for (let count = 0; count < 3; count += 1) {
      made.push(await system.inquiries.ask(asked(net.somebody('ordinary').number)));
    }
    expect(made.map(({ state }) => state)).toEqual(['provided', 'provided', 'provided']);
    expect(made[0]?.answer?.records.length).toBeGreaterThan(0);
    const id = made[0]?.id ?? '';
    expect(await system.inquiries.show(id)).toEqual(made[0]);
    expect(await system.inquiries.settled(id)).toEqual(made[0]);
    const { inquiries, next } = await system.inquiries.page({ limit: 2, state: 'provided' });
    expect(inquiries).toHaveLength(2);
    expect(next).toBeDefined();
    const listed = await all(system.inquiries.list({ limit: 2, state: ['provided', 'refused'] }));
    expect(listed.map((each) => each.id).sort()).toEqual(made.map((each) => each.id).sort());
    expect(await all(system.inquiries.list({ unconfirmed: true }))).toEqual([]);
  });

  test('sends an inquiry file and gets a result for each row', async () => {
    const persons = net.people().map(({ number }) => number);
    const batch = await system.batches.send(inquiryFile(net, persons), { concurrency: 2 });
    const looks = await all(system.batches.progress(batch.id));
    await net.settled();
    const over = await all(system.batches.progress(batch.id));
    expect(over.at(-1)).toMatchObject({ id: batch.id, state: 'finished', done: persons.length });
    expect(looks.length).toBeGreaterThan(0);
    const results = await all(system.batches.results(batch.id));
    expect(results.map(({ integratedAddressNumber }) => integratedAddressNumber)).toEqual(persons);
    expect(results.some(({ records = [] }) => records.length > 0)).toBe(true);
    const file = await system.batches.resultFile(batch.id);
    expect(file.type).toMatch(/^text\/csv/);
    expect((await file.text()).split('\n')[0]).toMatch(/^.?照会行/);
    expect(await system.batches.show(batch.id)).toMatchObject({ rows: persons.length });
    expect((await system.batches.list({ limit: 1 })).map(({ id }) => id)).toEqual([batch.id]);
    const finished = { code: 'state_conflict', status: 409 };
    expect(await thrownBy(() => system.batches.stop(batch.id))).toMatchObject(finished);
    // Those that have no code there can be tried again.
    expect(await system.batches.resume(batch.id)).toMatchObject({ id: batch.id });
    await net.settled();
    expect((await all(system.batches.progress(batch.id))).at(-1)?.state).toBe('finished');
  });

  test('tells what an address-number system knows', async () => {
    const [one] = net.people();
    const stays = one?.number ?? '';
    expect(await system.persons.beginAcquisition([stays])).toEqual([]);
    expect(await system.persons.held()).toEqual({ vouchedUntil: expect.any(String), holds: [] });
    const [held] = net.network.world.agencies.get(MATSUE)?.copies ?? [];
    if (!held) throw new Error('nothing is held');
    const { integratedAddressNumber, layoutVersion, records } = held;
    const information = informationCode(held.information);
    const link = [{ integratedAddressNumber, information, layoutVersion, records: [...records] }];
    expect(await system.persons.linkCopies(link)).toEqual({ copies: 1, changed: 0 });
    const goes = '999999999999999';
    const merge = { id: net.newId(), stays, goes, codeOf: 'stays' } as const;
    const merged = await system.persons.merge(merge);
    expect(merged.dropped).toEqual({ copies: 0, code: false, results: 0 });
    expect(await system.persons.merge(merge)).toEqual(merged);
    const split = { id: net.newId(), from: stays, to: goes, codeOf: 'from', copies: [] } as const;
    expect((await system.persons.split({ ...split, copies: [] })).moved.copies).toBe(0);
  });
});

describe('staff', () => {
  test('log in with password and one-time code, change the password, log out', async () => {
    const kanri = await member('kanri');
    const { initialPassword: password = '', ...made } = await kanri.users.add({
      ...{ user: 'shinki', department: 'soumu', roles: ['officer'], affairs: 'all' },
      ...{ validFrom: '2026-11-01', validUntil: '2027-03-31' },
    });
    const code = codeNow(net, oneTimeCodes.fromBase32(made.oneTimeCodes[0]?.secret ?? ''));
    const own = { ...at(net, KUMAGAYA, noted), user: 'shinki', password, code };
    const client = await staff(own);
    expect(await client.session()).toMatchObject({ user: 'shinki', passwordDue: true });
    await client.changePassword(password, 'a wholly different sentence 1');
    expect(await client.session()).toMatchObject({ roles: ['officer'], passwordDue: false });
    await client.logOut();
    const over = { name: 'NodeError', code: 'not_authenticated', status: 401 };
    expect(await thrownBy(() => client.session())).toMatchObject(over);
    expect(await thrownBy(() => staff(own))).toMatchObject(over);
  });

  test('at a terminal one asks, another approves, results taken over are confirmed by a third', async () => {
    const [tanto, jocho, tanto2] = await Promise.all(
      ['tanto', 'jocho', 'tanto2'].map((user) => member(user, MATSUE)),
    );
    if (!(tanto && jocho && tanto2)) throw new Error('nobody');
    const {
      id,
      state,
      digest = '',
    } = await tanto.inquiries.ask(asked(net.somebody('ordinary').number));
    expect(state).toBe('requested');
    await jocho.inquiries.approve(id, digest);
    expect(await tanto.inquiries.settled(id)).toMatchObject({
      state: 'provided',
      approver: 'jocho',
    });
    expect(await tanto.inquiries.takenOver(id)).toMatchObject({ takenOverBy: 'tanto' });
    const waiting = await all(tanto.inquiries.list({ unconfirmed: true }));
    expect(waiting.map((each) => each.id)).toEqual([id]);
    expect(await tanto2.inquiries.confirm(id)).toMatchObject({ confirmedBy: 'tanto2' });
    const other = await tanto.inquiries.ask(asked(net.somebody('ordinary').number));
    await jocho.inquiries.decline(other.id, '不要');
    expect(await tanto.inquiries.settled(other.id)).toMatchObject({
      state: 'declined',
      declineReason: '不要',
    });
  });

  test('their batches wait for a supervisor', async () => {
    const [tanto, jocho] = [await member('tanto', MATSUE), await member('jocho', MATSUE)];
    const persons = [net.somebody('ordinary').number];
    const batch = await tanto.batches.send(inquiryFile(net, persons), { again: true });
    expect(batch.state).toBe('awaiting_approval');
    await jocho.batches.approve(batch.id);
    await net.settled();
    expect(await tanto.batches.show(batch.id)).toMatchObject({
      state: 'finished',
      approver: 'jocho',
    });
    const other = await tanto.batches.send(inquiryFile(net, persons), { again: true });
    expect(await jocho.batches.decline(other.id)).toMatchObject({ state: 'declined' });
  });

  test('review, return, approve and decline what waits at the provider', async () => {
    const [tanto, jocho] = [await member('tanto'), await member('jocho')];
    const pending = async () => {
      const somebody = await net.flagged({ autoResponseDisabled: true });
      const { id, state, exchange = '' } = await system.inquiries.ask(asked(somebody.number));
      expect(state).toBe('pending');
      return { id, exchange };
    };
    const first = await pending();
    expect((await tanto.reviews.list()).map(({ exchange }) => exchange)).toContain(first.exchange);
    const { seen, content } = await tanto.reviews.show(first.exchange);
    expect(content.length).toBeGreaterThan(0);
    await tanto.reviews.review(first.exchange, seen);
    await jocho.reviews.return(first.exchange, { reason: 'content_in_doubt', note: 'もう一度' });
    await tanto.reviews.review(first.exchange, (await tanto.reviews.show(first.exchange)).seen);
    await jocho.reviews.approve(first.exchange, (await jocho.reviews.show(first.exchange)).seen);
    await net.settled();
    expect(await system.inquiries.settled(first.id)).toMatchObject({ state: 'provided' });
    const second = await pending();
    await tanto.reviews.review(second.exchange, (await tanto.reviews.show(second.exchange)).seen);
    await jocho.reviews.decline(second.exchange, { reason: 'protected' });
    await net.settled();
    expect(await system.inquiries.settled(second.id)).toMatchObject({
      state: 'refused',
      reason: 'review_declined',
    });
    const entry = { layoutVersion: 'K-1', records: [] };
    // There is a copy, so nothing is entered by hand.
    expect(await thrownBy(() => tanto.reviews.enter(second.exchange, entry))).toMatchObject({
      status: 409,
    });
  });

  test('look at copies, take files in and out, and hold them against the originals', async () => {
    const tanto = await member('tanto');
    const { copies: page, next } = await tanto.copies.page({ limit: 3, information: VACCINATION });
    expect(page).toHaveLength(3);
    expect(next).toBeDefined();
    const listed = await all(tanto.copies.list({ limit: 50, information: VACCINATION }));
    expect(listed.slice(0, 3)).toEqual(page);
    const [{ integratedAddressNumber, rows } = { integratedAddressNumber: '', rows: 0 }] = page;
    const shown = await tanto.copies.show(integratedAddressNumber, VACCINATION);
    expect(shown.copy?.records).toHaveLength(rows);
    const file = await tanto.copies.export({
      information: VACCINATION,
      layout: 'K-1',
      encoding: 'shift_jis',
    });
    const bytes: Uint8Array[] = await all(file);
    const text = await (
      await tanto.copies.export({ information: VACCINATION, layout: 'K-1' })
    ).text();
    const about = { information: VACCINATION, layout: 'K-1' };
    const report = await tanto.copies.imports.send(
      new Blob(bytes.map((it) => new Uint8Array(it))),
      { ...about, encoding: 'shift_jis' },
    );
    expect(report).toMatchObject({ state: 'applied', added: 0, mistakes: 0 });
    expect(report.unchanged).toBeGreaterThan(0);
    const wrong = await tanto.copies.imports.send('統合宛名番号\nx\n', {
      ...about,
      partial: false,
    });
    expect(wrong).toMatchObject({ state: 'refused' });
    expect(wrong.findings.length).toBeGreaterThan(0);
    expect(await tanto.copies.imports.show(report.id)).toEqual(report);
    expect((await tanto.copies.imports.list({ limit: 2 })).map(({ id }) => id)).toEqual([
      wrong.id,
      report.id,
    ]);
    const lines = text.split('\r\n');
    const some = (async function* () {
      yield new TextEncoder().encode(`${lines.slice(0, -4).join('\r\n')}\r\n`);
    })();
    const drift = await tanto.copies.reconciliations.send(some, about);
    expect(drift.surplus).toBeGreaterThan(0);
    expect(await tanto.copies.reconciliations.show(drift.id)).toEqual(drift);
    expect(await tanto.copies.reconciliations.list({ information: VACCINATION })).toEqual([drift]);
    const found = await all(tanto.copies.reconciliations.differences(drift.id));
    expect(found).toHaveLength(drift.differences);
  });

  test('change copies by hand, three of them', async () => {
    const [tanto, tanto2, jocho] = await Promise.all(
      ['tanto', 'tanto2', 'jocho'].map((user) => member(user)),
    );
    if (!(tanto && tanto2 && jocho)) throw new Error('nobody');
    const integratedAddressNumber = net.somebody('ordinary').numberThere;
    const ending = {
      change: 'end',
      integratedAddressNumber,
      information: VACCINATION,
      ended: '2026-12-01',
    } as const;
    const { id } = await tanto.copies.drafts.enter(ending);
    const { digest, before, after } = await tanto2.copies.drafts.show(id);
    expect(before?.ended).toBeUndefined();
    expect(after?.ended).toBe('2026-12-01');
    await tanto2.copies.drafts.check(id, digest);
    const shown = await jocho.copies.drafts.show(id);
    expect(await jocho.copies.drafts.approve(id, shown.digest)).toMatchObject({
      state: 'approved',
    });
    const other = await tanto.copies.drafts.enter({ ...ending, ended: null });
    expect((await tanto.copies.drafts.page({ limit: 1 })).drafts).toHaveLength(1);
    expect(await jocho.copies.drafts.reject(other.id, '誤り')).toMatchObject({ state: 'rejected' });
    expect(await all(tanto.copies.drafts.list({ state: 'rejected' }))).toHaveLength(1);
  });

  test('lend media and take them back, and write to them encrypted', async () => {
    const [tanto, tanto2, jocho, kanri] = await Promise.all(
      ['tanto', 'tanto2', 'jocho', 'kanri'].map((user) => member(user)),
    );
    if (!(tanto && tanto2 && jocho && kanri)) throw new Error('nobody');
    const { medium } = await kanri.media.register({ medium: 'USB-1', kind: 'usb_memory' });
    await kanri.media.register({ medium: 'USB-2', kind: 'usb_memory' });
    const about = { information: VACCINATION, purpose: '委託先', until: '2026-11-30' };
    const first = await tanto.media.borrow({ medium, ...about });
    expect((await jocho.media.reject(first.id, '期間')).state).toBe('rejected');
    const { id } = await tanto.media.borrow({ medium, ...about });
    expect((await jocho.media.approve(id)).state).toBe('lent');
    const { identity, recipient } = await newIdentity({ postQuantum: false });
    const file = await tanto.media.write(id, { recipients: [recipient], layout: 'K-1' });
    const plain = await tanto.copies.export({ information: VACCINATION, layout: 'K-1' });
    const { pieces } = await decryptWith(identity, ReadableStream.from(file));
    const opened = new Blob((await all(pieces)).map((it) => new Uint8Array(it)));
    expect(await opened.text()).toBe(await plain.text());
    expect(await tanto.media.return(id, { erased: true })).toMatchObject({ state: 'reported' });
    const returned = await tanto2.media.accept(id);
    expect(await tanto.media.lending(id)).toEqual(returned);
    const listed = await all(tanto.media.lendings({ state: 'all', limit: 1 }));
    expect(listed.map((each) => each.id)).toEqual([first.id, id]);
    await kanri.media.retire(medium, '廃棄');
    expect((await all(tanto.media.list({ limit: 1 }))).map((each) => each.medium)).toEqual([
      'USB-2',
    ]);
    expect(await all(tanto.media.list({ retired: true }))).toMatchObject([{ state: 'retired' }]);
  });

  test('administer users, departments, business systems and keys', async () => {
    const kanri = await member('kanri');
    expect((await kanri.users.change('shinki', { roles: ['auditor'] })).user.roles).toEqual([
      'auditor',
    ]);
    expect((await kanri.users.disable('shinki')).user.disabled).toBe(true);
    expect((await kanri.users.enable('shinki')).user.disabled).toBe(false);
    await kanri.users.unlock('shinki');
    expect((await kanri.users.resetPassword('shinki')).initialPassword).toBeDefined();
    expect((await kanri.users.resetOneTimeCodes('shinki')).oneTimeCodes).toHaveLength(1);
    expect((await kanri.users.show('shinki')).user).toBe('shinki');
    expect((await kanri.users.list()).map(({ user }) => user)).toContain('shinki');
    await kanri.departments.put('kokuho', { name: '国保年金課', affairs: 'all' });
    expect((await kanri.departments.list()).map(({ code }) => code)).toContain('kokuho');
    const listed = await (await member('kanri', MATSUE)).businessSystems.list();
    expect(listed.map(({ id }) => id)).toContain('kenko');
    const added = {
      id: 'zeimu',
      name: '税',
      uses: ['inquire' as const],
      asks: 'all' as const,
      keys: [],
    };
    await kanri.businessSystems.add(added);
    const limited = await kanri.businessSystems.change('zeimu', {
      rate: { perSecond: 1, burst: 1 },
    });
    expect(limited.rate).toEqual({ perSecond: 1, burst: 1 });
    expect((await kanri.businessSystems.revoke('zeimu')).state).toBe('revoked');
    expect((await kanri.businessSystems.show('zeimu')).state).toBe('revoked');
    const before = await kanri.keys.list();
    const after = await kanri.keys.rotate();
    expect(after.map(({ state }) => state)).toEqual(['current', 'retiring']);
    expect(after[1]?.kid).toBe(before[0]?.kid);
  });

  test('hold and correct records, two people, and let go those whose time is over', async () => {
    const { records } = await member('kansa');
    const hold = await records.holds.place({ reason: 'audit', agency: MATSUE, from: '2026-11-01' });
    expect(await records.holds.list()).toEqual([hold]);
    expect((await records.holds.release(hold.id)).releasedBy).toBe('kansa');
    const pruning = (await member('kanri')).records.prune({ dryRun: true });
    expect(await pruning).toMatchObject({ pruned: 0, held: 0 });
    const [tanto, jocho] = [await member('tanto'), await member('jocho')];
    const asking = async () =>
      (await system.inquiries.ask(asked(net.somebody('ordinary').number))).exchange ?? '';
    const facts = { period: { from: '2020-04-01' } };
    const first = await tanto.records.corrections.propose(await asking(), facts);
    const approved = await jocho.records.corrections.approve(first.id);
    expect(approved).toMatchObject({ state: 'approved', decidedBy: 'jocho' });
    const second = await tanto.records.corrections.propose(await asking(), facts);
    expect((await jocho.records.corrections.decline(second.id)).state).toBe('declined');
    // Nobody asked for it, so there is nothing to take up.
    const taken = await thrownBy(() => tanto.records.corrections.takeUp(second.id));
    expect(taken).toMatchObject({ code: 'state_conflict' });
    const ids = (await tanto.records.corrections.list()).map(({ id }) => id);
    expect(ids.sort()).toEqual([first.id, second.id].sort());
    await net.settled();
  });

  test('read records, the operation log and what stands out in it', async () => {
    const kansa = await member('kansa');
    const records = await all(kansa.records.list({ limit: 2 }));
    expect(records.length).toBeGreaterThan(2);
    expect(new Set(records.map(({ seq }) => seq)).size).toBe(records.length);
    const lines = [];
    for await (const line of (await kansa.records.export()).lines()) lines.push(JSON.parse(line));
    expect(lines.length).toBeGreaterThan(records.length);
    expect((await kansa.records.alarms()).alarms).toEqual([]);
    const mine = await all(kansa.operationLog.list({ actor: 'tanto', limit: 3 }));
    expect(mine.length).toBeGreaterThan(3);
    expect(mine.every(({ actor }) => actor === 'tanto')).toBe(true);
    // A Sunday.
    const { findings } = await kansa.operationLog.anomalies({
      rule: 'holiday',
      from: '2026-11-22',
    });
    expect(findings.length).toBeGreaterThan(0);
  });
});

test('anybody: status, keys, health, the tree of the log', async () => {
  const node = publicNode(at(net, KUMAGAYA, noted));
  expect(await node.status()).toMatchObject({ agency: KUMAGAYA, providing: true });
  expect((await node.publicKeys()).map(({ kty }) => kty)).toContain('OKP');
  expect([await node.live(), await node.ready()]).toEqual([true, true]);
  const checkpoint = await node.log.checkpoint();
  const size = Number(checkpoint.split('\n')[1]);
  expect(size).toBeGreaterThan(0);
  expect(typeof (await node.log.consistency(1, size))).toBe('string');
  const width = Math.min(size, 256) % 256;
  const tile = await node.log.tile(width === 0 ? '0/000' : `0/000.p/${width}`);
  expect((await all(tile)).reduce((sum, it) => sum + it.length, 0)).toBe(32 * (width || 256));
});

/** What only the gateway calls, with signed messages. */
const OF_THE_GATEWAY = [
  ...['POST /v1/provide-requests', 'POST /v1/deliveries', 'POST /v1/codes'],
  ...['POST /v1/correction-notices', 'POST /v1/correction-requests'],
];

test('every operation of a node’s OpenAPI document was reached', async () => {
  expect(called.size).toBeGreaterThan(60);
  expect(await unreached(net, KUMAGAYA, called)).toEqual(OF_THE_GATEWAY.sort());
});
