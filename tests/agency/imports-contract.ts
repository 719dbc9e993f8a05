import { expect, test } from 'vitest';
import type { CopyImport, StagedRows } from '../../src/agency/core/copies/imports/ports.ts';
import type { AgencyStore } from '../../src/agency/core/ports.ts';

const made = (change: Partial<CopyImport> = {}): CopyImport => ({
  id: 'import-1',
  mode: 'replace',
  information: 'TM00000000000001',
  layoutVersion: 'K-1',
  published: '2027-04-01',
  encoding: 'shift_jis',
  partial: true,
  state: 'reading',
  ...{ by: 'tanto', byKind: 'staff' as const },
  startedAt: 1_795_305_600_000,
  ...{ rows: 0, persons: 0, personsWithMistakes: 0, mistakes: 0, kinds: [] },
  ...{ added: 0, replaced: 0, unchanged: 0, deleted: 0, first: 1, staged: 0, applied: 0 },
  ...change,
});
const rows = (change: Partial<StagedRows> = {}): StagedRows => ({
  person: '000000000000001',
  published: undefined,
  ended: undefined,
  autoResponseDisabled: undefined,
  nonDisclosable: undefined,
  line: 2,
  records: '[{"接種種別":"BCG"}]',
  ...change,
});

/** What imports of copies need of a store. */
export function importsContract(open: () => AgencyStore): void {
  test('an import comes back as it was added and changed, with its mistakes; dropped, it is gone', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.addCopyImport(made()));
    expect(read.copyImport('import-1')).toEqual(made());
    expect(read.importFindings('import-1')).toEqual([]);
    const change = {
      state: 'refused',
      ...{ finishedAt: 1_795_305_700_000, day: '2026-11-22' },
      ...{ rows: 9, persons: 4, personsWithMistakes: 2, mistakes: 3, staged: 5, applied: 1 },
      ...{ added: 1, replaced: 2, unchanged: 3, deleted: 4 },
      kinds: [{ problem: 'not_date', column: '接種年月日', ja: '日', en: 'day', count: 3 }],
    } as const;
    const finding = { line: 7, column: '接種年月日', problem: 'not_date', ja: '日', en: 'day' };
    await transact((tx) => {
      tx.changeCopyImport('import-1', change);
      tx.setImportFindings('import-1', [finding]);
    });
    expect(read.copyImport('import-1')).toEqual(made(change));
    expect(read.importFindings('import-1')).toEqual([finding]);
    await transact((tx) => tx.dropCopyImport('import-1'));
    expect(read.copyImport('import-1')).toBeUndefined();
    await expect(transact((tx) => tx.changeCopyImport('import-1', change))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('imports are listed from the newest, those under way in the order of their rows', async () => {
    const { transact, read } = open();
    const states = ['applied', 'accepted', 'reading', 'refused'] as const;
    await transact((tx) => {
      for (const [at, state] of states.entries()) {
        tx.addCopyImport(made({ id: `i-${at}`, state, startedAt: 100 + at, first: 10 * at }));
      }
    });
    const ids = (all: readonly CopyImport[]) => all.map(({ id }) => id);
    expect(ids(read.copyImports(3))).toEqual(['i-3', 'i-2', 'i-1']);
    expect(ids(read.copyImportsIn(['reading', 'accepted']))).toEqual(['i-1', 'i-2']);
    expect(ids(read.copyImportsIn(['reading']))).toEqual(['i-2']);
    const system = { by: 'tanto', byKind: 'business-system' } as const;
    await transact((tx) => tx.addCopyImport(made({ id: 'i-4', ...system, startedAt: 104 })));
    // A business system and a member of staff may have the same name.
    expect(ids(read.copyImports(9, { kind: 'business-system', id: 'tanto' }))).toEqual(['i-4']);
    expect(ids(read.copyImports(2, { kind: 'staff', id: 'tanto' }))).toEqual(['i-3', 'i-2']);
    expect(read.copyImport('i-4')).toMatchObject(system);
  });

  test('staged rows are found by number, told in pages and removed some at a time; no number comes twice', async () => {
    const { transact, read } = open();
    const first = read.nextStaged();
    const all = [
      rows(),
      rows({ person: '000000000000002', published: '2027-04-01', ended: '', line: 3 }),
      rows({ autoResponseDisabled: true, nonDisclosable: false, ended: '2028-01-01', line: 9 }),
    ];
    await transact((tx) => {
      for (const [at, each] of all.entries()) tx.stage(first + at, each);
    });
    expect(all.map((_, at) => read.stagedRows(first + at))).toEqual(all);
    expect(read.stagedPersons(first + 1, 5).map(({ seq }) => seq - first)).toEqual([1, 2]);
    expect(read.stagedPersons(0, 2).map(({ person }) => person.at(-1))).toEqual(['1', '2']);
    expect(read.nextStaged()).toBe(first + 3);
    expect(await transact((tx) => tx.unstage(first, first + 2, 1))).toBe(1);
    expect(read.stagedRows(first)).toBeUndefined();
    expect(await transact((tx) => tx.unstage(first, first + 2, 9))).toBe(1);
    expect(await transact((tx) => tx.unstage(first, first + 3, 9))).toBe(1);
    expect(read.stagedPersons(0, 1)).toEqual([]);
    expect(read.nextStaged()).toBe(first + 3);
  });
}
