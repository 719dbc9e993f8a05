// The same network under node:test, without any other test framework: `node --test examples/node-test/*.test.ts`
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INFORMATION, RenkeiError, startNetwork } from 'renkei/testing';

const KUMAGAYA = '11202';
const MATSUE = '32201';

test('an answer that waits is sent by two different people', async () => {
  await using network = await startNetwork({ agencies: [KUMAGAYA, MATSUE], residents: 40 });
  const outcome = await network.client(MATSUE).inquire({
    resident: network.resident.autoResponseDisabled(MATSUE, KUMAGAYA),
    provider: KUMAGAYA,
    item: '25',
    information: INFORMATION.vaccination,
  });
  assert.equal(outcome.state, 'pending');

  const { reviews } = network.client(KUMAGAYA);
  assert.equal((await reviews.list()).length, 1);
  await reviews.review(outcome, 'jocho');
  await assert.rejects(
    reviews.approve(outcome, 'jocho'),
    (error) => error instanceof RenkeiError && error.code === 'approval_by_same_person',
  );
  await reviews.review(outcome, 'tanto');
  await reviews.approve(outcome, 'jocho');
  await network.settled();

  const now = await network.client(MATSUE).inquiry(outcome);
  // `state` tells which outcome it is, to TypeScript also.
  assert.ok(now.state === 'provided');
  assert.ok(now.answer.records.length > 0);
  const records = await network.client(KUMAGAYA).records();
  // Who looked at the content is on record as well, as `content_shown`.
  const decided = records.filter(({ kind }) => kind === 'reviewed' || kind === 'approved');
  assert.deepEqual(
    decided.map(({ staff }) => staff),
    ['jocho', 'tanto', 'jocho'],
  );
});

test('a provider that is down is an error, never a denial', async () => {
  await using network = await startNetwork({ agencies: [KUMAGAYA, MATSUE], residents: 40 });
  const resident = network.resident.ordinary(MATSUE, KUMAGAYA, INFORMATION.vaccination);
  const question = {
    resident,
    provider: KUMAGAYA,
    item: '25',
    information: INFORMATION.vaccination,
  };
  const down = network.faults.add({ to: KUMAGAYA, message: 'provide-request', action: 'refuse' });

  const thrown = await network
    .client(MATSUE)
    .inquire(question)
    .then(
      () => assert.fail('it was answered'),
      (error: RenkeiError) => error,
    );
  assert.equal(thrown.code, 'provider_unavailable');

  network.faults.remove(down);
  // Asked again with the same id, the inquiry goes on where it stopped.
  const id = String(thrown.detail.extensions?.inquiry);
  const again = await network.client(MATSUE).inquire({ ...question, id });
  assert.equal(again.state, 'provided');
});
