import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Copy } from '../../src/agency/core/copies/ports.ts';
import { seeded } from '../../src/network/world/seeded.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { personsOf } from '../support/persons.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
  VACCINATION,
  viewOf,
} from '../support/test-network.ts';

let net: TestNetwork;
let persons: ReturnType<typeof personsOf>;
beforeAll(async () => {
  net = await testNetwork();
  persons = personsOf(net);
});
afterAll(() => net.network.close());

const chance = seeded('merge test');
const freshNumber = () => individualNumberWithCheckDigit(chance.digits(11));
/** Somebody whom 松江 can ask 熊谷 about, whom no test has changed. */
const untouched = (): Somebody => {
  const { read } = net.network.agency(KUMAGAYA).node.store;
  const found = net
    .people()
    .find(
      (each) =>
        each.copy !== undefined &&
        each.hasCodeThere &&
        !taken.has(each.numberThere) &&
        read.mergedInto(each.numberThere) === undefined &&
        read.codeOf(each.numberThere) !== undefined,
    );
  if (!found) throw new RangeError('nobody');
  taken.add(found.numberThere);
  return found;
};
const taken = new Set<string>();
const freshOwn = () => `000009${chance.digits(9)}`;
const basicsOf = (at: number) => {
  const { name, kana, birthDate, sex, address } = persons.person(at);
  return { name, kana, birthDate, sex, address };
};
/** Somebody whom a business system registered a second time, without an individual number. */
const twice = async (at: number, more: object = {}): Promise<string> => {
  const addressNumbers = [{ system: 'gyomu', addressNumber: freshOwn() }];
  const body = { basics: basicsOf(at), addressNumbers, ...more };
  const reply = await persons.ask('tanto', '/v1/persons', body);
  expect(reply.status, reply.text).toBe(201);
  return String(reply.json.integratedAddressNumber);
};
const node = () => net.network.agency(KUMAGAYA).node;
const put = (person: string, information: string, change: Partial<Copy> = {}) =>
  node().store.transact((tx) =>
    tx.putCopy({
      integratedAddressNumber: person,
      information: informationCode(information),
      layoutVersion: 'X-1',
      records: '[{"試験":"値"}]',
      autoResponseDisabled: false,
      nonDisclosable: false,
      ...change,
    }),
  );
const merge = async (stays: string, goes: string, more: object = {}) => {
  const proposed = await persons.post('tanto', '/v1/changes/merge', { stays, goes, ...more });
  expect(proposed.status, proposed.text).toBe(201);
  return await persons.post('jocho', `/v1/changes/${proposed.json.id}/approve`, {});
};

describe('a merge', () => {
  test('makes one person of two here and at the node; the old number stands for the new', async () => {
    const { integratedAddressNumber: stays, individualNumber, addressNumber } = persons.person(0);
    const goes = await twice(0);
    const alike = await persons.get('tanto', `/v1/persons/${stays}/alike`);
    expect(alike.json).toEqual({ alike: [goes] });
    await put(goes, '地方税関係情報');
    const code = node().store.read.codeOf(stays);
    const merged = await merge(stays, goes);
    expect(merged.json).toMatchObject({
      state: 'done',
      proposedBy: 'tanto',
      decidedBy: 'jocho',
      plan: { kind: 'merge', numberOf: 'stays', basicsOf: 'stays' },
    });
    for (const number of [stays, goes]) {
      const { json } = await persons.show('tanto', number);
      expect(json).toMatchObject({
        integratedAddressNumber: stays,
        hasIndividualNumber: true,
        mergedNumbers: [goes],
      });
      expect(json.addressNumbers).toHaveLength(2);
      expect(json.addressNumbers).toContainEqual({ system: 'gyomu', addressNumber });
    }
    const found = await persons.ask('gyomu', '/v1/lookups', { individualNumber });
    expect(found.json).toEqual({ integratedAddressNumber: stays });
    const { read } = node().store;
    expect(read.copyVersions(stays, informationCode('地方税関係情報'))).not.toEqual([]);
    expect([read.codeOf(stays), read.codeOf(goes)]).toEqual([code, code]);
    const operations = read.operations(0, 100_000).map(({ operation }) => operation);
    const about = { operation: 'persons.change', actor: 'atena', subject: merged.json.id };
    for (const person of [stays, goes]) {
      expect(operations).toContainEqual(expect.objectContaining({ ...about, person }));
    }
  });

  test('is proposed by one and approved by another, a supervisor; or declined', async () => {
    const { integratedAddressNumber: stays } = persons.person(1);
    const goes = await twice(1);
    const both = { stays, goes };
    for (const who of ['gyomu', 'kanri', 'kansa', 'atena']) {
      expectProblem(await persons.post(who, '/v1/changes/merge', both), 'not_authorised');
    }
    const own = await persons.post('jocho', '/v1/changes/merge', both);
    const step = (who: string, name: string) =>
      persons.post(who, `/v1/changes/${own.json.id}/${name}`, {});
    expectProblem(await step('jocho', 'approve'), 'approval_by_same_person');
    expectProblem(await step('tanto', 'approve'), 'not_authorised');
    expect((await step('tanto', 'decline')).json).toMatchObject({ state: 'declined' });
    expectProblem(await step('jocho', 'approve'), 'state_conflict');
    expectProblem(await step('jocho', 'decline'), 'state_conflict');
    expect((await persons.show('tanto', goes)).json.integratedAddressNumber).toBe(goes);
    expectProblem(
      await persons.post('jocho', `/v1/changes/${net.newId()}/approve`, {}),
      'not_found',
    );
  });

  test('of two with different individual numbers says which is right; the other’s code and results go', async () => {
    const right = net.somebody('ordinary', KUMAGAYA, MATSUE);
    const wrong = net.somebody('ordinary', KUMAGAYA, MATSUE);
    const [stays, goes] = [right.number, wrong.number];
    const refused = await persons.post('tanto', '/v1/changes/merge', { stays, goes });
    expectProblem(refused, 'state_conflict');
    expect(refused.json.individualNumbers).toEqual(['stays', 'goes']);
    const asked = viewOf(await net.inquire(wrong, { provider: MATSUE }, { inquirer: KUMAGAYA }));
    expect(asked.state).toBe('provided');
    const codes = [stays, goes].map((person) => node().store.read.codeOf(person));
    const kinds = (await node().store.read.copiesAfter(undefined, 99, { person: goes })).map(
      ({ information }) => ({ information, of: 'stays' }),
    );
    const merged = await merge(stays, goes, { numberOf: 'stays', copies: kinds });
    expect(merged.json, merged.text).toMatchObject({ state: 'done' });
    const { read } = node().store;
    expect(read.codeOf(goes)).toBe(codes[0]);
    expect(read.personOf(codes[1] ?? '')).toBeUndefined();
    expect((await net.inquiry(asked.id, KUMAGAYA)).answer).toBeUndefined();
    // The number is free for the person whose it is, who then has the very code that it stands for.
    const body = { basics: basicsOf(3), individualNumber: wrong.individualNumber };
    const again = await persons.ask('gyomu', '/v1/persons', body);
    const number = String(again.json.integratedAddressNumber);
    await persons.ask('gyomu', '/v1/acquisitions', { persons: [number] });
    expect(read.codeOf(number)).toBe(codes[1]);
  });

  test('waits while something is asked for under a code that would go', async () => {
    const right = untouched();
    const wrong = untouched();
    await net.putCopy(KUMAGAYA, wrong, { autoResponseDisabled: true });
    const [stays, goes] = [right.numberThere, wrong.numberThere];
    const { exchange = '' } = viewOf(await net.inquire(wrong));
    const kinds = node()
      .store.read.copiesAfter(undefined, 99, { person: goes })
      .map(({ information }) => ({ information, of: 'stays' }));
    const refused = await merge(stays, goes, { numberOf: 'stays', copies: kinds });
    expectProblem(refused, 'state_conflict');
    expect(refused.json).toMatchObject({ inquiries: 0, reviews: 1 });
    await net.step('review', exchange, 'tanto');
    await net.step('decline', exchange, 'jocho');
    await net.settled();
    const merged = await merge(stays, goes, { numberOf: 'stays', copies: kinds });
    expect(merged.json, merged.text).toMatchObject({ state: 'done' });
  });

  test('names the kinds of which both have copies that differ, and goes by what is said of them', async () => {
    const { integratedAddressNumber: stays } = persons.person(4);
    const goes = await twice(4);
    const [tax, other] = ['地方税関係情報', '介護保険給付等関係情報'];
    await put(stays, tax, { records: '[{"総所得金額":1}]' });
    await put(goes, tax, { records: '[{"総所得金額":2}]' });
    await put(goes, other);
    const proposed = await persons.post('tanto', '/v1/changes/merge', { stays, goes });
    const path = `/v1/changes/${proposed.json.id}`;
    const refused = await persons.post('jocho', `${path}/approve`, {});
    expectProblem(refused, 'state_conflict');
    expect(refused.json.copies).toEqual([informationCode(tax)]);
    expect((await persons.get('tanto', path)).json).toMatchObject({
      state: 'returned',
      conflict: { copies: [informationCode(tax)] },
    });
    expect((await persons.show('tanto', goes)).json.integratedAddressNumber).toBe(goes);
    const merged = await merge(stays, goes, { copies: [{ information: tax, of: 'goes' }] });
    expect(merged.json, merged.text).toMatchObject({ state: 'done' });
    const { read } = node().store;
    expect(read.copyVersions(stays, informationCode(tax)).map(({ records }) => records)).toEqual([
      '[{"総所得金額":2}]',
    ]);
    expect(read.copyVersions(stays, informationCode(other))).not.toEqual([]);
  });

  test('is not begun twice, nor with somebody who was merged, nor with nobody', async () => {
    const { integratedAddressNumber: stays } = persons.person(5);
    const [one, other] = [await twice(5), await twice(5)];
    await merge(stays, one);
    for (const [both, code] of [
      [{ stays: other, goes: one }, 'state_conflict'],
      [{ stays: one, goes: other }, 'state_conflict'],
      [{ stays, goes: stays }, 'state_conflict'],
      [{ stays, goes: '000000000000000' }, 'not_found'],
    ] as const) {
      expectProblem(await persons.post('tanto', '/v1/changes/merge', both), code);
    }
    // Chains end at the person.
    const last = await twice(5);
    await merge(last, stays, { numberOf: 'goes' });
    for (const number of [one, stays]) {
      const { json } = await persons.show('tanto', number);
      expect(json.integratedAddressNumber).toBe(last);
    }
    expect(node().store.read.mergedInto(one)).toBe(last);
    const { individualNumber } = persons.person(5);
    const found = await persons.ask('gyomu', '/v1/lookups', { individualNumber });
    expect(found.json).toEqual({ integratedAddressNumber: last });
  });

  test('a business system that still asks by the old number asks about the person', async () => {
    const { number: stays } = net.somebody('ordinary');
    const here = personsOf(net, MATSUE);
    const addressNumbers = [{ system: 'gyomu', addressNumber: freshOwn() }];
    const again = await here.ask('tanto', '/v1/persons', { basics: basicsOf(6), addressNumbers });
    const goes = String(again.json.integratedAddressNumber);
    const proposed = await here.post('tanto', '/v1/changes/merge', { stays, goes });
    await here.post('jocho', `/v1/changes/${proposed.json.id}/approve`, {});
    const id = net.newId();
    const view = viewOf(await net.inquire({ number: goes }, { id }));
    expect(view).toMatchObject({ state: 'provided', integratedAddressNumber: stays });
    // The same id again, by either number, is the same inquiry.
    for (const number of [goes, stays]) {
      expect(viewOf(await net.inquire({ number }, { id })).exchange).toBe(view.exchange);
    }
  });
});

describe('a split', () => {
  test('gives the other person a number of their own, and what is theirs', async () => {
    const one = persons.person(8);
    const from = one.integratedAddressNumber;
    const own = { system: 'gyomu', addressNumber: freshOwn() };
    await persons.ask('tanto', `/v1/persons/${from}/address-numbers`, own);
    await put(from, '地方税関係情報');
    const code = node().store.read.codeOf(from);
    const body = {
      ...{ from, numberOf: 'from', basics: basicsOf(9) },
      ...{ addressNumbers: [own], copies: ['地方税関係情報'] },
    };
    expectProblem(
      await persons.post('tanto', '/v1/changes/split', {
        ...body,
        addressNumbers: [{ system: 'gyomu', addressNumber: freshOwn() }],
      }),
      'state_conflict',
    );
    const proposed = await persons.post('tanto', '/v1/changes/split', body);
    expect(proposed.status, proposed.text).toBe(201);
    const done = await persons.post('jocho', `/v1/changes/${proposed.json.id}/approve`, {});
    expect(done.json, done.text).toMatchObject({ state: 'done' });
    const { to } = done.json.plan as { to: string };
    expect((await persons.show('tanto', to)).json).toMatchObject({
      basics: basicsOf(9),
      addressNumbers: [own],
      hasIndividualNumber: false,
      source: 'entered',
    });
    expect((await persons.show('tanto', from)).json).toMatchObject({
      basics: basicsOf(8),
      hasIndividualNumber: true,
      source: 'resident-register',
    });
    const { read } = node().store;
    expect([read.codeOf(from), read.codeOf(to)]).toEqual([code, undefined]);
    expect(read.copyVersions(to, informationCode('地方税関係情報'))).toHaveLength(1);
    expect(read.copyVersions(from, informationCode('地方税関係情報'))).toEqual([]);
  });

  test('undoes a merge: the old number is a person again; the individual number takes the code with it', async () => {
    const { numberThere: from, individualNumber } = untouched();
    const code = node().store.read.codeOf(from);
    const to = await twice(10);
    await merge(from, to);
    const body = {
      ...{ from, to, numberOf: 'to', basics: basicsOf(10) },
      ...{ copies: [VACCINATION] },
    };
    const proposed = await persons.post('tanto', '/v1/changes/split', body);
    const done = await persons.post('jocho', `/v1/changes/${proposed.json.id}/approve`, {});
    expect(done.json, done.text).toMatchObject({ state: 'done' });
    const { read } = node().store;
    expect([read.codeOf(from), read.codeOf(to)]).toEqual([undefined, code]);
    expect(read.mergedInto(to)).toBeUndefined();
    const found = await persons.ask('gyomu', '/v1/lookups', { individualNumber });
    expect(found.json).toEqual({ integratedAddressNumber: to });
    expect((await persons.show('tanto', from)).json).toMatchObject({
      hasIndividualNumber: false,
      mergedNumbers: [],
    });
    const missing = { ...body, to: undefined, numberOf: 'from', copies: ['TM00000000000009'] };
    const second = await persons.post('tanto', '/v1/changes/split', missing);
    const refused = await persons.post('jocho', `/v1/changes/${second.json.id}/approve`, {});
    expectProblem(refused, 'state_conflict');
    expect(refused.json.copies).toEqual(['TM00000000000009']);
  });
});

test('a node that is down delays a change that was approved; it goes on by itself, and meanwhile nothing else may', async () => {
  const { integratedAddressNumber: stays } = persons.person(12);
  const [goes, other] = [await twice(12), await twice(12)];
  await put(goes, '地方税関係情報');
  await net.network.stopAgency(KUMAGAYA);
  const waits = await merge(stays, goes);
  expectProblem(waits, 'provider_unavailable');
  const open = (await persons.get('tanto', '/v1/changes?state=approved')).json.changes as [];
  expect(open).toHaveLength(1);
  expect((await persons.show('tanto', goes)).json.integratedAddressNumber).toBe(goes);
  for (const [path, body] of [
    [
      `/v1/persons/${goes}/basics`,
      { affair: '予防接種法による予防接種の実施に関する事務', basics: { sex: '男' } },
    ],
    ['/v1/changes/merge', { stays, goes: other }],
  ] as const) {
    expectProblem(await persons.post('tanto', path, body), 'state_conflict');
  }
  await net.network.startAgency(KUMAGAYA);
  await net.network.maintain();
  expect((await persons.show('tanto', goes)).json.integratedAddressNumber).toBe(stays);
  expect(node().store.read.mergedInto(goes)).toBe(stays);
  expect((await persons.get('tanto', '/v1/changes')).json.changes).toEqual([]);
});

test('a reply that is lost is asked for again: the node merges once', async () => {
  const { integratedAddressNumber: stays } = persons.person(13);
  const goes = await twice(13);
  const lost = net.network.faults.add({ message: 'persons-merge', leg: 'reply', action: 'drop' });
  expectProblem(await merge(stays, goes), 'provider_unavailable');
  expect(node().store.read.mergedInto(goes)).toBe(stays);
  net.network.faults.remove(lost);
  const [open] = (await persons.get('jocho', '/v1/changes')).json.changes as { id: string }[];
  const again = await persons.post('jocho', `/v1/changes/${open?.id}/approve`, {});
  expect(again.json).toMatchObject({ state: 'done' });
  const lines = node()
    .store.read.operations(0, 100_000)
    .filter(({ operation }) => operation.subject === open?.id && operation.outcome === 'done');
  expect(lines).toHaveLength(2);
});

test('the node follows its own address-number system and nobody else', async () => {
  const body = {
    id: net.newId(),
    stays: '000000000000001',
    goes: '000000000000002',
    codeOf: 'stays',
  };
  for (const [agency, who] of [
    [KUMAGAYA, 'gyomu'],
    [KUMAGAYA, 'jocho'],
  ] as const) {
    const token = net.token(agency, who);
    expectProblem(await net.post(KUMAGAYA, '/v1/persons/merge', body, { token }), 'not_authorised');
  }
  for (const token of [undefined, net.token(MATSUE, 'atena')]) {
    const reply = await net.post(KUMAGAYA, '/v1/persons/merge', body, { token });
    expectProblem(reply, 'not_authenticated');
  }
});

test('after everything the log is whole, and shows each change with both persons', async () => {
  expect((await persons.get('kansa', '/v1/access-log/verification')).json.broken).toBeUndefined();
  const lines = await persons.log('actor=renkei');
  const merges = lines.filter(({ operation }) => operation === 'changes.merge');
  expect(merges.length).toBeGreaterThan(10);
  expect(freshNumber()).toHaveLength(12);
});
