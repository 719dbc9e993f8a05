import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { compilePermission } from '../../src/protocol/permission/compile.ts';
import { ALL, expectAgreement } from '../support/agreement.ts';
import { law } from '../support/law.ts';
import { expectProblem } from '../support/problem.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

const HOUR = 3_600_000;
let wire: Wire;
beforeAll(async () => {
  wire = await tapWire();
});
afterAll(() => wire.restore());
beforeEach(() => {
  wire.fault = undefined;
});

const unreachable = (...paths: string[]) => {
  wire.fault = ({ pathname }) =>
    paths.some((path) => pathname.startsWith(path)) ? 'refused' : undefined;
};
const statusOf = async (net: TestNetwork, agency: string) =>
  (await net.get(agency, '/v1/status')).json as Record<string, { stale: boolean; version: number }>;

describe('R-103: a node checks by its own copy of the list, and only while that copy counts', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await testNetwork();
  });
  afterAll(() => net.network.close());

  test('a provider that cannot refresh its copy in time stops providing and says so: list_copy_stale', async () => {
    const somebody = net.somebody('ordinary');
    const id = net.newId();
    net.clock.advance(25 * HOUR);
    unreachable('/v1/permission-lists');
    const refused = await net.inquire(somebody, { id });
    expectProblem(refused, 'list_copy_stale');
    expect((await statusOf(net, KUMAGAYA)).permissionLists?.stale).toBe(true);
    const { exchange = '', ...open } = await net.inquiry(id);
    expect(open).toMatchObject({ state: 'open', code: 'list_copy_stale' });
    expectAgreement(net, exchange, 'unanswered', [GATEWAY, MATSUE]);
    const [refusal, ...more] = net.recordsOf(KUMAGAYA, exchange);
    expect(refusal).toMatchObject({ kind: 'message_refused', code: 'list_copy_stale' });
    expect(more).toEqual([]);

    wire.fault = undefined;
    expect(viewOf(await net.inquire(somebody, { id }))).toMatchObject({
      state: 'provided',
      exchange,
    });
    expectAgreement(net, exchange, 'answered', ALL(MATSUE, KUMAGAYA));
    expect((await statusOf(net, KUMAGAYA)).permissionLists?.stale).toBe(false);
  });

  test('the directory, by which it knows the inquirer’s roles, must count as well', async () => {
    net.clock.advance(25 * HOUR);
    unreachable('/v1/directory');
    expectProblem(await net.inquire(net.somebody('ordinary')), 'list_copy_stale');
    wire.fault = undefined;
    expect(viewOf(await net.inquire(net.somebody('ordinary'))).state).toBe('provided');
  });

  test('while the gateway’s publications are away but the copies count, providing goes on', async () => {
    net.clock.advance(25 * HOUR);
    await net.network.maintain();
    net.clock.advance(23 * HOUR);
    unreachable('/v1/permission-lists', '/v1/directory');
    expect(viewOf(await net.inquire(net.somebody('ordinary'))).state).toBe('provided');
  });

  test('copies are refreshed half-way to their end, and an unchanged list keeps its version', async () => {
    await net.network.maintain();
    const before = await statusOf(net, KUMAGAYA);
    net.clock.advance(13 * HOUR);
    await net.network.maintain();
    const after = await statusOf(net, KUMAGAYA);
    expect(after.permissionLists).toMatchObject({ version: before.permissionLists?.version });
    expect(after).not.toEqual(before);
    net.clock.advance(12 * HOUR);
    unreachable('/v1/permission-lists', '/v1/directory');
    expect(viewOf(await net.inquire(net.somebody('ordinary'))).state).toBe('provided');
  });
});

/** 熊谷’s node reads the lists without one of their items. */
const without = (item: string) =>
  testNetwork({
    overrides: (agency) =>
      agency === KUMAGAYA
        ? {
            compileLaw: () =>
              compilePermission(
                law.lists.map((list) => ({
                  ...list,
                  items: list.items.filter((each) => each.item !== item),
                })),
                law.roles,
              ),
          }
        : {},
  });

test('R-103: a provider whose own copy does not allow it does not answer: list_copy_disagrees', async () => {
  await using net = await without('25');
  const id = net.newId();
  const refused = await net.inquire(net.somebody('ordinary'), { id });
  expectProblem(refused, 'list_copy_disagrees');
  const { exchange = '', ...open } = await net.inquiry(id);
  expect(open).toMatchObject({ state: 'open', code: 'list_copy_disagrees' });
  expectAgreement(net, exchange, 'unanswered', [GATEWAY, MATSUE]);
  expect(net.network.agency(KUMAGAYA).node.store.read.provision(exchange)).toBeUndefined();
});

test('R-210: nor does it answer for another item than the permit names', async () => {
  await using net = await without('153');
  expect(viewOf(await net.inquire(net.somebody('ordinary'), { item: '25' })).state).toBe(
    'provided',
  );
  expectProblem(
    await net.inquire(net.somebody('ordinary'), { item: '153' }),
    'list_copy_disagrees',
  );
});

test('a restarted node provides by the copy that it kept, without the gateway’s publications', async () => {
  const { temporaryFolder } = await import('../support/folder.ts');
  await using net = await testNetwork({ storage: { kind: 'folder', path: temporaryFolder() } });
  await net.network.stopAgency(KUMAGAYA);
  unreachable('/v1/permission-lists', '/v1/directory');
  await net.network.startAgency(KUMAGAYA);
  expect(viewOf(await net.inquire(net.somebody('ordinary'))).state).toBe('provided');
});
