import { RenkeiError } from '../../../protocol/errors.ts';
import type { AddressNumberTx, NodeChange } from '../ports.ts';
import type { AddressNumbers } from '../system.ts';
import { finishMerge, finishSplit } from './finish.ts';
import type { Change, ChangeUpdate } from './ports.ts';
import { personsOf } from './under-change.ts';

/**
 * Carries out an approved change. The node comes first, and does it once for each id: whenever this stops on the
 * way, doing it again goes on where it stopped. Here it is done last, in one transaction with its log lines.
 * @throws RenkeiError state_conflict when the node cannot follow (the change is then `returned`), others when it is
 *   not known whether it did (the change stays `approved`)
 */
export async function carry(system: AddressNumbers, id: string): Promise<Change> {
  const change = system.store.read.change(id);
  if (change?.state !== 'approved') throw new RenkeiError('state_conflict');
  try {
    await system.node.changePersons(nodeChange(change));
  } catch (error) {
    if (error instanceof RenkeiError && error.code === 'state_conflict') {
      await end(system, change, { state: 'returned', conflict: error.detail.extensions ?? {} });
      throw withHint(error, 'returned');
    }
    throw error instanceof RenkeiError ? withHint(error, 'approved') : error;
  }
  return await end(system, change, { state: 'done', doneAt: system.clock.now() });
}

/** Carries out what is approved and not done: after a kill, and when the node is back. */
export async function carryOpen(
  system: AddressNumbers,
  failed: (error: unknown) => void,
): Promise<void> {
  for (const { id } of system.store.read.changes(['approved'])) {
    await carry(system, id).catch(failed);
  }
}

function nodeChange({ id, plan }: Change): NodeChange {
  if (plan.kind === 'split') {
    const { kind, from, to, numberOf, copies } = plan;
    return { kind, id, from, to, codeOf: numberOf, copies };
  }
  const { kind, stays, goes, numberOf = 'stays', copiesOf } = plan;
  return { kind, id, stays, goes, codeOf: numberOf, copiesOf };
}

async function end(
  system: AddressNumbers,
  change: Change,
  update: ChangeUpdate & Pick<Change, 'state'>,
): Promise<Change> {
  const { id, plan } = change;
  const at = system.clock.now();
  const ended = await system.store.transact((tx) => {
    // Two may carry out the same change at once: the node did it once, and so does this.
    const now = tx.change(id);
    if (now?.state !== 'approved') return now ?? change;
    if (update.state === 'done') finish(tx, change, at);
    tx.updateChange(id, update);
    const about = { at, actorKind: 'system', actor: 'renkei', subject: id } as const;
    const outcome = update.state === 'done' ? 'done' : 'refused';
    const code = outcome === 'refused' ? 'state_conflict' : undefined;
    for (const person of personsOf(plan)) {
      tx.noteAccess({ ...about, operation: `changes.${plan.kind}`, outcome, code, person });
    }
    return { ...now, ...update };
  });
  const kind = plan.kind === 'merge' ? 'persons-merged' : 'persons-split';
  const { agency } = system;
  system.observe({ kind, from: agency, to: agency, ids: [id], outcome: ended.state });
  return ended;
}

function finish(tx: AddressNumberTx, { plan }: Change, at: number): void {
  if (plan.kind === 'merge') finishMerge(tx, plan, at);
  else finishSplit(tx, plan, at);
}

const withHint = (error: RenkeiError, state: 'returned' | 'approved'): RenkeiError =>
  new RenkeiError(
    error.code,
    {
      ...error.detail,
      hint:
        state === 'returned'
          ? {
              ja: '何も変わっていません。妨げになるものを除くか、残すものを指定して、もう一度提案してください',
              en: 'Nothing has changed. Remove what stands in the way or say what is kept, and propose it again',
            }
          : {
              ja: '承認は記録されました。中間サーバーが応答すれば自動的に続きます',
              en: 'The approval is kept; it goes on by itself once the node answers',
            },
    },
    { cause: error },
  );
