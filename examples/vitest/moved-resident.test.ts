// A whole network in a vitest test: somebody moved from 熊谷市 to 松江市, and 松江市 asks for the vaccinations.

import { INFORMATION, startNetwork } from 'renkei/testing';
import { expect, test } from 'vitest';
import 'renkei/testing/vitest';

const KUMAGAYA = '11202';
const MATSUE = '32201';

test('松江市 gets the vaccination record of somebody who moved there', async () => {
  await using network = await startNetwork({ agencies: [KUMAGAYA, MATSUE], residents: 40 });
  const resident = network.resident.ordinary(MATSUE, KUMAGAYA, INFORMATION.vaccination);

  const outcome = await network.client(MATSUE).inquire({
    resident,
    provider: KUMAGAYA,
    item: '25',
    information: INFORMATION.vaccination,
  });

  expect(outcome).toBePermitted({ item: '25' });
  expect(outcome).toHaveAnswer({ 接種年月日: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) });
  // 番号法23条: inquirer, provider and gateway keep the same.
  expect(network.recordsOf(outcome)).toAgree();
});

test('a lost delivery is fetched when the node starts again', async () => {
  // In a temporary folder, so that the node finds its data again.
  const agencies = [KUMAGAYA, MATSUE];
  await using network = await startNetwork({ agencies, residents: 40, storage: 'folder' });
  const resident = network.resident.autoResponseDisabled(MATSUE, KUMAGAYA);
  const question = {
    resident,
    provider: KUMAGAYA,
    item: '25',
    information: INFORMATION.vaccination,
  };

  const asked = await network.client(MATSUE).inquire(question);
  expect(asked).toBePending();

  network.faults.add({ message: 'delivery', action: 'drop' });
  await network.client(KUMAGAYA).reviews.review(asked, 'tanto');
  await network.client(KUMAGAYA).reviews.approve(asked, 'jocho');
  await network.settled();
  expect(await network.client(MATSUE).inquiry(asked)).toBePending();

  await network.stop(MATSUE);
  await network.start(MATSUE);
  expect(await network.client(MATSUE).inquiry(asked)).toBeProvided();
});

test('time is the test’s own, and so is every instant that it wants to see again', async () => {
  await using network = await startNetwork({ agencies: [KUMAGAYA, MATSUE], residents: 40 });
  const resident = network.resident.ordinary(MATSUE, KUMAGAYA, INFORMATION.vaccination);
  const question = {
    resident,
    provider: KUMAGAYA,
    item: '25',
    information: INFORMATION.vaccination,
  };
  const before = await network.snapshot();

  const outcome = await network.client(MATSUE).inquire(question);
  await network.clock.advance('8d');
  // a result is deleted by itself after seven days.
  expect(await network.client(MATSUE).inquiry(outcome)).toMatchObject({ state: 'deleted' });

  await network.restore(before);
  // The same seed, clock and inputs give the same inquiry, to its id.
  expect(await network.client(MATSUE).inquire(question)).toEqual(outcome);
});
