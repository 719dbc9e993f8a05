// Jest’s style: `test` and `expect` are globals. Under jest, name 'renkei/testing/jest' in setupFilesAfterEnv instead
// of importing it here. Jest has to read TypeScript and ES modules: see examples/README.md.
import { INFORMATION, startNetwork } from 'renkei/testing';
import 'renkei/testing/jest';

const { afterAll, beforeAll, describe, expect, test } = globalThis;

const KUMAGAYA = '11202';
const MATSUE = '32201';

describe('what the law denies to 松江市 under item 25', () => {
  let network;
  beforeAll(async () => {
    network = await startNetwork({ agencies: [KUMAGAYA, MATSUE], residents: 40 });
  });
  afterAll(() => network.close());

  const asked = (information, resident) =>
    network.client(MATSUE).inquire({ resident, provider: KUMAGAYA, item: '25', information });

  test('information that the item does not name', async () => {
    const resident = network.resident.ordinary(MATSUE, KUMAGAYA);
    const outcome = await asked(INFORMATION.localTax, resident);
    expect(outcome).toBeDenied('information_not_listed', { reasons: ['information_not_listed'] });
    expect(outcome.ground).toContain('25の項');
    // What the same list does allow.
    expect(outcome.nearest.map(({ information }) => information.name)).toContain(
      INFORMATION.vaccination,
    );
    expect(network.recordsOf(outcome)).toAgree();
  });

  test('a person for whom the provider has no code', async () => {
    const outcome = await asked(
      INFORMATION.vaccination,
      network.resident.withoutCode(MATSUE, KUMAGAYA),
    );
    expect(outcome).toBeDenied('provider_code_unknown');
    expect(outcome).not.toBePermitted();
  });
});
