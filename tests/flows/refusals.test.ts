import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { KUMAGAYA, type TestNetwork, testNetwork, viewOf } from '../support/test-network.ts';

// whoever is turned away is in the operation log before they know it.

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork();
});
afterAll(() => net.network.close());

const operations = () =>
  net.network
    .agency(KUMAGAYA)
    .node.store.read.operations(0, 1000)
    .map(({ operation }) => operation);

test('an operation that a role does not have is refused and on record, with who, when and what', async () => {
  const before = operations().length;
  const reply = await net.get(KUMAGAYA, '/v1/reviews', { token: net.token(KUMAGAYA, 'kansa') });
  expectProblem(reply, 'not_authorised');
  expect(operations().slice(before)).toEqual([
    {
      at: net.clock.now(),
      actorKind: 'staff',
      actor: 'kansa',
      operation: 'reviews.show',
      outcome: 'refused',
      code: 'not_authorised',
    },
  ]);
});

test('a business system at a page of the staff’s, and staff where only systems ask, are on record', async () => {
  const before = operations().length;
  await net.get(KUMAGAYA, '/v1/reviews', { token: net.token(KUMAGAYA, 'gyomu') });
  const body = { persons: ['100000000000001'] };
  const token = net.token(KUMAGAYA, 'jocho');
  expectProblem(await net.post(KUMAGAYA, '/v1/acquisitions', body, { token }), 'not_authorised');
  expect(operations().slice(before)).toMatchObject([
    { actorKind: 'business-system', actor: 'gyomu', operation: 'reviews.show', outcome: 'refused' },
    { actor: 'jocho', operation: 'codes.acquire', outcome: 'refused' },
  ]);
});

test('what is refused later than at the door is on record as well', async () => {
  const view = viewOf(await net.inquire(await net.flagged({ autoResponseDisabled: true })));
  const before = operations().length;
  expectProblem(await net.step('approve', view.exchange ?? '', 'jocho'), 'approval_required');
  const { exchange } = view;
  const refused = operations()
    .slice(before)
    .filter(({ outcome }) => outcome === 'refused');
  expect(refused).toMatchObject([
    { actor: 'jocho', operation: 'reviews.approve', code: 'approval_required', exchange },
  ]);
});

test('strangers leave nothing: they have no name to be told by', async () => {
  const before = operations().length;
  expectProblem(await net.get(KUMAGAYA, '/v1/reviews'), 'not_authenticated');
  expectProblem(
    await net.get(KUMAGAYA, '/v1/reviews', { token: 'x'.repeat(32) }),
    'not_authenticated',
  );
  expect(operations()).toHaveLength(before);
});
