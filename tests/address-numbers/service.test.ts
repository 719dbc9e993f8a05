import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../src/network/world/seeded.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';
import { affairCode } from '../../src/protocol/permission/codes.ts';
import { personsOf, VACCINATING } from '../support/persons.ts';
import { expectProblem } from '../support/problem.ts';
import { KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';

let net: TestNetwork;
let persons: ReturnType<typeof personsOf>;
beforeAll(async () => {
  net = await testNetwork();
  persons = personsOf(net);
});
afterAll(() => net.network.close());

const chance = seeded('service test');
const freshNumber = () => individualNumberWithCheckDigit(chance.digits(11));
const freshOwn = () => `000009${chance.digits(9)}`;
const somebody = {
  name: '架空　太郎',
  kana: 'カクウ　タロウ',
  birthDate: '1970-01-02',
  sex: '男',
  address: '埼玉県熊谷市見本町1丁目2番3号',
};
const register = async (who: string, more: object = {}): Promise<string> => {
  const body = { basics: somebody, individualNumber: freshNumber(), ...more };
  const reply = await persons.ask(who, '/v1/persons', body);
  expect(reply.status, reply.text).toBe(201);
  return String(reply.json.integratedAddressNumber);
};

describe('R-501: numbers', () => {
  test('a person is found by individual number, and by a business system’s own', async () => {
    const { individualNumber, addressNumber, integratedAddressNumber } = persons.person();
    const found = { integratedAddressNumber };
    for (const who of ['gyomu', 'tanto', 'jocho', 'atena']) {
      const reply = await persons.ask(who, '/v1/lookups', { individualNumber });
      expect(reply.json, who).toEqual(found);
    }
    expect((await persons.ask('gyomu', '/v1/lookups', { addressNumber })).json).toEqual(found);
    const named = { addressNumber, system: 'gyomu' };
    expect((await persons.ask('tanto', '/v1/lookups', named)).json).toEqual(found);
    expectProblem(
      await persons.ask('tanto', '/v1/lookups', { addressNumber }),
      'message_malformed',
    );
    expectProblem(
      await persons.ask('gyomu', '/v1/lookups', { addressNumber, system: 'zei' }),
      'not_authorised',
    );
    const nobody = { individualNumber: freshNumber() };
    expectProblem(await persons.ask('gyomu', '/v1/lookups', nobody), 'not_found');
  });

  test('the way back is for those whose grant says so', async () => {
    const { individualNumber, integratedAddressNumber } = persons.person();
    const path = '/v1/lookups/individual-number';
    expect((await persons.ask('jocho', path, { integratedAddressNumber })).json).toEqual({
      individualNumber,
    });
    for (const who of ['gyomu', 'tanto', 'kansa', 'kanri']) {
      const reply = await persons.ask(who, path, { integratedAddressNumber });
      expectProblem(reply, 'not_authorised');
      expect(reply.text).not.toContain(individualNumber);
    }
  });

  test('a number is judged on every way in: check digit, width, separators; and never repeated', async () => {
    const { individualNumber: right, integratedAddressNumber } = persons.person();
    const wrong = `${right.slice(0, -1)}${(Number(right.at(-1)) + 3) % 10}`;
    const wide = right.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    const ways = [
      (individualNumber: string) => persons.ask('tanto', '/v1/lookups', { individualNumber }),
      (individualNumber: string) =>
        persons.ask('tanto', '/v1/confirmations', { individualNumber, sex: '男' }),
      (individualNumber: string) =>
        persons.ask('tanto', '/v1/persons', { individualNumber, basics: somebody }),
      (individualNumber: string) =>
        persons.ask('atena', `/v1/persons/${integratedAddressNumber}/individual-number`, {
          individualNumber,
          reason: 'changed',
        }),
    ];
    for (const [number, issue] of [
      [wrong, 'check_digit'],
      [wide, 'full_width'],
      [`${right.slice(0, 4)}-${right.slice(4, 8)}-${right.slice(8)}`, 'separators'],
      [`${right} `, 'separators'],
      [right.slice(1), 'length'],
    ] as const) {
      for (const way of ways) {
        const reply = await way(number);
        expectProblem(reply, 'message_malformed');
        expect(reply.json.fields).toEqual([{ field: '/individualNumber', issue }]);
        expect(reply.text).not.toContain(number);
      }
    }
  });

  test('a new person gets a number of their own, and is not registered twice', async () => {
    const individualNumber = freshNumber();
    const addressNumber = freshOwn();
    const number = await register('gyomu', {
      individualNumber,
      addressNumbers: [{ addressNumber }],
    });
    expect((await persons.ask('tanto', '/v1/lookups', { individualNumber })).json).toEqual({
      integratedAddressNumber: number,
    });
    for (const again of [
      { individualNumber },
      { addressNumbers: [{ addressNumber }] },
      { individualNumber: freshNumber(), addressNumbers: [{ addressNumber }] },
    ]) {
      const reply = await persons.ask('gyomu', '/v1/persons', { basics: somebody, ...again });
      expectProblem(reply, 'state_conflict');
    }
    expectProblem(
      await persons.ask('gyomu', '/v1/persons', { basics: somebody }),
      'message_malformed',
    );
    const view = (await persons.show('gyomu', number)).json;
    expect(view).toMatchObject({
      source: 'entered',
      hasIndividualNumber: true,
      basics: somebody,
      addressNumbers: [{ system: 'gyomu', addressNumber }],
    });
    expect(JSON.stringify(view)).not.toContain(individualNumber);
  });

  test('somebody without an individual number gets it later, and another one when it changes', async () => {
    const number = await register('tanto', {
      individualNumber: undefined,
      addressNumbers: [{ system: 'gyomu', addressNumber: freshOwn() }],
    });
    const path = `/v1/persons/${number}/individual-number`;
    const set = (individualNumber: string, reason: string) =>
      persons.ask('tanto', path, { individualNumber, reason });
    expectProblem(await set(freshNumber(), 'changed'), 'state_conflict');
    const first = freshNumber();
    expect((await set(first, 'assigned')).status).toBe(200);
    expectProblem(await set(freshNumber(), 'assigned'), 'state_conflict');
    expectProblem(await set(persons.person().individualNumber, 'changed'), 'state_conflict');
    const second = freshNumber();
    expect((await set(second, 'changed')).status).toBe(200);
    expectProblem(
      await persons.ask('tanto', '/v1/lookups', { individualNumber: first }),
      'not_found',
    );
    const found = await persons.ask('tanto', '/v1/lookups', { individualNumber: second });
    expect(found.json).toEqual({ integratedAddressNumber: number });
  });

  test('a business system ties more of its numbers to somebody, and sees no other system’s', async () => {
    const number = await register('gyomu', { addressNumbers: [{ addressNumber: freshOwn() }] });
    const path = `/v1/persons/${number}/address-numbers`;
    const own = freshOwn();
    expect((await persons.ask('gyomu', path, { addressNumber: own })).status).toBe(200);
    expect((await persons.ask('gyomu', path, { addressNumber: own })).status).toBe(200);
    const taken = persons.person().addressNumber;
    expectProblem(await persons.ask('gyomu', path, { addressNumber: taken }), 'state_conflict');
    const theirs = { system: 'zei', addressNumber: own };
    expect((await persons.ask('tanto', path, theirs)).status).toBe(200);
    expect((await persons.show('gyomu', number)).json.addressNumbers).toHaveLength(2);
    expect((await persons.show('tanto', number)).json.addressNumbers).toHaveLength(3);
  });

  test('番号法21条の2: codes are acquired through it, by those who may', async () => {
    const { numberThere: missing } = net.somebody('no-code-there');
    const body = { persons: [missing] };
    expectProblem(await persons.ask('kansa', '/v1/acquisitions', body), 'not_authorised');
    expect((await persons.ask('gyomu', '/v1/acquisitions', body)).json).toEqual({ acquired: 1 });
    expect((await persons.ask('gyomu', '/v1/acquisitions', body)).json).toEqual({ acquired: 0 });
    expect(net.network.agency(KUMAGAYA).node.store.read.codeOf(missing)).toBeDefined();
    const numberless = await register('tanto', {
      individualNumber: undefined,
      addressNumbers: [{ system: 'gyomu', addressNumber: freshOwn() }],
    });
    const refused = await persons.ask('gyomu', '/v1/acquisitions', { persons: [numberless] });
    expectProblem(refused, 'state_conflict');
  });
});

describe('R-503: identity', () => {
  test('is confirmed item by item, and nothing of what is held is told', async () => {
    const { integratedAddressNumber, individualNumber, name, kana, birthDate, sex, address } =
      persons.person(1);
    const same = { name, kana, birthDate, sex, address };
    for (const who of [{ integratedAddressNumber }, { individualNumber }]) {
      const reply = await persons.ask('gyomu', '/v1/confirmations', { ...who, ...same });
      expect(reply.json).toEqual({
        integratedAddressNumber,
        identical: true,
        items: { name: 'match', kana: 'match', birthDate: 'match', sex: 'match', address: 'match' },
      });
    }
    const told = { name: name.replace('　', ' '), birthDate: '1900-01-01' };
    const reply = await persons.ask('gyomu', '/v1/confirmations', {
      integratedAddressNumber,
      ...told,
    });
    expect(reply.json).toEqual({
      integratedAddressNumber,
      identical: false,
      items: { name: 'match', birthDate: 'no_match' },
    });
    for (const held of [birthDate, address, individualNumber, kana]) {
      expect(reply.text).not.toContain(held);
    }
    for (const [nothing, code] of [
      [{}, 'message_malformed'],
      [{ name: '　 ' }, 'message_malformed'],
      [{ birthDate: '2020-02-30' }, 'message_malformed'],
    ] as const) {
      const body = { integratedAddressNumber, ...nothing };
      expectProblem(await persons.ask('gyomu', '/v1/confirmations', body), code);
    }
    expectProblem(await persons.ask('gyomu', '/v1/confirmations', same), 'message_malformed');
  });
});

describe('R-604: what comes from the resident register', () => {
  test('changes with the resident register alone', async () => {
    const { integratedAddressNumber } = persons.person(2);
    const path = `/v1/persons/${integratedAddressNumber}/basics`;
    const body = { basics: { address: '島根県松江市見本町1-2-3' } };
    expectProblem(await persons.ask('tanto', path, body), 'state_conflict');
    expectProblem(await persons.ask('gyomu', path, body), 'not_authorised');
    expect((await persons.ask('atena', path, body)).status).toBe(200);
    expect((await persons.show('tanto', integratedAddressNumber)).json.basics).toMatchObject(
      body.basics,
    );
    const entered = await register('tanto');
    const change = await persons.ask('tanto', `/v1/persons/${entered}/basics`, body);
    expect(change.status).toBe(200);
  });
});

describe('R-502: access', () => {
  test('is limited by affair', async () => {
    const { individualNumber, integratedAddressNumber } = persons.person();
    const affair = '地方税法による地方税の賦課徴収に関する事務';
    const find = { affair, individualNumber };
    expectProblem(await persons.post('tanto', '/v1/lookups', find), 'not_authorised');
    expectProblem(await persons.show('tanto', integratedAddressNumber, affair), 'not_authorised');
    expect((await persons.post('gyomu', '/v1/lookups', find)).status).toBe(200);
    expect((await persons.show('tanto', integratedAddressNumber)).status).toBe(200);
    const code = affairCode(VACCINATING);
    expect((await persons.show('tanto', integratedAddressNumber, code)).status).toBe(200);
  });

  test('is given and withdrawn at once, by supervisors and administrators, never to themselves', async () => {
    const { individualNumber } = persons.person();
    const affair = affairCode('児童手当法による児童手当の支給に関する事務');
    const find = () => persons.post('tanto2', '/v1/lookups', { affair, individualNumber });
    const grant = {
      kind: 'staff',
      caller: 'tanto2',
      department: 'こども課',
      affairs: [affair],
      rights: ['find'],
    };
    expectProblem(await find(), 'not_authorised');
    for (const who of ['tanto', 'gyomu', 'kansa']) {
      expectProblem(await persons.post(who, '/v1/grants', grant), 'not_authorised');
    }
    for (const who of ['jocho', 'kanri']) {
      const reply = await persons.post(who, '/v1/grants', { ...grant, caller: who });
      expectProblem(reply, 'approval_by_same_person');
    }
    const nobody = await persons.post('jocho', '/v1/grants', { ...grant, caller: 'nobody' });
    expectProblem(nobody, 'not_found');
    const given = await persons.post('kanri', '/v1/grants', grant);
    expect(given.status).toBe(201);
    expect((await find()).status).toBe(200);
    const withdraw = () => persons.post('jocho', `/v1/grants/${given.json.id}/withdraw`, {});
    expect((await withdraw()).status).toBe(200);
    expectProblem(await find(), 'not_authorised');
    expectProblem(await withdraw(), 'state_conflict');
    const { json } = await persons.get('kansa', '/v1/grants');
    expect(json.grants).toContainEqual(
      expect.objectContaining({ id: given.json.id, givenBy: 'kanri', withdrawnBy: 'jocho' }),
    );
    expect(json.callers).toContainEqual({ kind: 'staff', id: 'kansa', role: 'auditor' });
  });

  test('R-309: who leaves loses everything at once', async () => {
    const { individualNumber } = persons.person();
    const find = () => persons.ask('tanto2', '/v1/lookups', { individualNumber });
    expect((await find()).status).toBe(200);
    const leave = { kind: 'staff', caller: 'tanto2' };
    expect((await persons.post('kanri', '/v1/grants/withdraw', leave)).json).toEqual({
      withdrawn: 1,
    });
    expectProblem(await find(), 'not_authorised');
  });

  test('is for this system’s own callers: no token of the node or of another agency counts', async () => {
    const { individualNumber } = persons.person();
    const body = { affair: VACCINATING, individualNumber };
    const elsewhere = personsOf(net, MATSUE);
    const tokens = [
      undefined,
      net.token(KUMAGAYA, 'gyomu'),
      net.token(KUMAGAYA, 'tanto'),
      net.token(KUMAGAYA, 'atena'),
      net.token(elsewhere.party, 'gyomu'),
      net.token('control', ''),
    ];
    for (const token of tokens) {
      const reply = await net.post(persons.party, '/v1/lookups', body, { token });
      expectProblem(reply, 'not_authenticated');
    }
    const own = net.token(persons.party, 'gyomu');
    const atTheNode = await net.get(KUMAGAYA, '/v1/records', { token: own });
    expectProblem(atTheNode, 'not_authenticated');
  });

  test('every access is on record with who, when, what, on whom and for which affair; refusals too', async () => {
    const { individualNumber, integratedAddressNumber: person, name } = persons.person(3);
    const before = (await persons.log()).length;
    const affair = affairCode(VACCINATING);
    net.clock.advance(1000);
    await persons.ask('tanto', '/v1/lookups', { individualNumber });
    await persons.show('gyomu', person);
    await persons.ask('tanto', '/v1/lookups/individual-number', {
      integratedAddressNumber: person,
    });
    await persons.ask('tanto', '/v1/lookups', { individualNumber: freshNumber() });
    await persons.ask('tanto', '/v1/confirmations', { integratedAddressNumber: person, name });
    const lines = await persons.log(`after=${before}`);
    const at = new Date(net.clock.now()).toISOString();
    const department = '健康増進課';
    const tanto = { at, actorKind: 'staff', actor: 'tanto', affair };
    expect(lines.slice(1, 6)).toMatchObject([
      { ...tanto, operation: 'persons.find', outcome: 'done', person, department },
      { at, actor: 'gyomu', actorKind: 'business-system', operation: 'persons.show', person },
      {
        ...tanto,
        operation: 'persons.reverse',
        outcome: 'refused',
        code: 'not_authorised',
        person,
      },
      { ...tanto, operation: 'persons.find', outcome: 'refused', code: 'not_found' },
      { ...tanto, operation: 'persons.confirm', outcome: 'done', person },
    ]);
    const ofPerson = await persons.log(`person=${person}&after=${before}`);
    expect(ofPerson.filter((line) => line.operation !== 'log.show')).toHaveLength(4);
    const everything = JSON.stringify(await persons.log());
    expect(everything).not.toContain(individualNumber);
    expect(everything).not.toContain(name);
  });

  test('R-605: the log is read by auditors and supervisors, which is on record, and can be verified', async () => {
    for (const who of ['tanto', 'gyomu', 'kanri', 'atena']) {
      expectProblem(await persons.get(who, '/v1/access-log'), 'not_authorised');
    }
    const { json } = await persons.get('kansa', '/v1/access-log/verification');
    expect(json).toEqual({ lines: expect.any(Number), pruned: 0 });
    expect((await persons.log()).at(-1)).toMatchObject({ actor: 'kansa', operation: 'log.show' });
  });
});

test('a node that is down leaves the system at work, and acquiring says so', async () => {
  const { individualNumber } = persons.person();
  await net.network.stopAgency(KUMAGAYA);
  const found = await persons.ask('gyomu', '/v1/lookups', { individualNumber });
  expect(found.status).toBe(200);
  const persons1 = { persons: [persons.person().integratedAddressNumber] };
  const reply = await persons.ask('gyomu', '/v1/acquisitions', persons1);
  expectProblem(reply, 'provider_unavailable');
  await net.network.startAgency(KUMAGAYA);
});
