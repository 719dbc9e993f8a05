import { derived } from '../../src/network/keys.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { type LogKey, logKey } from '../../src/protocol/log/log-key.ts';
import { originOf } from '../../src/protocol/log/origin.ts';
import { type NoteVerifier, noteVerifier } from '../../src/protocol/log/signed-note.ts';
import { exportLog } from '../../src/service/record-log/export-log.ts';
import { IZUMO, KUMAGAYA, MATSUE, type TestNetwork, testNetwork } from '../support/test-network.ts';

/** The logs of the parties of a network, as exported, with the keys that their keepers have. */
export interface Audited {
  readonly party: string;
  readonly key: LogKey;
  readonly lines: readonly string[];
}

/** The same signature of the same text is looked at once: what is tried ten thousand times is the audit. */
export const keysOf = (party: string, key: LogKey): readonly NoteVerifier[] => {
  const real = noteVerifier(originOf(party), key.publicKey);
  const right = new Set<string>();
  return [
    {
      ...real,
      verify(text, signature) {
        const known = `${text} ${Buffer.from(signature).toString('base64')}`;
        if (!right.has(known)) real.verify(text, signature);
        right.add(known);
      },
    },
  ];
};

/** Exchanges of every sort between three parties, after which each has shown the others its log once more. */
export async function auditedWorld(seed: number): Promise<readonly Audited[]> {
  const net = await testNetwork({ agencies: [KUMAGAYA, MATSUE], residents: 40, chance: 'system' });
  try {
    const turns = [ordinary, denied, reviewed, declined, ordinary];
    for (let turn = 0; turn < 2; turn += 1)
      await turns[(seed * 2 + turn * 3) % turns.length]?.(net);
    // What was recorded last is shown with what comes next.
    await ordinary(net);
    await ordinary(net, KUMAGAYA, MATSUE);
    await ordinary(net);
    await net.settled();
    return await Promise.all(
      [GATEWAY, MATSUE, KUMAGAYA].map(async (party) => {
        const { log } = party === GATEWAY ? net.network.gateway : net.network.agency(party);
        const lines: string[] = [];
        for await (const line of exportLog(log)) lines.push(JSON.stringify(line));
        const key = logKey(derived(net.network.config.seed, 'signing', party, 'log'));
        return { party, key, lines };
      }),
    );
  } finally {
    await net.network.close();
  }
}

async function ordinary(net: TestNetwork, inquirer = MATSUE, provider = KUMAGAYA): Promise<void> {
  net.clock.advance(1000);
  await net.inquire(
    net.people(inquirer, provider).find(({ hasCodeThere }) => hasCodeThere) ?? { number: '' },
    { provider },
    { inquirer },
  );
}

async function denied(net: TestNetwork): Promise<void> {
  net.clock.advance(1000);
  await net.inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
  await net.inquire(net.somebody('ordinary'), { provider: IZUMO });
}

async function pending(net: TestNetwork): Promise<string> {
  net.clock.advance(1000);
  const { json } = await net.inquire(net.somebody('disabled'));
  await net.step('review', String(json.exchange), 'tanto');
  return String(json.exchange);
}

async function reviewed(net: TestNetwork): Promise<void> {
  await net.step('approve', await pending(net), 'jocho');
  await net.settled();
}

async function declined(net: TestNetwork): Promise<void> {
  await net.step('decline', await pending(net), 'jocho');
  await net.settled();
}
