import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reply } from '../support/call.ts';
import { expectProblem } from '../support/problem.ts';
import {
  codeNow,
  logIn,
  MINUTE,
  operations,
  ready,
  staffNetwork,
  tokenOf,
} from '../support/staff.ts';
import { KUMAGAYA, type TestNetwork } from '../support/test-network.ts';

// who logs in and with what; whatever is wrong looks the same from outside, and the operation log tells.

let net: TestNetwork;
beforeAll(async () => {
  net = await staffNetwork();
});
afterAll(() => net.network.close());

const queue = (token: string) => net.get(KUMAGAYA, '/v1/reviews', { token });
const current = (token: string) => net.get(KUMAGAYA, '/v1/sessions/current', { token });
const end = (token: string) => net.post(KUMAGAYA, '/v1/sessions/end', {}, { token });
const outside = ({ json: { instance: _, ...json } }: Reply) => json;

test('R-204: log-in by password and one-time code opens a session with its authority, until log-out', async () => {
  const before = operations(net).length;
  const reply = await logIn(net, 'jocho');
  expect(reply.status).toBe(201);
  const token = String(reply.json.token);
  expect(token).toMatch(/^[\w-]{43}$/);
  const who = { user: 'jocho', roles: ['supervisor'], affairs: 'all', passwordDue: false };
  expect(reply.json).toMatchObject(who);
  expect((await current(token)).json).toMatchObject(who);
  expect((await queue(token)).status).toBe(200);
  expectProblem(await net.get(KUMAGAYA, '/v1/status/x', { token }), 'not_found');
  expect((await end(token)).status).toBe(200);
  for (const refused of [await queue(token), await current(token), await end(token)]) {
    expectProblem(refused, 'not_authenticated');
  }
  const told = operations(net, before).filter(({ operation }) => operation.startsWith('log-'));
  const line = { at: net.clock.now(), actorKind: 'staff', actor: 'jocho', outcome: 'done' };
  expect(told).toEqual([
    { ...line, operation: 'log-in' },
    { ...line, operation: 'log-out' },
  ]);
});

test('full-width digits and letters, as a Japanese keyboard types them, are the same', async () => {
  net.clock.advance(30_000);
  const { password, secret } = ready(net, 'jocho');
  const wide = (text: string) =>
    text.replace(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
  const typed = { password: wide(password), code: wide(codeNow(net, secret)) };
  await tokenOf(net, 'jocho', undefined, typed);
});

test('a wrong user, password or code get one answer, to the byte, and the log tells them apart', async () => {
  const given = ready(net, 'tanto');
  const before = operations(net).length;
  const wrong = [
    await logIn(net, 'tanto3', given),
    await logIn(net, '個人番号 123456789018', given),
    await logIn(net, 'tanto', { ...given, password: 'not the password' }),
    await logIn(net, 'tanto', given, { code: codeNow(net, given.secret, 4) }),
    await logIn(net, 'tanto', given, { code: 'abcdef' }),
  ];
  for (const reply of wrong) {
    expectProblem(reply, 'not_authenticated');
    expect(outside(reply)).toEqual(outside(wrong[0] as Reply));
  }
  const told = operations(net, before);
  expect(told.map(({ actor, reason }) => [actor, reason])).toEqual([
    ['(unknown)', 'unknown-user'],
    ['(unknown)', 'unknown-user'],
    ['tanto', 'wrong-password'],
    ['tanto', 'wrong-code'],
    ['tanto', 'wrong-code'],
  ]);
  for (const line of told) {
    expect(line).toMatchObject({
      operation: 'log-in',
      outcome: 'refused',
      code: 'not_authenticated',
    });
  }
});

test('a code is good once, and none before it is good after it', async () => {
  const { secret } = ready(net, 'tanto2');
  net.clock.advance(MINUTE);
  const [earlier, now] = [codeNow(net, secret, -1), codeNow(net, secret)];
  await tokenOf(net, 'tanto2', undefined, { code: now });
  const before = operations(net).length;
  for (const code of [now, earlier]) {
    expectProblem(await logIn(net, 'tanto2', undefined, { code }), 'not_authenticated');
  }
  expect(operations(net, before).map(({ reason }) => reason)).toEqual(['used-code', 'used-code']);
  // A clock that is half a minute ahead is let pass.
  net.clock.advance(MINUTE);
  await tokenOf(net, 'tanto2', undefined, { code: codeNow(net, secret, 1) });
});

test('the same code many times at once opens one session', async () => {
  net.clock.advance(MINUTE);
  const code = codeNow(net, ready(net, 'kansa').secret);
  const replies = await Promise.all(
    [1, 2, 3, 4].map(() => logIn(net, 'kansa', undefined, { code })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401]);
});

test('R-308: failures in a row lock the id, even for who knows everything, until the time is over', async () => {
  const { failures, minutes } = net.network.config.staff.lockOut;
  const before = operations(net).length;
  for (let failed = 0; failed < failures; failed += 1) {
    expectProblem(await logIn(net, 'kanri', undefined, { password: 'wrong' }), 'not_authenticated');
  }
  const until = net.clock.now() + minutes * MINUTE;
  expectProblem(await logIn(net, 'kanri'), 'not_authenticated');
  const told = operations(net, before);
  expect(told.slice(-2)).toMatchObject([
    { actor: 'kanri', operation: 'locked-out', outcome: 'refused' },
    { actor: 'kanri', operation: 'log-in', reason: 'locked' },
  ]);
  await tokenOf(net, 'jocho');
  net.clock.advance(until - net.clock.now() - 30_001);
  expectProblem(await logIn(net, 'kanri'), 'not_authenticated');
  await tokenOf(net, 'kanri');
});

test('failures that are not in a row lock nobody', async () => {
  const { failures } = net.network.config.staff.lockOut;
  for (let failed = 0; failed < 2 * failures; failed += 1) {
    await logIn(net, 'tanto2', undefined, { password: 'wrong' });
    if (failed % (failures - 1) === failures - 2) await tokenOf(net, 'tanto2');
  }
  await tokenOf(net, 'tanto2');
});

test('bad input is a report, and nothing is kept of it', async () => {
  const good = { user: 'jocho', password: 'x', code: '123456' };
  const before = operations(net).length;
  for (const body of [
    ...[{}, { ...good, extra: 1 }, { ...good, code: 123456 }, { ...good, password: null }],
    { ...good, password: 'x'.repeat(1001) },
    { ...good, person: 'SATO TARO' },
  ]) {
    const reply = await net.post(KUMAGAYA, '/v1/sessions', body);
    expectProblem(reply, 'message_malformed');
    expect(reply.text).not.toMatch(/123456|x{9}|SATO TARO/);
  }
  expect(operations(net)).toHaveLength(before);
});
