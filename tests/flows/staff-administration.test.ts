import { afterAll, beforeAll, expect, test } from 'vitest';
import { affairCode } from '../../src/protocol/permission/codes.ts';
import { expectProblem } from '../support/problem.ts';
import {
  DAY,
  handedOver,
  logIn,
  operations,
  ready,
  staffNetwork,
  tokenOf,
} from '../support/staff.ts';
import { KUMAGAYA, type TestNetwork } from '../support/test-network.ts';

// who may do what is decided by administrators, listed for whoever checks, and withdrawn at once.

let net: TestNetwork;
beforeAll(async () => {
  net = await staffNetwork();
});
afterAll(() => net.network.close());

const YEAR = { validFrom: '2026-11-24', validUntil: '2027-03-31' };
const OFFICER = { department: 'soumu', roles: ['officer'], affairs: 'all', ...YEAR };
const kanri = () => net.token(KUMAGAYA, 'kanri');
const post = (path: string, body: unknown, token = kanri()) =>
  net.post(KUMAGAYA, path, body, { token });
const get = (path: string, token = kanri()) => net.get(KUMAGAYA, path, { token });
const add = (user: string, more: object = {}) => post('/v1/staff', { user, ...OFFICER, ...more });

/** Makes a user who has set a password of their own, and logs them in. */
async function colleague(user: string, more: object = {}) {
  const made = await add(user, more);
  expect(made.status, made.text).toBe(201);
  const given = handedOver(made);
  const token = await tokenOf(net, user, given);
  const own = { ...given, password: `${user.length} owls by night` };
  const change = { password: given.password, newPassword: own.password };
  expect((await post('/v1/sessions/password', change, token)).status).toBe(200);
  return { given: own, token };
}

test('R-308: a new user gets a password to be changed and a secret, and can do nothing before the change', async () => {
  const before = operations(net).length;
  const made = await add('sato');
  expect(made.status).toBe(201);
  expect(made.json.initialPassword).toMatch(/^([0-9a-z]{5}-){3}[0-9a-z]{5}$/);
  expect(made.json.oneTimeCodes).toEqual([
    {
      person: 'sato',
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringMatching(/^otpauth:\/\/totp\/renkei%2011202:sato\?.*period=30/),
    },
  ]);
  const reply = await logIn(net, 'sato', handedOver(made));
  expect(reply.json).toMatchObject({ passwordDue: true });
  const token = String(reply.json.token);
  expectProblem(await get('/v1/reviews', token), 'not_authorised');
  const { password } = handedOver(made);
  const change = { password, newPassword: 'nine white cranes' };
  expect((await post('/v1/sessions/password', change, token)).status).toBe(200);
  expect(operations(net, before)).toMatchObject([
    { actor: 'kanri', operation: 'staff.change', outcome: 'done', subject: 'sato' },
    { actor: 'sato', operation: 'log-in', outcome: 'done' },
    { actor: 'sato', operation: 'reviews.show', outcome: 'refused' },
    { actor: 'sato', operation: 'password-change', outcome: 'done' },
  ]);
  expect((await get('/v1/reviews', token)).status).toBe(200);
  expectProblem(await add('sato'), 'state_conflict');
});

test('a password that was given out is good for a few days only', async () => {
  const given = handedOver(await add('osoi'));
  net.clock.advance(3 * DAY);
  expectProblem(await logIn(net, 'osoi', given), 'not_authenticated');
  expect(operations(net).at(-1)).toMatchObject({ reason: 'initial-password-expired' });
  const anew = handedOver(await post('/v1/staff/osoi/password', {}));
  await tokenOf(net, 'osoi', { ...given, password: anew.password });
});

test('R-309: whatever changes of a user, their sessions are over when the answer comes', async () => {
  let { given, token } = await colleague('ito');
  const withdrawn = async (path: string, body: object = {}) => {
    expect((await get('/v1/reviews', token)).status).toBe(200);
    const before = operations(net).length;
    expect((await post(path, body)).status).toBe(200);
    expectProblem(await get('/v1/reviews', token), 'not_authenticated');
    expect(operations(net, before)).toMatchObject([
      { actor: 'kanri', operation: 'staff.change', subject: 'ito' },
      { actor: 'ito', operation: 'log-out', reason: 'withdrawn' },
    ]);
  };
  await withdrawn('/v1/staff/ito', { roles: ['officer', 'supervisor'] });
  ({ token } = { token: await tokenOf(net, 'ito', given) });
  expect((await get('/v1/records', token)).status).toBe(200);
  await withdrawn('/v1/staff/ito/disable');
  expectProblem(await logIn(net, 'ito', given), 'not_authenticated');
  expect(operations(net).at(-1)).toMatchObject({ actor: 'ito', reason: 'disabled' });
  await post('/v1/staff/ito/enable', {});
  token = await tokenOf(net, 'ito', given);
  await withdrawn('/v1/staff/ito/one-time-codes');
  expectProblem(await logIn(net, 'ito', given), 'not_authenticated');
  const anew = handedOver(await post('/v1/staff/ito/one-time-codes', {}));
  given = { ...given, secret: anew.secret };
  token = await tokenOf(net, 'ito', given);
  await withdrawn('/v1/staff/ito/password');
});

test('R-309: the simulator’s ready sessions are withdrawn with their user as well', async () => {
  const token = net.token(KUMAGAYA, 'tanto2');
  await post('/v1/staff/tanto2/disable', {});
  expectProblem(await get('/v1/reviews', token), 'not_authenticated');
  await post('/v1/staff/tanto2/enable', {});
  expectProblem(await get('/v1/reviews', token), 'not_authenticated');
  expect((await get('/v1/reviews', await tokenOf(net, 'tanto2'))).status).toBe(200);
});

test('R-308: an id is valid from its first day in Japan to its last, open sessions also', async () => {
  net.clock.set('2026-12-01T19:00:00+09:00');
  const today = new Date(net.clock.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  const tomorrow = new Date(net.clock.now() + 33 * 3_600_000).toISOString().slice(0, 10);
  const { token } = await colleague('kyou', { validFrom: today, validUntil: today });
  const later = handedOver(await add('asu', { validFrom: tomorrow, validUntil: tomorrow }));
  expectProblem(await logIn(net, 'asu', later), 'not_authenticated');
  expect(operations(net).at(-1)).toMatchObject({ actor: 'asu', reason: 'not-yet-valid' });
  const midnight = Date.parse(`${tomorrow}T00:00:00+09:00`);
  while (midnight - net.clock.now() > 600_000) {
    net.clock.advance(600_000);
    expect((await get('/v1/reviews', token)).status).toBe(200);
  }
  net.clock.advance(midnight - net.clock.now());
  expectProblem(await get('/v1/reviews', token), 'not_authenticated');
  await tokenOf(net, 'asu', later);
});

test('R-204: limited to affairs, by the id or by its department, nobody sees what belongs to others', async () => {
  const [mine, other] = [
    affairCode('予防接種法による予防接種の実施に関する事務'),
    affairCode('住民票'),
  ];
  const vaccination = { name: '健康づくり課', affairs: [mine] };
  expect((await post('/v1/departments/kenkou', vaccination)).status).toBe(200);
  const both = { affairs: [mine, other], department: 'kenkou' };
  const { given, token } = await colleague('abe', both);
  expect((await get('/v1/sessions/current', token)).json).toMatchObject({ affairs: [mine] });
  const shown = (await get('/v1/staff/abe')).json;
  expect(shown).toMatchObject({
    department: { code: 'kenkou', name: '健康づくり課' },
    affairs: [mine],
  });
  // The department changes: at once for everybody in it.
  await post('/v1/departments/kenkou', { ...vaccination, affairs: [] });
  expectProblem(await get('/v1/reviews', token), 'not_authenticated');
  const now = await tokenOf(net, 'abe', given);
  expect((await get('/v1/sessions/current', now)).json).toMatchObject({ affairs: [] });
  // Its name alone does nobody harm.
  await post('/v1/departments/kenkou', { name: '健康課', affairs: [] });
  expect((await get('/v1/sessions/current', now)).status).toBe(200);
});

test('R-308: a shared id names who uses it, each with codes of their own', async () => {
  const made = await add('madoguchi', { persons: ['mori', 'hara'] });
  const of = (person: string) => handedOver(made, person);
  const reply = await logIn(net, 'madoguchi', of('mori'), { person: 'mori' });
  expect(reply.json).toMatchObject({ user: 'madoguchi', person: 'mori' });
  const token = String(reply.json.token);
  const change = { password: of('mori').password, newPassword: 'open at half past eight' };
  await post('/v1/sessions/password', change, token);
  const both = (person: string) => ({ ...of(person), password: change.newPassword });
  await get('/v1/reviews', token);
  expect(operations(net).at(-1)).toMatchObject({ actor: 'mori', account: 'madoguchi' });
  // Nobody without a name, nobody by another’s codes, nobody whom it does not name.
  for (const person of [undefined, 'hara', 'yama', 'madoguchi']) {
    const asked = await logIn(
      net,
      'madoguchi',
      both('mori'),
      person === undefined ? {} : { person },
    );
    expectProblem(asked, 'not_authenticated');
  }
  await post('/v1/staff/madoguchi/unlock', {});
  await tokenOf(net, 'madoguchi', both('hara'), { person: 'hara' });
  // Somebody leaves, somebody comes: the codes of whoever stays go on.
  const changed = await post('/v1/staff/madoguchi', { persons: ['mori', 'yama'] });
  expect(changed.json.oneTimeCodes).toMatchObject([{ person: 'yama' }]);
  expectProblem(
    await logIn(net, 'madoguchi', both('hara'), { person: 'hara' }),
    'not_authenticated',
  );
  await tokenOf(net, 'madoguchi', both('mori'), { person: 'mori' });
  expect((await get('/v1/staff/madoguchi')).json).toMatchObject({ persons: ['mori', 'yama'] });
});

test('R-309: who leaves an id of their own leaves what they share as well', async () => {
  await colleague('kato');
  const made = await add('koukai', { persons: ['kato', 'wada'] });
  const kato = await tokenOf(net, 'koukai', handedOver(made, 'kato'), { person: 'kato' });
  expect((await get('/v1/sessions/current', kato)).status).toBe(200);
  await post('/v1/staff/kato/disable', {});
  expectProblem(await get('/v1/sessions/current', kato), 'not_authenticated');
  expectProblem(
    await logIn(net, 'koukai', handedOver(made, 'kato'), { person: 'kato' }),
    'not_authenticated',
  );
  await tokenOf(net, 'koukai', handedOver(made, 'wada'), { person: 'wada' });
});

test('what does not go together is refused, and nothing of it is there', async () => {
  const users = async () => (await get('/v1/staff')).json.users;
  const before = await users();
  for (const more of [
    ...[{ department: 'nowhere' }, { roles: [] }, { roles: ['king'] }, { affairs: ['JM1'] }],
    ...[
      { roles: ['auditor', 'officer'] },
      { validUntil: '2026-01-01' },
      { validUntil: '2031-01-01' },
    ],
    ...[
      { validUntil: '2026-02-30' },
      { persons: [] },
      { persons: ['damedame'] },
      { persons: ['SATO'] },
    ],
    ...[{ user: 'A' }, { user: '123456789018' }, { user: '../kanri' }, { password: 'chosen' }],
  ]) {
    expectProblem(await add('damedame', more), 'message_malformed');
  }
  expectProblem(await post('/v1/staff/tanto', { persons: ['mori'] }), 'message_malformed');
  expectProblem(await post('/v1/staff/nobody-here', { roles: ['officer'] }), 'not_found');
  expectProblem(await post('/v1/staff/NOBODY/disable', {}), 'not_found');
  expectProblem(
    await post('/v1/departments/X', { name: 'x', affairs: 'all' }),
    'message_malformed',
  );
  expect(await users()).toEqual(before);
});

test('nobody changes their own authority', async () => {
  for (const path of ['', '/disable', '/password', '/one-time-codes', '/unlock']) {
    expectProblem(await post(`/v1/staff/kanri${path}`, {}), 'not_authorised');
  }
});

test('R-309: the list of users and authorities is for who checks, and lets nobody in', async () => {
  for (const who of ['kanri', 'jocho', 'kansa']) {
    const { status, text, json } = await get('/v1/staff', net.token(KUMAGAYA, who));
    expect(status).toBe(200);
    expect(text).not.toMatch(/argon2|scrypt|secret|"password"/);
    expect(text).not.toContain(ready(net, 'jocho').password);
    expect(json.users).toContainEqual(
      expect.objectContaining({ user: 'kansa', roles: ['auditor'], validUntil: '2099-03-31' }),
    );
  }
  expectProblem(await get('/v1/staff', net.token(KUMAGAYA, 'tanto')), 'not_authorised');
});
