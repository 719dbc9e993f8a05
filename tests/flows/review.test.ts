import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../src/protocol/digest.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { ALL, expectAgreement, kindsOf } from '../support/agreement.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

let net: TestNetwork;
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork();
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

async function pending(flags = { autoResponseDisabled: true, nonDisclosable: false }) {
  const somebody = await net.flagged(flags);
  const reply = await net.inquire(somebody);
  expect(reply.status).toBe(202);
  const view = viewOf(reply);
  expect(view.state).toBe('pending');
  return { somebody, id: view.id, exchange: view.exchange ?? '' };
}
const staff = (who: string) => ({ token: net.token(KUMAGAYA, who) });

test('R-203, R-302: a sensitive copy is reviewed by one, approved by another, delivered, and opened', async () => {
  const { somebody, id, exchange } = await pending();
  expect(
    (await net.get(MATSUE, `/v1/inquiries/${id}`, { token: net.token(MATSUE, 'gyomu') })).text,
  ).not.toContain('"answer":');

  const queue = (await net.get(KUMAGAYA, '/v1/reviews', staff('tanto'))).json.reviews;
  expect(queue).toContainEqual(
    expect.objectContaining({ exchange, state: 'waiting', restricted: false }),
  );
  const shown = await net.get(KUMAGAYA, `/v1/reviews/${exchange}`, staff('tanto'));
  expect(shown.json).toMatchObject({
    inquirer: MATSUE,
    item: '25',
    content: somebody.copy?.records,
  });

  const reviewed = await net.step('review', exchange, 'tanto');
  expect(reviewed.json).toMatchObject({ state: 'reviewed', reviewer: 'tanto' });
  const approved = await net.step('approve', exchange, 'jocho');
  expect(approved.json).toMatchObject({ state: 'approved', reviewer: 'tanto', approver: 'jocho' });
  await net.settled();

  expect(await net.inquiry(id)).toMatchObject({
    state: 'provided',
    answer: { records: somebody.copy?.records },
  });
  const [first, last, ...more] = expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
  expect([first?.outcome, last?.outcome, more]).toEqual(['pending', 'provided', []]);
  expect(kindsOf(net.recordsOf(KUMAGAYA, exchange))).toEqual([
    'answered',
    'content_shown',
    'content_shown',
    'reviewed',
    'content_shown',
    'approved',
    'answered',
  ]);
  expect(net.recordsOf(KUMAGAYA, exchange).map((record) => record.staff)).toEqual([
    ...[undefined, 'tanto', 'tanto', 'tanto'],
    ...['jocho', 'jocho', undefined],
  ]);
  expect(kindsOf(net.recordsOf(GATEWAY, exchange))).toEqual([
    'permitted',
    'answered',
    'answered',
    'delivered',
  ]);
  const after = (await net.get(KUMAGAYA, '/v1/reviews', staff('tanto'))).json.reviews;
  expect(after).not.toContainEqual(expect.objectContaining({ exchange }));
});

test('nothing leaves before approval: the provider has sent no sealed byte', async () => {
  wire.passages.length = 0;
  const { exchange } = await pending();
  await net.step('review', exchange, 'tanto');
  await net.settled();
  expect(
    wire.passages.some(({ request, response }) => `${request}${response}`.includes('"sealed":"')),
  ).toBe(false);
});

test('a declined request is refused_by_provider: review_declined, signed, and nothing is sent', async () => {
  const { id, exchange } = await pending();
  await net.step('review', exchange, 'tanto');
  expect((await net.step('decline', exchange, 'jocho')).json).toMatchObject({ state: 'declined' });
  await net.settled();
  const view = await net.inquiry(id);
  expect(view).toMatchObject({
    state: 'refused',
    code: 'refused_by_provider',
    reason: 'review_declined',
  });
  expect(view.answer).toBeUndefined();
  const [, refused] = expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
  expect(refused).toMatchObject({ outcome: 'refused', reason: 'review_declined' });
  expect(kindsOf(net.recordsOf(KUMAGAYA, exchange))).toContain('declined');
});

test('R-209: a non-disclosable copy waits, and declined it is refused as restricted; its record is withheld from disclosure', async () => {
  const { id, exchange } = await pending({ autoResponseDisabled: false, nonDisclosable: true });
  await net.step('review', exchange, 'tanto2');
  await net.step('decline', exchange, 'jocho');
  await net.settled();
  expect(await net.inquiry(id)).toMatchObject({ state: 'refused', reason: 'restricted' });
  const [, refused] = expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
  expect(refused?.reason).toBe('restricted');
  for (const record of net
    .recordsOf(KUMAGAYA, exchange)
    .filter(({ kind }) => kind === 'answered')) {
    expect(record.nonDisclosable).toBe(true);
  }
});

test('the protected of the invented world wait as well', async () => {
  const view = viewOf(await net.inquire(net.somebody('protected')));
  expect(view.state).toBe('pending');
  const { review } = (await net.get(KUMAGAYA, `/v1/reviews/${view.exchange}`, staff('tanto'))).json;
  expect(review).toMatchObject({ restricted: true });
});

test('approval needs a review first, and another person', async () => {
  const { exchange } = await pending();
  expectProblem(await net.step('approve', exchange, 'jocho'), 'approval_required');
  expectProblem(await net.step('decline', exchange, 'jocho'), 'approval_required');
  await net.step('review', exchange, 'jocho');
  expectProblem(await net.step('approve', exchange, 'jocho'), 'approval_by_same_person');
  expectProblem(await net.step('decline', exchange, 'jocho'), 'approval_by_same_person');
  await net.step('review', exchange, 'tanto');
  expectProblem(await net.step('approve', exchange, 'tanto2'), 'not_authorised');
  expect((await net.step('approve', exchange, 'jocho')).status).toBe(200);
  for (const step of ['review', 'approve', 'decline'] as const) {
    expectProblem(await net.step(step, exchange, 'jocho'), 'state_conflict');
  }
});

test('only what the reviewer saw may be sent: a copy that changed meanwhile is reviewed again', async () => {
  const { somebody, id, exchange } = await pending();
  await net.step('review', exchange, 'tanto');
  await net.putCopy(KUMAGAYA, somebody, {
    records: [{ 接種種別: '訂正後' }],
    autoResponseDisabled: true,
  });
  expectProblem(await net.step('approve', exchange, 'jocho'), 'state_conflict');
  await net.settled();
  expect((await net.inquiry(id)).state).toBe('pending');
  await net.step('review', exchange, 'tanto');
  await net.step('approve', exchange, 'jocho');
  await net.settled();
  expect((await net.inquiry(id)).answer?.records).toEqual([{ 接種種別: '訂正後' }]);
});

test('R-204: business systems, strangers and other agencies’ staff neither see nor decide', async () => {
  const { exchange } = await pending();
  const paths = ['/v1/reviews', `/v1/reviews/${exchange}`];
  for (const path of paths) {
    expectProblem(await net.get(KUMAGAYA, path, staff('gyomu')), 'not_authorised');
    expectProblem(await net.get(KUMAGAYA, path), 'not_authenticated');
    expectProblem(
      await net.get(KUMAGAYA, path, { token: net.token(MATSUE, 'jocho') }),
      'not_authenticated',
    );
  }
  for (const step of ['review', 'approve', 'decline'] as const) {
    for (const who of ['gyomu', 'kanri', 'kansa']) {
      expectProblem(await net.step(step, exchange, who), 'not_authorised');
    }
  }
  expectProblem(await net.step('review', net.newId(), 'tanto'), 'not_found');
  expectProblem(await net.get(KUMAGAYA, `/v1/reviews/${net.newId()}`, staff('tanto')), 'not_found');
});

test('asked again meanwhile with the same id, the inquiry is still pending and the queue holds it once', async () => {
  const { somebody, id, exchange } = await pending();
  expect(viewOf(await net.inquire(somebody, { id }))).toMatchObject({ state: 'pending', exchange });
  const { reviews } = (await net.get(KUMAGAYA, '/v1/reviews', staff('tanto'))).json;
  expect(
    (reviews as { exchange: string }[]).filter((each) => each.exchange === exchange),
  ).toHaveLength(1);
});

test('the same delivery, twice at once and once more, has one effect at the inquirer', async () => {
  const { id, exchange } = await pending();
  await net.step('review', exchange, 'tanto');
  wire.passages.length = 0;
  wire.fault = ({ pathname }) => (pathname === '/v1/deliveries' ? 'refused' : undefined);
  await net.step('approve', exchange, 'jocho');
  await net.settled();
  wire.fault = undefined;
  const body = JSON.parse(
    wire.passages.find(({ path }) => path === '/v1/deliveries')?.request ?? '',
  );
  const deliver = () => net.post(MATSUE, '/v1/deliveries', body);
  const receipts = [...(await Promise.all([deliver(), deliver(), deliver()])), await deliver()];
  for (const receipt of receipts) expect(receipt.status).toBe(200);
  expect((await net.inquiry(id)).state).toBe('provided');
  expect(kindsOf(net.recordsOf(MATSUE, exchange))).toEqual(['permitted', 'answered', 'answered']);
});

test('a final answer that overtakes its `pending` is not undone by it', async () => {
  const somebody = await net.flagged({ autoResponseDisabled: true });
  const id = net.newId();
  wire.fault = ({ pathname }) => (pathname === '/v1/query' ? 'reply-lost' : undefined);
  await net.inquire(somebody, { id });
  wire.fault = undefined;
  const { exchange = '' } = await net.inquiry(id);
  const late = wire.passages.findLast(({ path }) => path === '/v1/provide-requests');
  await net.step('review', exchange, 'tanto');
  await net.step('approve', exchange, 'jocho');
  await net.settled();
  const before = await net.inquiry(id);
  expect(before.state).toBe('provided');
  const { takeAnswer } = await import('../../src/agency/core/take-answer.ts');
  const { node } = net.network.agency(MATSUE);
  const inquiry = node.store.read.inquiry(id);
  if (!inquiry) throw new RangeError(id);
  const { message, sealed } = JSON.parse(late?.response ?? '');
  const { gateway } = net.network.gateway;
  const proof = await gateway.proofs.show(MATSUE, { exchange, statement: sha256(message) });
  await takeAnswer(node, inquiry, { message, sealed, proof });
  expect(await net.inquiry(id)).toEqual(before);
});

test('R-208: an inquiry that nobody decides on lapses with its secret; what comes later is refused, and nothing is opened', async () => {
  await using own = await testNetwork();
  const somebody = await own.flagged({ autoResponseDisabled: true });
  const { id, exchange = '' } = viewOf(await own.inquire(somebody));
  const { node } = own.network.agency(MATSUE);
  // The provider is switched off, so that it does not end the request itself.
  await own.network.stopAgency(KUMAGAYA);
  own.clock.advance(node.settings.inquiryKeepSeconds * 1000 + 1000);
  await own.network.maintain();
  expect((await own.inquiry(id)).state).toBe('lapsed');
  expect(node.store.read.inquiry(id)?.secret).toBeUndefined();
  await own.network.startAgency(KUMAGAYA);
  await own.step('review', exchange, 'tanto');
  await own.step('approve', exchange, 'jocho');
  await own.settled();
  const after = await own.inquiry(id);
  expect(after.state).toBe('lapsed');
  expect(after.answer).toBeUndefined();
  expect(viewOf(await own.inquire(somebody, { id }))).toEqual(after);
});
