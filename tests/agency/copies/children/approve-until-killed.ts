import { writeSync } from 'node:fs';
import { approveDraft, checkDraft } from '../../../../src/agency/core/copies/decide-draft.ts';
import { enterDraft } from '../../../../src/agency/core/copies/enter-draft.ts';
import { showDraft } from '../../../../src/agency/core/copies/show-draft.ts';
import { openAgencyStore } from '../../../../src/agency/store/sqlite-store.ts';
import { idOf } from '../../../support/ids.ts';
import { INFORMATION, keeper } from '../keeper.ts';
import { staffMember } from '../staff-member.ts';

// Three people correct copies, many at once, and each approval is named on standard output once it is acknowledged.
const [path = '', run = ''] = process.argv.slice(2);
const node = keeper(openAgencyStore({ path }));
let next = 0;
for (let caller = 0; caller < 16; caller += 1) void keepApproving(caller % 4);

/** Callers out of step, so that at any instant some are at each of the four steps. */
async function keepApproving(behind: number): Promise<never> {
  for (let step = 0; step < behind; step += 1) await node.store.transact(() => undefined);
  for (;;) {
    const label = `${run}-${next++}`;
    const id = idOf(label);
    const integratedAddressNumber = `${run}${String(next).padStart(14, '0')}`;
    await enterDraft(node, staffMember('tanto'), id, {
      ...{ integratedAddressNumber, information: INFORMATION },
      ...{
        change: 'put',
        layoutVersion: 'X-1',
        records: JSON.stringify([{ 起票: label, 備考: null }]),
      },
    });
    const { digest } = await showDraft(node, staffMember('tanto2'), id);
    await checkDraft(node, staffMember('tanto2'), id, digest);
    await approveDraft(node, staffMember('jocho'), id, digest);
    writeSync(1, `${label}\n`);
  }
}
