import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { expectProblem } from '../support/problem.ts';
import {
  DAY,
  HOUR,
  logIn,
  MINUTE,
  operations,
  ready,
  staffNetwork,
  tokenOf,
} from '../support/staff.ts';
import { KUMAGAYA, type TestNetwork } from '../support/test-network.ts';

// sessions end by themselves, passwords grow old.

let net: TestNetwork;
beforeAll(async () => {
  net = await staffNetwork();
});
afterAll(() => net.network.close());

const queue = (token: string, where = net) => where.get(KUMAGAYA, '/v1/reviews', { token });
const change = (token: string, password: string, newPassword: string) =>
  net.post(KUMAGAYA, '/v1/sessions/password', { password, newPassword }, { token });

test('R-307: a session ends after a time without activity; activity keeps it, and no longer than its hours', async () => {
  const token = await tokenOf(net, 'tanto');
  for (let minutes = 0; minutes < 12 * 60; minutes += 14) {
    expect((await queue(token)).status).toBe(200);
    net.clock.advance(14 * MINUTE);
  }
  expectProblem(await queue(token), 'not_authenticated');
  const idle = await tokenOf(net, 'tanto');
  net.clock.advance(15 * MINUTE - 1);
  expect((await queue(idle)).status).toBe(200);
  net.clock.advance(15 * MINUTE);
  const before = operations(net).length;
  expectProblem(await queue(idle), 'not_authenticated');
  expectProblem(await queue(idle), 'not_authenticated');
  await net.settled();
  expect(
    operations(net, before).toSorted((a, b) => a.operation.localeCompare(b.operation)),
  ).toMatchObject([
    { actor: 'tanto', operation: 'log-out', outcome: 'done', reason: 'timed-out' },
    { actor: 'tanto', operation: 'reviews.show', outcome: 'refused', code: 'not_authenticated' },
  ]);
});

test('a session that nobody uses any more is ended by maintenance, with its line in the log', async () => {
  await tokenOf(net, 'tanto');
  const before = operations(net).length;
  await net.network.advance(HOUR);
  expect(operations(net, before)).toMatchObject([{ operation: 'log-out', reason: 'timed-out' }]);
});

test('reading is no write: the time of use is written down once a minute', async () => {
  const token = await tokenOf(net, 'tanto');
  const { read } = net.network.agency(KUMAGAYA).node.store;
  const usedAt = () => read.sessions().find(({ ready }) => !ready)?.usedAt;
  const began = usedAt();
  for (const step of [20_000, 20_000, 19_999]) {
    net.clock.advance(step);
    await queue(token);
    await net.settled();
    expect(usedAt()).toBe(began);
  }
  net.clock.advance(1);
  await queue(token);
  await net.settled();
  expect(usedAt()).toBe(net.clock.now());
});

test('the simulator’s ready sessions do not time out, until their user logs out', async () => {
  const token = net.token(KUMAGAYA, 'tanto2');
  net.clock.advance(2 * DAY);
  expect((await queue(token)).status).toBe(200);
  expect((await net.post(KUMAGAYA, '/v1/sessions/end', {}, { token })).status).toBe(200);
  expectProblem(await queue(token), 'not_authenticated');
});

test('a restart ends no session early by more than a minute, and none late', async () => {
  const storage = { kind: 'folder', path: temporaryFolder() } as const;
  const lasting = await staffNetwork(undefined, { storage, chance: 'system' });
  try {
    const restart = async () => {
      await lasting.network.stopAgency(KUMAGAYA);
      await lasting.network.startAgency(KUMAGAYA);
    };
    const ended = lasting.token(KUMAGAYA, 'kansa');
    await lasting.post(KUMAGAYA, '/v1/sessions/end', {}, { token: ended });
    const token = await tokenOf(lasting, 'jocho');
    lasting.clock.advance(50_000);
    expect((await queue(token, lasting)).status).toBe(200);
    await restart();
    // Used 50 seconds after it began, which was not written down yet.
    lasting.clock.advance(14 * MINUTE);
    expect((await queue(token, lasting)).status).toBe(200);
    await lasting.settled();
    await restart();
    lasting.clock.advance(15 * MINUTE - 1);
    expect((await queue(token, lasting)).status).toBe(200);
    await restart();
    lasting.clock.advance(15 * MINUTE);
    expectProblem(await queue(token, lasting), 'not_authenticated');
    // Ready sessions go on, but for one that was ended.
    expect((await queue(lasting.token(KUMAGAYA, 'jocho'), lasting)).status).toBe(200);
    expectProblem(
      await lasting.get(KUMAGAYA, '/v1/records', { token: ended }),
      'not_authenticated',
    );
  } finally {
    await lasting.network.close();
  }
});

test('R-308: a password grows old; then it is changed before anything else, and rules are kept', async () => {
  const given = ready(net, 'jocho');
  net.clock.advance(91 * DAY);
  const reply = await logIn(net, 'jocho');
  expect(reply.json).toMatchObject({ passwordDue: true, operations: [] });
  const token = String(reply.json.token);
  const refused = await queue(token);
  expectProblem(refused, 'not_authorised');
  expect(refused.text).toContain('/v1/sessions/password');

  let present = given.password;
  const broken = async (newPassword: string, rules: string[]) => {
    const answer = await change(token, present, newPassword);
    expectProblem(answer, 'message_malformed');
    expect(answer.json.rules).toEqual(rules);
    expect(answer.text).not.toContain(newPassword);
  };
  await broken('short', ['length']);
  await broken('aaaaaaaaaaaaaaaa', ['one-character']);
  await broken('My-JOCHO-password', ['log-in-name']);
  await broken(given.password, ['reused']);
  expectProblem(await change(token, 'not mine', 'correct horse battery'), 'not_authenticated');
  expectProblem(await queue(token), 'not_authorised');

  const other = await tokenOf(net, 'jocho');
  expect((await change(token, given.password, 'correct horse battery')).status).toBe(200);
  expect((await queue(token)).status).toBe(200);
  expectProblem(await queue(other), 'not_authenticated');
  expectProblem(await logIn(net, 'jocho'), 'not_authenticated');

  // The latest five, the present one included, are not good again; the sixth is.
  present = 'correct horse battery';
  for (const next of ['second password', 'third password!', 'fourth password', 'fifth password!']) {
    expect((await change(token, present, next)).status).toBe(200);
    present = next;
  }
  await broken('correct horse battery', ['reused']);
  expect((await change(token, present, given.password)).status).toBe(200);
  await tokenOf(net, 'jocho', given);
});

test('guessing the present password in an open session locks the id as well', async () => {
  const token = await tokenOf(net, 'jocho');
  const { failures } = net.network.config.staff.lockOut;
  for (let failed = 0; failed < failures; failed += 1) await change(token, 'guess', 'x'.repeat(20));
  const right = ready(net, 'jocho').password;
  expectProblem(await change(token, right, 'a perfectly good one'), 'not_authenticated');
  expectProblem(await logIn(net, 'jocho'), 'not_authenticated');
});
