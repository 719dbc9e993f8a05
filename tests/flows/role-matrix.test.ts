import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPERATIONS, type OperationName } from '../../src/agency/core/staff/operations.ts';
import type { Role } from '../../src/agency/core/staff/roles.ts';
import { REVIEW_REASONS } from '../../src/protocol/node-api/reviews.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import type { Reply } from '../support/call.ts';
import { operations, staffNetwork } from '../support/staff.ts';
import { KUMAGAYA, type TestNetwork, VACCINATION } from '../support/test-network.ts';

// every operation × every role, over HTTP: who may not is turned away, and whatever they do or attempt is in the
// operation log when the answer comes.

let net: TestNetwork;
beforeAll(async () => {
  net = await staffNetwork();
});
afterAll(() => net.network.close());

const USERS: Readonly<Record<Role, string>> = {
  officer: 'tanto',
  supervisor: 'jocho',
  administrator: 'kanri',
  auditor: 'kansa',
};

const INFORMATION = encodeURIComponent(informationCode(VACCINATION));
const PERSON = '100000000000001';
const RECIPIENT = `age1${'q'.repeat(58)}`;
const id = () => net.newId();
const reason = { reason: REVIEW_REASONS[0] };
const entry = { department: 'soumu', roles: ['officer'], affairs: 'all' };
const days = { validFrom: '2026-11-24', validUntil: '2027-03-31' };
const digest = () => ({ digest: 'A'.repeat(43) });
const question = () => ({
  integratedAddressNumber: PERSON,
  provider: '32201',
  item: '25',
  information: VACCINATION,
});
const seen = () => ({ seen: 'A'.repeat(43) });

/** A request for each route of the staff’s: what it is, where, and what is posted (a text: a file). */
const ROUTES: readonly (readonly [
  OperationName,
  path: () => string,
  body?: () => object | string,
])[] = [
  ['inquiries.batch', () => '/v1/batches'],
  ['inquiries.ask', () => '/v1/inquiries', question],
  ['inquiries.show', () => '/v1/inquiries'],
  ['inquiries.show', () => `/v1/inquiries/${id()}`],
  ['inquiries.approve', () => `/v1/inquiries/${id()}/approve`, digest],
  ['inquiries.decline', () => `/v1/inquiries/${id()}/decline`, () => reason],
  ['inquiries.take-over', () => `/v1/inquiries/${id()}/taken-over`, () => ({})],
  ['inquiries.confirm', () => `/v1/inquiries/${id()}/confirm`, () => ({})],
  ['inquiries.approve', () => `/v1/batches/${id()}/approve`, () => ({})],
  ['inquiries.approve', () => `/v1/batches/${id()}/decline`, () => ({})],
  ['copies.show', () => '/v1/copies'],
  ['copies.show', () => `/v1/copies/${PERSON}/${INFORMATION}`],
  ['copies.show', () => '/v1/copies/drafts'],
  ['copies.show', () => `/v1/copies/drafts/${id()}`],
  [
    'copies.enter',
    () => '/v1/copies/drafts',
    () => ({ change: 'delete', integratedAddressNumber: PERSON, information: VACCINATION }),
  ],
  ['copies.check', () => `/v1/copies/drafts/${id()}/check`, digest],
  ['copies.approve', () => `/v1/copies/drafts/${id()}/approve`, digest],
  ['copies.import', () => `/v1/copies/imports?information=${INFORMATION}`, () => 'a\r\n'],
  ['copies.import', () => '/v1/copies/imports'],
  ['copies.export', () => `/v1/copies/export?information=${INFORMATION}`],
  [
    'copies.reconcile',
    () => `/v1/copies/reconciliations?information=${INFORMATION}`,
    () => 'a\r\n',
  ],
  ['copies.reconcile', () => '/v1/copies/reconciliations'],
  ['reviews.show', () => '/v1/reviews'],
  ['reviews.show', () => `/v1/reviews/${id()}`],
  [
    'reviews.enter',
    () => `/v1/reviews/${id()}/enter`,
    () => ({ layoutVersion: 'K-1', records: [] }),
  ],
  ['reviews.review', () => `/v1/reviews/${id()}/review`, seen],
  ['reviews.return', () => `/v1/reviews/${id()}/return`, () => reason],
  ['reviews.approve', () => `/v1/reviews/${id()}/approve`, seen],
  ['reviews.decline', () => `/v1/reviews/${id()}/decline`, () => reason],
  ['corrections.show', () => '/v1/corrections'],
  [
    'corrections.propose',
    () => '/v1/corrections',
    () => ({ exchange: id(), facts: { item: '25' } }),
  ],
  ['corrections.propose', () => `/v1/corrections/${id()}/take-up`, () => ({})],
  ['corrections.approve', () => `/v1/corrections/${id()}/approve`, () => ({})],
  ['corrections.decline', () => `/v1/corrections/${id()}/decline`, () => ({})],
  ['records.show', () => '/v1/records'],
  ['records.prune', () => '/v1/log/prune', () => ({})],
  ['holds.show', () => '/v1/log/holds'],
  ['holds.change', () => '/v1/log/holds', () => ({ reason: 'audit', from: '2026-01-01' })],
  ['holds.change', () => `/v1/log/holds/${id()}/release`, () => ({})],
  ['operations.show', () => '/v1/operations'],
  ['anomalies.show', () => '/v1/anomalies'],
  ['staff.show', () => '/v1/staff'],
  ['staff.show', () => '/v1/staff/tanto'],
  ['staff.show', () => '/v1/departments'],
  ['staff.change', () => '/v1/staff', () => ({ user: 'sato', ...entry, ...days })],
  ['staff.change', () => '/v1/staff/sato', () => ({ roles: ['officer'] })],
  ['staff.change', () => '/v1/staff/sato/disable', () => ({})],
  ['staff.change', () => '/v1/staff/sato/enable', () => ({})],
  ['staff.change', () => '/v1/staff/sato/unlock', () => ({})],
  ['staff.change', () => '/v1/staff/sato/password', () => ({})],
  ['staff.change', () => '/v1/staff/sato/one-time-codes', () => ({})],
  ['staff.change', () => '/v1/departments/zeimu', () => ({ name: '税務課', affairs: 'all' })],
  ['business-systems.show', () => '/v1/business-systems'],
  ['business-systems.show', () => '/v1/business-systems/gyomu'],
  ['business-systems.change', () => `/v1/business-systems/nobody/revoke`, () => ({})],
  ['media.show', () => '/v1/media'],
  ['media.show', () => '/v1/media/lendings'],
  ['media.show', () => `/v1/media/lendings/${id()}`],
  ['media.register', () => '/v1/media', () => ({ medium: 'USB-1', kind: 'tape' })],
  ['media.retire', () => '/v1/media/USB-2/retire', () => ({ reason: '紛失' })],
  [
    'media.borrow',
    () => '/v1/media/lendings',
    () => ({ medium: 'USB-2', information: VACCINATION, purpose: '提供', until: '2027-03-31' }),
  ],
  ['media.approve', () => `/v1/media/lendings/${id()}/approve`, () => ({})],
  ['media.reject', () => `/v1/media/lendings/${id()}/reject`, () => ({ reason: '不要' })],
  ['media.write', () => `/v1/media/lendings/${id()}/files`, () => ({ recipients: [RECIPIENT] })],
  ['media.return', () => `/v1/media/lendings/${id()}/return`, () => ({ erased: true })],
  ['media.accept', () => `/v1/media/lendings/${id()}/accept`, () => ({})],
  ['keys.show', () => '/v1/keys'],
  ['keys.rotate', () => '/v1/keys/rotate', () => ({})],
];

/** Not at the node: the address-number system has routes of its own. */
const ELSEWHERE: readonly OperationName[] = ['persons.show', 'persons.change'];

const ask = (path: string, body: object | string | undefined, who: string): Promise<Reply> =>
  net.post(KUMAGAYA, path, body, {
    token: net.token(KUMAGAYA, who),
    method: body === undefined ? 'GET' : 'POST',
    ...(typeof body === 'string' && { headers: { 'content-type': 'text/csv' } }),
  });

test('the matrix is whole: every operation has a route here', () => {
  const told = new Set([...ROUTES.map(([operation]) => operation), ...ELSEWHERE]);
  expect([...told].sort()).toEqual(Object.keys(OPERATIONS).sort());
});

test.each(ROUTES.map((route, at) => [`${route[0]} ${route[1].toString().slice(6)}`, at] as const))(
  '%s',
  async (_, at) => {
    const route = ROUTES[at];
    if (!route) throw new RangeError('no such route');
    const [operation, path, body] = route;
    const may: readonly Role[] = OPERATIONS[operation];
    for (const [role, who] of Object.entries(USERS)) {
      const allowed = may.includes(role as Role);
      const before = operations(net).length;
      const reply = await ask(path(), body?.(), who);
      expect(reply.json.code === 'not_authorised', `${role}: ${reply.text}`).toBe(!allowed);
      const lines = operations(net, before).filter((line) => line.actor === who);
      const own = lines.filter((line) => line.operation === operation);
      const outcome = reply.status < 400 ? 'done' : 'refused';
      expect(own, `${role}: ${reply.status}`).toHaveLength(1);
      expect(own[0], `${role}: ${reply.text}`).toMatchObject({ outcome, actorKind: 'staff' });
      if (outcome === 'refused') expect(own[0]?.code).toBe(reply.json.code);
    }
  },
);
