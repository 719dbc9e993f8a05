import { strictEqual } from 'node:assert';
import type { Network } from '../../../src/network/network.ts';
import { GATEWAY } from '../../../src/protocol/identifiers.ts';
import { openCheckpoint } from '../../../src/protocol/log/checkpoint.ts';
import { Frontier } from '../../../src/protocol/log/frontier.ts';
import { leafHash, sameHash } from '../../../src/protocol/log/hash.ts';
import { readRecordLeaf } from '../../../src/protocol/log/leaf.ts';
import { logOf } from '../../support/log-keys.ts';

/** How far each log was verified, with the tree so far, and which records of which exchange it holds. */
export type Verified = Record<
  string,
  {
    readonly size: number;
    readonly parts: readonly string[];
    readonly held: Record<string, string[]>;
  }
>;

export const PROVIDER = '11202';
export const INQUIRER = '32201';

/** What happens once in an exchange; people look again, and what failed may fail again. */
const ONCE: readonly string[] = ['permitted', 'denied', 'answered', 'approved', 'delivered'];

const NOTHING = { size: 0, parts: [], held: {} };

/**
 * Verifies what each log has grown since it was verified last, from the tree that it had then; that nothing is in it
 * twice; and that every acknowledged exchange is in all of them. Throws for the first thing that is wrong.
 * @param acknowledged lines of inquiry, exchange and outcome
 */
export async function checkLogs(
  network: Network,
  before: Verified,
  acknowledged: readonly string[],
): Promise<Verified> {
  const now: Verified = {};
  for (const party of [GATEWAY, PROVIDER, INQUIRER]) {
    const { log, proofs } = party === GATEWAY ? network.gateway : network.agency(party);
    const { size, parts, held: known } = before[party] ?? NOTHING;
    const tree = Frontier.of(
      size,
      parts.map((part) => Buffer.from(part, 'base64')),
    );
    const held = { ...known };
    const { records } = log;
    for (const { index, record = '', leaf } of records.leaves(size, records.head.size)) {
      strictEqual(index, tree.size, `${party}: a record is missing`);
      strictEqual(sameHash(leafHash(record), leaf), true, `${party}: record ${index}`);
      tree.append(leaf);
      const { exchange, kind, outcome = '' } = readRecordLeaf(record);
      if (exchange === undefined) continue;
      const what = `${kind} ${outcome}`;
      const own = held[exchange] ?? [];
      if (ONCE.includes(kind)) strictEqual(own.includes(what), false, `${party}: ${what} twice`);
      held[exchange] = [...own, what];
    }
    const opened = openCheckpoint(await records.head.note, logOf(network, party));
    strictEqual(opened.size, tree.size, `${party}: the checkpoint is of another size`);
    strictEqual(sameHash(opened.root, tree.root()), true, `${party}: the root`);
    strictEqual(proofs.alarms().length, 0, `${party}: an alarm`);
    const kept = tree.parts.map((part) => Buffer.from(part).toString('base64'));
    now[party] = { size: tree.size, parts: kept, held };
  }
  for (const line of acknowledged) {
    const [, exchange = '', outcome = ''] = line.split(' ');
    for (const [party, kinds] of [
      [GATEWAY, ['permitted ', `answered ${outcome}`]],
      [PROVIDER, [`answered ${outcome}`]],
      [INQUIRER, ['permitted ', `answered ${outcome}`]],
    ] as const) {
      const own = now[party]?.held[exchange] ?? [];
      for (const kind of kinds) strictEqual(own.includes(kind), true, `${party}: no ${kind}`);
    }
  }
  return now;
}
