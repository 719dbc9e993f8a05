import { afterAll, beforeAll, expect, test } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { expectAgreement, kindsOf } from '../support/agreement.ts';
import { expectProblem } from '../support/problem.ts';
import { fc } from '../support/property.ts';
import { moreSupervisors } from '../support/staff.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';
import { tapWire, type Wire } from '../support/wire.ts';

// Invariant 7: auto-response-disabled information never leaves without two different people: one who reviewed, one who
// approved. The same goes for non-disclosable information.

let net: TestNetwork;
let wire: Wire;
let somebody: Somebody;
beforeAll(async () => {
  wire = await tapWire();
  net = await testNetwork();
  await moreSupervisors(net);
  somebody = await net.flagged({ autoResponseDisabled: true });
});
afterAll(async () => {
  await net.network.close();
  wire.restore();
});

async function pending(): Promise<string> {
  await net.putCopy(KUMAGAYA, somebody, { autoResponseDisabled: true });
  const { state, exchange = '' } = viewOf(await net.inquire(somebody));
  expect(state).toBe('pending');
  wire.passages.length = 0;
  return exchange;
}

/** Whether the provider let go of anything sealed since the exchange began. */
const somethingLeft = (): boolean =>
  wire.passages.some(
    ({ path, request }) => path === '/v1/provide' && request.includes('"sealed":"'),
  );

function expectTwoPeople(exchange: string): void {
  const records = net.recordsOf(KUMAGAYA, exchange);
  const approved = records.findIndex(({ kind }) => kind === 'approved');
  expect(approved).toBeGreaterThan(-1);
  const approver = records[approved]?.staff;
  const reviewer = records.slice(0, approved).findLast(({ kind }) => kind === 'reviewed')?.staff;
  expect(reviewer).toEqual(expect.any(String));
  expect(approver).toEqual(expect.any(String));
  expect(approver).not.toBe(reviewer);
}

const STAFF = ['tanto', 'tanto2', 'jocho', 'kyoyo'] as const;
/** Those whose role may approve; of two of them, one is as good as the other. */
const SUPERVISORS: readonly string[] = ['tanto2', 'jocho', 'kyoyo'];
/** People are people, whatever they are logged in as. */
const personOf = (staff: string): string => (staff === 'kyoyo' ? 'jocho' : staff);
const act = fc.record({
  step: fc.constantFrom('review', 'approve', 'decline' as const),
  staff: fc.constantFrom(...STAFF),
});
const change = fc.constantFrom('copy', 'flag' as const);

test('whatever the staff do, in whatever order (property): nothing leaves unless one reviewed and another approved', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 9, arbitrary: act }, { weight: 1, arbitrary: change }), {
        maxLength: 8,
      }),
      async (acts) => {
        const exchange = await pending();
        // The rules, written down once more.
        let reviewer: string | undefined;
        // What the copy is now, and was when it was reviewed: put again as it is, it is no other.
        let copy = 'as it was';
        let reviewed: string | undefined;
        let end: 'approved' | 'declined' | undefined;
        for (const [at, each] of acts.entries()) {
          if (each === 'copy') {
            await net.putCopy(KUMAGAYA, somebody, {
              records: [{ 備考: `訂正${at} ${exchange}` }],
              autoResponseDisabled: true,
            });
            copy = `corrected ${at}`;
          } else if (each === 'flag') {
            await net.putCopy(KUMAGAYA, somebody, { autoResponseDisabled: false });
            copy = 'without its flag';
          } else {
            const { status } = await net.step(each.step, exchange, each.staff);
            const allowed =
              end === undefined &&
              (each.step === 'review' ||
                (SUPERVISORS.includes(each.staff) &&
                  reviewer !== undefined &&
                  reviewer !== personOf(each.staff) &&
                  (each.step === 'decline' || copy === reviewed)));
            expect(status === 200, JSON.stringify(acts)).toBe(allowed);
            if (allowed && each.step === 'review')
              [reviewer, reviewed] = [personOf(each.staff), copy];
            else if (allowed) end = each.step === 'approve' ? 'approved' : 'declined';
          }
        }
        await net.settled();
        expect(somethingLeft()).toBe(end === 'approved');
        if (end === 'approved') expectTwoPeople(exchange);
      },
    ),
    { numRuns: 40 },
  );
});

test('everybody approves, declines and reviews at once: one decision, and one answer', async () => {
  for (let round = 0; round < 8; round += 1) {
    const exchange = await pending();
    await net.step('review', exchange, 'tanto');
    const replies = await Promise.all(
      ['approve', 'decline', 'approve', 'review'].flatMap((step) =>
        // No supervisor reviews here: each could have reviewed last when it was their turn to conclude.
        STAFF.filter((staff) => step !== 'review' || !SUPERVISORS.includes(staff)).map((staff) =>
          net.step(step as 'approve', exchange, staff),
        ),
      ),
    );
    for (const [at, reply] of replies.entries()) {
      if (reply.status === 200) continue;
      const mayNot = at < 3 * STAFF.length && !SUPERVISORS.includes(STAFF[at % STAFF.length] ?? '');
      expect(reply.status, reply.text).toBe(mayNot ? 403 : 409);
    }
    await net.settled();
    const review = net.network.agency(KUMAGAYA).node.store.read.review(exchange);
    const decided = kindsOf(net.recordsOf(KUMAGAYA, exchange)).filter(
      (kind) => kind === 'approved' || kind === 'declined',
    );
    expect(decided).toHaveLength(1);
    expect(review?.approver).not.toBe(review?.reviewer);
    expect(replies.filter(({ json }) => json.state === review?.state)).toHaveLength(1);
    expect(somethingLeft()).toBe(review?.state === 'approved');
    if (review?.state === 'approved') expectTwoPeople(exchange);
    expectAgreement(net, exchange, 'answered', [GATEWAY, MATSUE, KUMAGAYA]);
  }
});

test('the same person twice at once, as reviewer and as approver, whatever the id, is one person', async () => {
  for (let round = 0; round < 8; round += 1) {
    const exchange = await pending();
    const replies = await Promise.all(
      ['review', 'approve', 'review', 'approve'].map((step, at) =>
        net.step(step as 'review', exchange, at % 2 === round % 2 ? 'jocho' : 'kyoyo'),
      ),
    );
    for (const reply of replies)
      if (reply.status !== 200) expect(reply.status, reply.text).toBe(409);
    await net.settled();
    expect(somethingLeft()).toBe(false);
    for (const staff of ['jocho', 'kyoyo']) {
      expectProblem(await net.step('approve', exchange, staff), 'approval_by_same_person');
    }
  }
});

test('asking the provider again lets nothing out, and a failing gateway needs no third person', async () => {
  const exchange = await pending();
  await net.step('review', exchange, 'tanto');
  wire.fault = ({ pathname }) => (pathname === '/v1/provide' ? 'refused' : undefined);
  await net.step('approve', exchange, 'jocho');
  await net.settled();
  wire.fault = undefined;
  expect(net.recordsOf(GATEWAY, exchange).at(-1)?.outcome).toBe('pending');
  await net.network.maintain();
  expect(
    net.recordsOf(GATEWAY, exchange).find(({ outcome }) => outcome === 'provided'),
  ).toBeDefined();
  expectTwoPeople(exchange);
});

test('a flag that is taken away while a request waits does not let it out by itself', async () => {
  const exchange = await pending();
  await net.putCopy(KUMAGAYA, somebody, { autoResponseDisabled: false });
  await net.network.maintain();
  expect(somethingLeft()).toBe(false);
  expect(net.network.agency(KUMAGAYA).node.store.read.review(exchange)?.state).toBe('waiting');
});
