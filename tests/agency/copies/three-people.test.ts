import { expect, test } from 'vitest';
import {
  approveDraft,
  checkDraft,
  rejectDraft,
} from '../../../src/agency/core/copies/decide-draft.ts';
import { enterDraft } from '../../../src/agency/core/copies/enter-draft.ts';
import { ALWAYS } from '../../../src/agency/core/copies/ports.ts';
import { showDraft } from '../../../src/agency/core/copies/show-draft.ts';
import { openAgencyStore } from '../../../src/agency/store/sqlite-store.ts';
import { RenkeiError } from '../../../src/protocol/errors.ts';
import { idOf } from '../../support/ids.ts';
import { fc } from '../../support/property.ts';
import { INFORMATION, keeper } from './keeper.ts';
import { staffMember } from './staff-member.ts';

const KEY = { integratedAddressNumber: '000000000000001', information: INFORMATION };
const PEOPLE = ['ichiro', 'jiro', 'saburo', 'shiro'] as const;
const DRAFTS = ['a', 'b'] as const;
const many = <Kind extends string>(kind: Kind): Kind[] => new Array<Kind>(8).fill(kind);
const action = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constantFrom('enter', 'look', ...many('check'), ...many('approve'), 'reject'),
      looks: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn > 0),
      who: fc.constantFrom(...PEOPLE),
      draft: fc.constantFrom(...DRAFTS),
    }),
    weight: 12,
  },
  // A nightly import comes in between.
  {
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      looks: fc.constant(false),
      who: fc.constant(''),
      draft: fc.constantFrom(...DRAFTS),
    }),
    weight: 1,
  },
);

interface Known {
  by: string;
  /** What the copy was when the draft was last checked, and by whom. */
  checked?: { by: string; copy: string };
  ended?: boolean;
}

// R-303, invariant 7: whatever four people try in whatever order, with imports in between, a copy changes by hand
// only where one entered, another checked just this change of just this copy, and a third approved.
test('property: no copy changes by hand but through three different people who saw the same', async () => {
  let approvals = 0;
  const attempts = fc.asyncProperty(
    fc.array(action, { minLength: 20, maxLength: 80 }),
    async (actions) => {
      const store = openAgencyStore({ path: ':memory:' });
      const node = keeper(store);
      const now = () =>
        store.read.copy(KEY.integratedAddressNumber, KEY.information, '2026-11-22')?.records ?? '';
      const drafts = new Map<string, Known>();
      const shown = new Map<string, { digest: string; copy: string }>();
      let imports = 0;
      for (const { kind, looks, who, draft } of actions) {
        const before = now();
        const id = idOf(draft);
        const known = drafts.get(draft);
        if (looks && known) {
          const { digest: told } = await showDraft(node, staffMember(who), id);
          shown.set(`${who} ${draft}`, { digest: told, copy: before });
        }
        const seen = shown.get(`${who} ${draft}`);
        const digest = seen?.digest ?? 'x';
        if (kind === 'import') {
          imports += 1;
          const rest = { layoutVersion: 'X-1', autoResponseDisabled: false, nonDisclosable: false };
          const records = JSON.stringify([{ 夜間: imports }]);
          await store.transact((tx) => tx.putCopy({ ...KEY, ...rest, records }));
          continue;
        }
        const steps = {
          enter: () =>
            enterDraft(node, staffMember(who), id, {
              ...KEY,
              ...{ change: 'put', layoutVersion: 'X-1', published: ALWAYS },
              records: JSON.stringify([{ 起票: draft, 備考: null }]),
            }),
          look: () => showDraft(node, staffMember(who), id),
          check: () => checkDraft(node, staffMember(who), id, digest),
          approve: () => approveDraft(node, staffMember(who), id, digest),
          reject: () => rejectDraft(node, staffMember(who), id, '誤り'),
        };
        let code: string | undefined;
        await steps[kind]().catch((error: unknown) => {
          if (!(error instanceof RenkeiError)) throw error;
          code = error.code;
        });
        const open = known && !known.ended;
        const fresh = seen?.copy === before;
        if (kind === 'enter') {
          expect(code).toBe(known && known.by !== who ? 'state_conflict' : undefined);
          if (!known) drafts.set(draft, { by: who });
        } else if (!known) {
          expect(code).toBe('not_found');
        } else if (kind === 'check') {
          const right = open && known.by !== who && fresh;
          expect(code === undefined).toBe(right);
          if (right) known.checked = { by: who, copy: before };
        } else if (kind === 'reject') {
          expect(code).toBe(open ? undefined : 'state_conflict');
          known.ended = true;
        } else if (kind === 'approve') {
          const three = new Set([known.by, known.checked?.by, who]).size === 3;
          const right =
            open && known.checked !== undefined && three && fresh && known.checked.copy === before;
          expect(code === undefined).toBe(right);
          if (right) {
            known.ended = true;
            approvals += 1;
            expect(now()).toBe(JSON.stringify([{ 起票: draft, 備考: null }]));
            continue;
          }
        }
        expect(now()).toBe(before);
      }
      await store.commits.close();
    },
  );
  await fc.assert(attempts, { numRuns: 120 });
  expect(approvals).toBeGreaterThan(8);
});
