import { isManual } from '../../service/clock.ts';
import type { NetworkContext } from '../context.ts';
import type { RunningParties } from './running-parties.ts';
import type { LawState, Snapshot } from './snapshot.ts';
import { swapFiles } from './swap-files.ts';

/**
 * Ends all parties and starts them on other data, at their old ports. Nothing may be under way, and files have
 * been staged. They are started rather than changed, because a party may remember anything.
 */
export async function startFrom(
  context: NetworkContext,
  parties: RunningParties,
  snapshot: Snapshot,
): Promise<void> {
  const { clock, chances, journal, wire, doors, storage } = context;
  const { databases, running, now } = snapshot;
  await doors.replacing(async () => {
    await parties.closeAll();
    await swapFiles(storage);
    if (now !== null && isManual(clock)) clock.restore(now);
    await parties.startMiddle(databases);
    for (const { code } of context.config.agencies) {
      if (running.includes(code)) await (await parties.startAgency(code, databases)).reload();
      await parties.startAddressNumbers(code, databases);
    }
    if (snapshot.law) goBy(context, parties, snapshot.law);
  });
  // Last: nothing that starting drew or told is part of what happens from now on.
  chances.restore(snapshot.chance);
  journal.restore(snapshot.journal);
  wire.faults.restore(snapshot.faults);
}

/** Goes by another law than the network was started with, without recording a change: there was none. */
function goBy(context: NetworkContext, { gateway }: RunningParties, law: LawState): void {
  const { lists, roles } = law;
  const documents = new Map(Object.entries(law.documents));
  const textOf = (digest: string) => documents.get(digest) ?? '';
  const permission = context.compileLaw(
    lists.map(({ digest }) => textOf(digest)),
    textOf(roles),
  );
  gateway.gateway.law.take({ permission, published: { lists, roles, documents } });
  gateway.gateway.agencies.judgeBy(permission);
}
