import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  INFORMATION,
  RenkeiError,
  startNetwork,
  type TestNetwork,
} from '../../src/testing/index.ts';
import '../../src/testing/vitest.ts';
import { milliseconds } from '../../src/testing/network/duration.ts';

const KUMAGAYA = '11202';
const MATSUE = '32201';
const small = { agencies: [KUMAGAYA, MATSUE], residents: 40 };
const vaccination = { provider: KUMAGAYA, item: '25', information: INFORMATION.vaccination };

describe('a network for a test', () => {
  let network: TestNetwork;
  beforeAll(async () => {
    network = await startNetwork(small);
  });
  afterAll(() => network.close());

  test('is small, on ports of its own, by a clock of its own', async () => {
    expect(network.url(MATSUE)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(
      new Set(
        [MATSUE, KUMAGAYA, 'gateway', 'registry', 'control'].map((party) => network.url(party)),
      ).size,
    ).toBe(5);
    expect(network.clock.iso).toBe('2026-11-22T00:00:00.000Z');
    await network.clock.advance('1.5h');
    expect(network.clock.iso).toBe('2026-11-22T01:30:00.000Z');
    await network.clock.set('2026-11-22T11:00:00+09:00');
    expect(network.clock.now()).toBe(Date.parse('2026-11-22T02:00:00Z'));
    await expect(network.clock.set('2026-11-22T00:00:00Z')).rejects.toMatchObject({
      code: 'state_conflict',
    });
  });

  test('leaves the globals of the test alone', async () => {
    expect(new Response()).toBeInstanceOf(Response);
    expect(await fetch(`${network.url('gateway')}/healthz`)).toBeInstanceOf(Response);
    await network.reset();
    expect(await fetch(`${network.url('gateway')}/healthz`)).toBeInstanceOf(Response);
  });

  test('whoever waits by its clock goes on in the order of time', async () => {
    const went: string[] = [];
    const waits = [
      network.clock.wait('20s').then(() => went.push('second')),
      network.clock.wait('10s').then(() => went.push('first')),
      network.clock.wait('1h').then(() => went.push('late')),
    ];
    await network.clock.whenWaiting(3);
    await network.clock.advance('30s');
    expect(went).toEqual(['first', 'second']);
    await network.clock.advance('1h');
    await Promise.all(waits);
    expect(went).toEqual(['first', 'second', 'late']);
  });

  test('every end of an inquiry has its own type and its legal ground', async () => {
    const { resident } = network;
    const ask = network.client(MATSUE);
    const ordinary = resident.ordinary(MATSUE, KUMAGAYA, INFORMATION.vaccination);
    const provided = await ask.inquire({ resident: ordinary, ...vaccination });
    expect(provided).toMatchObject({
      state: 'provided',
      inquirer: MATSUE,
      provider: KUMAGAYA,
      resident: ordinary.at(MATSUE),
      item: '25',
      list: 'order-r6-9',
      ground: '番号法第19条第8号、令和6年デジタル庁・総務省令第9号、25の項',
      answer: {
        records: ordinary
          .copiesAt(KUMAGAYA)
          .find(({ information }) => information === INFORMATION.vaccination)?.records,
      },
    });
    const denied = await ask.inquire({
      resident: ordinary,
      ...vaccination,
      information: INFORMATION.localTax,
    });
    expect(denied).toMatchObject({
      state: 'denied',
      code: 'information_not_listed',
      ground: '番号法第19条第8号、令和6年デジタル庁・総務省令第9号、25の項',
    });
    // The same from the node’s memory.
    expect(await ask.inquiry(denied)).toEqual(denied);
    const without = resident.withoutCopy(MATSUE, KUMAGAYA, INFORMATION.vaccination);
    expect(await ask.inquire({ resident: without, ...vaccination })).toMatchObject({
      state: 'no_record',
    });
    const waiting = await ask.inquire({
      resident: resident.protected(MATSUE, KUMAGAYA),
      ...vaccination,
    });
    expect(waiting).toBePending();
    const { reviews } = network.client(KUMAGAYA);
    expect(await reviews.show(waiting)).toMatchObject({
      inquirer: MATSUE,
      review: { restricted: true },
    });
    await reviews.review(waiting);
    await reviews.decline(waiting);
    await network.settled();
    expect(await ask.inquiry(waiting)).toBeRefused('restricted');
  });

  test('people are found by their story', () => {
    const story = { moved: true, from: KUMAGAYA, to: MATSUE, information: INFORMATION.vaccination };
    const moved = network.resident.who({ ...story, copy: true });
    expect(moved).toMatchObject({ movedFrom: KUMAGAYA, municipality: MATSUE });
    expect(moved.at(MATSUE)).not.toBe(moved.at(KUMAGAYA));
    expect(network.resident.all(story).every(({ movedFrom }) => movedFrom === KUMAGAYA)).toBe(true);
    expect(network.resident.withoutCode(MATSUE, KUMAGAYA).hasCodeAt(KUMAGAYA)).toBe(false);
    expect(() => network.resident.who({ inquirer: MATSUE, provider: '11000' })).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });

  test('what an agency holds can be changed', async () => {
    const resident = network.resident.ordinary(MATSUE, KUMAGAYA, INFORMATION.vaccination);
    const { information } = vaccination;
    await network.putCopy({
      agency: KUMAGAYA,
      resident,
      information,
      records: [{ 接種種別: '試験' }],
    });
    const outcome = await network.client(MATSUE).inquire({ resident, ...vaccination });
    expect(outcome).toHaveAnswer({ 接種種別: '試験' });
    await network.reset();
    expect(await network.client(MATSUE).inquire({ resident, ...vaccination })).not.toHaveAnswer({
      接種種別: '試験',
    });
  });

  test('a node’s signing key is rotated, and its answers stay good', async () => {
    const provider = network.client('11202');
    const [before] = await provider.rotateKeys();
    expect(before).toMatchObject({ kid: '11202.node.2', state: 'current' });
    await expect(provider.rotateKeys()).rejects.toMatchObject({ code: 'state_conflict' });
    await expect(provider.rotateKeys({}, 'tanto')).rejects.toMatchObject({
      code: 'not_authorised',
    });
    expect((await provider.rotateKeys({ now: true })).map(({ state }) => state)).toEqual([
      ...['current', 'revoked', 'revoked'],
    ]);
    const resident = network.resident.ordinary('32201', '11202', INFORMATION.vaccination);
    const question = { resident, provider: '11202', item: '25' };
    const asked = { ...question, information: INFORMATION.vaccination };
    expect(await network.client('32201').inquire(asked)).toMatchObject({ state: 'provided' });
  });

  test('what goes wrong is thrown with its code', async () => {
    const resident = network.resident.ordinary(MATSUE, KUMAGAYA);
    const fault = network.faults.add({ message: 'provide-request', action: 'drop', times: 1 });
    const thrown = await network
      .client(MATSUE)
      .inquire({ resident, ...vaccination })
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(RenkeiError);
    expect(thrown).toMatchObject({ code: 'provider_timeout' });
    expect(thrown).not.toBeDenied();
    network.faults.remove(fault);
    expect(() => network.client('99999')).toThrow(
      expect.objectContaining({ code: 'agency_unknown' }),
    );
    await expect(network.client(MATSUE).records('nobody')).rejects.toMatchObject({
      code: 'not_authenticated',
    });
    await expect(network.client(MATSUE).inquiry('AAAAAAAAAAAAAAAAAAAAAA')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

test('an agency that is not in the configuration is named, with those that are', async () => {
  await expect(startNetwork({ agencies: ['99999'] })).rejects.toMatchObject({
    code: 'agency_unknown',
    detail: { hint: { en: expect.stringContaining(KUMAGAYA) } },
  });
});

test('a configuration of one’s own, and a folder that goes with the network', async () => {
  let path = '';
  {
    await using network = await startNetwork({
      config: {
        version: 1,
        seed: 'mine',
        agencies: [
          { code: '11202', name: '甲市', roles: ['市長'] },
          { code: '32201', name: '乙市', roles: ['市長'] },
        ],
      },
      residents: 8,
      storage: 'folder',
    });
    path = network.network.config.data;
    const resident = network.resident.who({
      inquirer: MATSUE,
      provider: KUMAGAYA,
      codeAtProvider: true,
    });
    // Nobody has an impact assessment (番号法21条2項).
    expect(await network.client(MATSUE).inquire({ resident, ...vaccination })).toBeDenied(
      'assessment_breach',
    );
    await network.stop(KUMAGAYA);
    expect(() => network.client(KUMAGAYA)).toThrow(
      expect.objectContaining({ code: 'state_conflict' }),
    );
    await network.start(KUMAGAYA);
    expect(network.client(KUMAGAYA).agency).toBe(KUMAGAYA);
  }
  expect(existsSync(path)).toBe(false);
});

test('spans of time are written as people say them', () => {
  expect(['250ms', '90s', '5m', '1.5h', '8d'].map((each) => milliseconds(each as '1s'))).toEqual([
    250, 90_000, 300_000, 5_400_000, 691_200_000,
  ]);
  expect(milliseconds(7)).toBe(7);
  for (const wrong of [-1, 0.5, Number.NaN]) expect(() => milliseconds(wrong)).toThrow(RangeError);
  for (const wrong of ['90', 's', '1.2345s', '-1s', ''])
    expect(() => milliseconds(wrong as '1s')).toThrow(RangeError);
});
