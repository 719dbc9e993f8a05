import { expect, test } from 'vitest';
import { z } from 'zod';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { InquiryView } from '../../src/protocol/node-api/inquiries.ts';
import { call } from '../support/call.ts';
import { temporaryFolder } from '../support/folder.ts';
import { happened, kill, startHeld, type Told } from '../support/killed-network.ts';
import { KUMAGAYA, MATSUE, testNetwork, VACCINATION, viewOf } from '../support/test-network.ts';

// Invariant 6 and R-301: an approval that was given survives a kill, and its inquiry is sent exactly once.

const Records = z.object({
  records: z.array(z.object({ record: z.object({ kind: z.string() }) })),
});

/** When each is reached, the message is held: what was before it is durable, what comes after it has not begun. */
const places: readonly [
  what: string,
  message: string,
  leg: string,
  reached: (told: Told, id: string) => Promise<boolean>,
][] = [
  ['before the permit was asked for', 'permit-request', 'request', inState('approved')],
  ['before the permit was here', 'permit-request', 'reply', decided],
  ['before the question was asked', 'query', 'request', inState('permitted')],
  ['before the answer was here', 'query', 'reply', answered],
];

function inState(state: string) {
  return async ({ inquirer }: Told, id: string) => {
    const { json } = await call(`${inquirer.url}/v1/inquiries/${id}`, undefined, {
      token: inquirer.jocho,
    });
    return json.state === state;
  };
}

/** The gateway has decided, and its answer is held. */
function decided(told: Told): Promise<boolean> {
  return happened(told, 'decision');
}

async function answered({ provider }: Told): Promise<boolean> {
  const { json } = await call(`${provider.url}/v1/records`, undefined, { token: provider.jocho });
  return Records.parse(json).records.some(({ record }) => record.kind === 'answered');
}

test.each(places)(
  'kill -9 after the approval, %s',
  { timeout: 60_000 },
  async (_, message, leg, reached) => {
    const folder = temporaryFolder();
    const { child, told } = await startHeld(folder, message, leg);
    const { inquirer, resident } = told;
    const ask = {
      integratedAddressNumber: resident,
      provider: KUMAGAYA,
      item: '25',
      information: VACCINATION,
    };
    const asked = await call(`${inquirer.url}/v1/inquiries`, ask, { token: inquirer.tanto });
    const { id, digest } = InquiryView.parse(asked.json);
    const approving = call(
      `${inquirer.url}/v1/inquiries/${id}/approve`,
      { digest },
      { token: inquirer.jocho },
    ).then(
      () => 'answered',
      () => 'cut off',
    );
    while (!(await reached(told, id))) expect(child.exitCode).toBeNull();
    await kill(child);
    expect(await approving).toBe('cut off');

    await using net = await testNetwork({
      storage: { kind: 'folder', path: folder },
      chance: 'system',
    });
    await net.settled();
    const view = viewOf(
      await net.get(MATSUE, `/v1/inquiries/${id}`, { token: net.token(MATSUE, 'tanto') }),
    );
    expect(view).toMatchObject({ state: 'provided', approver: 'jocho' });
    const { exchange = '' } = view;
    const kinds = (party: string) =>
      net.records(party).map((record) => `${record.kind} ${record.exchange === exchange}`);
    expect(kinds(KUMAGAYA)).toEqual(['answered true']);
    expect(kinds(MATSUE).filter((each) => each.startsWith('answered'))).toEqual(['answered true']);
    expect(kinds(GATEWAY).filter((each) => each.startsWith('answered'))).toEqual(['answered true']);
    const approvals = net.network
      .agency(MATSUE)
      .node.store.read.operations(0, 1000)
      .filter(({ operation }) => operation.operation === 'inquiries.approve');
    expect(approvals).toHaveLength(1);
    // Whatever is due again changes nothing.
    await net.network.maintain();
    await net.settled();
    expect(kinds(KUMAGAYA)).toEqual(['answered true']);
  },
);
