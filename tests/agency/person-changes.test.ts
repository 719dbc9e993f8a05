import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { changePersons } from '../../src/agency/core/persons/change-persons.ts';
import type { PersonChangeRequest } from '../../src/agency/core/persons/ports.ts';
import type { InquiryState } from '../../src/agency/core/ports.ts';
import { PENDING, type ReviewState } from '../../src/agency/core/reviews/ports.ts';
import { openAgencyStore } from '../../src/agency/store/sqlite-store.ts';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { manualClock } from '../../src/service/clock.ts';
import { idOf, subject } from '../support/ids.ts';
import { fc } from '../support/property.ts';
import { NOW } from '../support/test-network.ts';

const stores: ReturnType<typeof openAgencyStore>[] = [];
afterEach(async () => {
  for (const { commits } of stores.splice(0)) await commits.close();
});
const clock = manualClock(NOW);
const by = { kind: 'business-system', id: 'atena' } as const;

const PERSONS = ['a', 'b', 'c', 'd'].map((letter) =>
  String(letter.charCodeAt(0)).padStart(15, '0'),
);
const KINDS = [1, 2, 3].map((digit) => `TM${String(digit).padStart(14, '0')}`);
const person = fc.constantFrom(...PERSONS);
const kind = fc.constantFrom(...KINDS);
const day = fc.constantFrom('0001-01-01', '2026-04-01', '2026-10-01');

/** What a node holds: codes, acquisitions under way, copies, drafts, inquiries, reviews of four persons. */
const world = fc.record({
  codes: fc.subarray(PERSONS),
  acquiring: fc.subarray(PERSONS),
  copies: fc.uniqueArray(fc.record({ person, kind, day, content: fc.nat(2) }), {
    maxLength: 12,
    selector: (it) => `${it.person} ${it.kind} ${it.day}`,
  }),
  drafts: fc.array(fc.record({ person, kind, open: fc.boolean() }), { maxLength: 4 }),
  inquiries: fc.array(
    fc.record({
      person,
      state: fc.constantFrom<InquiryState>('open', 'pending', 'provided', 'no_record'),
    }),
    { maxLength: 5 },
  ),
  reviews: fc.array(
    fc.record({ person, state: fc.constantFrom<ReviewState>('waiting', 'lapsed') }),
    { maxLength: 4 },
  ),
});
type World = typeof world extends fc.Arbitrary<infer It> ? It : never;

const side = fc.constantFrom('stays', 'goes');
const change: fc.Arbitrary<PersonChangeRequest> = fc.oneof(
  fc.record({
    kind: fc.constant('merge' as const),
    id: fc.nat().map((seed) => idOf(String(seed))),
    stays: person,
    goes: person,
    codeOf: fc.constantFrom('stays' as const, 'goes' as const),
    copiesOf: fc.dictionary(kind, side as fc.Arbitrary<'stays' | 'goes'>),
  }),
  fc.record({
    kind: fc.constant('split' as const),
    id: fc.nat().map((seed) => idOf(String(seed))),
    from: person,
    to: fc.oneof(person, fc.constant('999999999999999')),
    codeOf: fc.constantFrom('from' as const, 'to' as const),
    copies: fc.uniqueArray(kind),
  }),
);

async function filled(it: World) {
  const store = openAgencyStore({ path: ':memory:', clock });
  stores.push(store);
  await store.transact((tx) => {
    for (const each of it.codes) {
      tx.addAcquisition(idOf(`used ${each}`), each, 9e15);
      tx.takeCode(idOf(`used ${each}`), idOf(`code ${each}`));
    }
    for (const each of it.acquiring) tx.addAcquisition(idOf(`new ${each}`), each, 9e15);
    for (const each of it.copies) {
      tx.putCopy({
        integratedAddressNumber: each.person,
        information: each.kind,
        published: each.day,
        layoutVersion: 'X-1',
        records: JSON.stringify([{ content: each.content }]),
        autoResponseDisabled: false,
        nonDisclosable: false,
      });
    }
    for (const [at, each] of it.drafts.entries()) {
      const key = {
        integratedAddressNumber: each.person,
        information: each.kind,
        published: '2026-04-01',
      };
      tx.addDraft({
        id: idOf(`draft ${at}`),
        key,
        change: 'delete',
        proposal: { ...key, change: 'delete' },
        state: 'entered',
        enteredBy: 'tanto',
        enteredAt: 1,
      });
      if (each.open) continue;
      const decided = { state: 'rejected', decidedBy: 'jocho', decidedAt: 2, reason: 'r' } as const;
      tx.changeDraft(idOf(`draft ${at}`), decided);
    }
    for (const [at, each] of it.inquiries.entries()) {
      tx.addInquiry({
        ...{ id: idOf(`inquiry ${at}`), integratedAddressNumber: each.person },
        ...{ provider: '11202', item: '25', information: subject.information },
        ...{ state: each.state, by: 'gyomu', createdAt: 1, exchange: idOf(`asked ${at}`) },
        byKind: 'business-system',
        ...(each.state === 'provided' && { result: new Uint8Array([at]), deleteAt: 9 }),
      });
    }
    for (const [at, each] of it.reviews.entries()) {
      tx.addReview({
        ...{ exchange: idOf(`asks ${at}`), integratedAddressNumber: each.person },
        ...{ kind: 'copy', state: each.state, restricted: false, createdAt: 1, dueAt: 2 },
      });
    }
  });
  return store;
}

/** Everything that names persons, out of a database. */
async function contentsOf(store: Awaited<ReturnType<typeof filled>>) {
  const db = new DatabaseSync(':memory:');
  db.deserialize(await store.commits.serialize());
  const rows = (sql: string) => db.prepare(sql).all() as Record<string, string>[];
  const contents = {
    copies: rows('SELECT person, information, published, records FROM copies ORDER BY 1, 2, 3'),
    codes: rows('SELECT person, code FROM persons ORDER BY code'),
    acquisitions: rows('SELECT person, acquisition FROM acquisitions ORDER BY acquisition'),
    drafts: rows(`SELECT id, person, state, proposal ->> '$.integratedAddressNumber' AS proposed
      FROM copy_drafts ORDER BY id`),
    inquiries: rows(`SELECT id, ask ->> '$.integratedAddressNumber' AS person, state,
      result IS NOT NULL AS result FROM inquiries ORDER BY id`),
    reviews: rows('SELECT exchange, person, state FROM reviews ORDER BY exchange'),
    merged: rows('SELECT number, stands_for FROM merged_numbers ORDER BY number'),
    operations: rows('SELECT operation, person, subject FROM operations ORDER BY seq'),
  };
  db.close();
  return contents;
}
const without = <Row extends Record<string, string>>(rows: readonly Row[], ...names: string[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).filter(([name]) => !names.includes(name))));

test('whatever is merged and split: nothing is lost, nothing is doubled, a refusal changes nothing', async () => {
  const seen = { merge: 0, split: 0, refused: 0, again: 0, droppedCode: 0, droppedCopies: 0 };
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.array(change, { minLength: 1, maxLength: 5 }),
      async (it, changes) => {
        const store = await filled(it);
        const node = { store, clock };
        for (const request of changes) {
          const before = await contentsOf(store);
          const result = await changePersons(node, by, request).catch((error: unknown) => error);
          const after = await contentsOf(store);
          if (result instanceof Error) {
            if (!(result instanceof RenkeiError)) throw result;
            expect(result.code).toBe('state_conflict');
            expect(after).toEqual(before);
            seen.refused += 1;
            continue;
          }
          const { moved, dropped } = result as Awaited<ReturnType<typeof changePersons>>;
          seen[request.kind] += 1;
          if (dropped.code) seen.droppedCode += 1;
          if (dropped.copies > 0) seen.droppedCopies += 1;
          const both =
            request.kind === 'merge' ? [request.stays, request.goes] : [request.from, request.to];

          // Copies: as many as before but for those told of, of the same contents; others’ are as they were.
          expect(after.copies.length).toBe(before.copies.length - dropped.copies);
          const contents = without(before.copies, 'person');
          for (const copy of without(after.copies, 'person')) expect(contents).toContain(copy);
          const others = (rows: readonly Record<string, string>[]) =>
            rows.filter((row) => !both.includes(row.person ?? ''));
          for (const what of [
            'copies',
            'codes',
            'acquisitions',
            'drafts',
            'inquiries',
            'reviews',
          ] as const)
            expect(others(after[what]), what).toEqual(others(before[what]));
          // Codes: each with one person, none new, one gone at most, and told of.
          expect(new Set(after.codes.map((row) => row.person)).size).toBe(after.codes.length);
          expect(after.codes.length).toBe(before.codes.length - (dropped.code ? 1 : 0));
          const codes = without(before.codes, 'person');
          for (const code of without(after.codes, 'person')) expect(codes).toContain(code);
          // Drafts, inquiries, reviews are the same ones; only results under a code that went are erased.
          expect(without(after.drafts, 'person', 'proposed')).toEqual(
            without(before.drafts, 'person', 'proposed'),
          );
          expect(without(after.inquiries, 'person', 'result')).toEqual(
            without(before.inquiries, 'person', 'result'),
          );
          expect(without(after.reviews, 'person')).toEqual(without(before.reviews, 'person'));
          const results = (rows: typeof after.inquiries) => rows.filter((row) => row.result).length;
          expect(results(after.inquiries)).toBe(results(before.inquiries) - dropped.results);
          for (const draft of after.drafts.filter(({ state }) => state === 'entered'))
            expect(draft.proposed).toBe(draft.person);

          // Nothing that can still have an effect names a number that stands for another.
          const dead = new Set(after.merged.map((row) => row.number));
          for (const row of after.merged) expect(dead.has(row.stands_for)).toBe(false);
          const alive = [
            ...after.copies,
            ...after.codes,
            ...after.acquisitions,
            ...after.drafts.filter(({ state }) => state === 'entered'),
            ...after.inquiries.filter(({ state }) => state === 'open' || state === 'pending'),
            ...after.reviews.filter(({ state }) => PENDING.includes(state as ReviewState)),
          ];
          for (const row of alive) expect(dead.has(row.person), JSON.stringify(row)).toBe(false);
          expect(after.operations.length).toBe(before.operations.length + 2);
          expect(
            moved.copies + moved.drafts + moved.inquiries + moved.reviews,
          ).toBeGreaterThanOrEqual(0);

          // Asked again, nothing happens again; another content under the id is refused.
          expect(await changePersons(node, by, request)).toEqual(result);
          expect(await contentsOf(store)).toEqual(after);
          const other = {
            ...request,
            codeOf: ['stays', 'goes', 'from', 'to'].find((one) => one !== request.codeOf),
          };
          await expect(changePersons(node, by, other as PersonChangeRequest)).rejects.toMatchObject(
            { code: 'state_conflict' },
          );
          seen.again += 1;
        }
      },
    ),
    { numRuns: 120 },
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(5);
});

test('a merge that is split again leaves each person what was theirs', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (it) => {
      const [stays = '', goes = ''] = PERSONS;
      const own = it.copies.filter(
        (each) =>
          each.person !== goes ||
          !it.copies.some((other) => other.person === stays && other.kind === each.kind),
      );
      const store = await filled({
        ...it,
        copies: own,
        codes: it.codes.filter((each) => each !== stays),
        acquiring: [],
        drafts: [],
        inquiries: it.inquiries.filter((each) => each.person !== stays),
        reviews: it.reviews.filter((each) => each.person !== stays),
      });
      const node = { store, clock };
      const before = await contentsOf(store);
      const copies = [
        ...new Set(own.filter((each) => each.person === goes).map((each) => each.kind)),
      ];
      await changePersons(node, by, {
        kind: 'merge',
        id: idOf('m'),
        stays,
        goes,
        codeOf: 'goes',
        copiesOf: {},
      });
      await changePersons(node, by, {
        kind: 'split',
        id: idOf('s'),
        from: stays,
        to: goes,
        codeOf: 'to',
        copies,
      });
      const after = await contentsOf(store);
      expect({ ...after, operations: [] }).toEqual({ ...before, operations: [] });
    }),
    { numRuns: 40 },
  );
});

/** Columns that name a person otherwise, or say what was. */
const NOT_FOLLOWING: Readonly<Record<string, string>> = {
  'provisions.person': 'a code, as it was asked',
  'operations.person': 'what was done is not rewritten',
  'import_rows.person':
    'nothing is merged while an import is under way; rows are staged by the person meant',
  'copy_differences.person': 'what the last reconciliation found, as it was then',
  'records.person': 'the gateway’s alone: a node leaves it empty',
  'log_holds.person': 'a hold names the person by code, as the records do',
  'staff_factors.person': 'a member of staff',
  'sessions.person': 'a member of staff',
};
const FOLLOWING = ['persons', 'acquisitions', 'copies', 'copy_drafts', 'reviews'];

test('every table that names a person follows, or it is said here why not', async () => {
  const store = await filled({
    codes: [],
    acquiring: [],
    copies: [],
    drafts: [],
    inquiries: [],
    reviews: [],
  });
  const db = new DatabaseSync(':memory:');
  db.deserialize(await store.commits.serialize());
  const columns = db
    .prepare(
      `SELECT tables.name || '.' || columns.name AS place FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND (columns.name LIKE '%person%' OR columns.name LIKE '%integrated%')`,
    )
    .all()
    .map(({ place }) => String(place));
  db.close();
  expect(columns.length).toBeGreaterThan(5);
  for (const place of columns) {
    const follows = FOLLOWING.some((table) => place === `${table}.person`);
    expect(
      follows || place in NOT_FOLLOWING,
      `${place}: see src/agency/store/person-changes.ts`,
    ).toBe(true);
  }
});

test('nothing is merged or split while an import of copies is under way', async () => {
  const [stays = '', goes = '', to = ''] = PERSONS;
  const [information = ''] = KINDS;
  const nobody = { codes: [], acquiring: [], copies: [], drafts: [], inquiries: [], reviews: [] };
  const store = await filled(nobody);
  const counts = { rows: 0, persons: 0, personsWithMistakes: 0, mistakes: 0, kinds: [] };
  const versions = { added: 0, replaced: 0, unchanged: 0, deleted: 0 };
  await store.transact((tx) =>
    tx.addCopyImport({
      ...{ id: idOf('import'), mode: 'replace', information, encoding: 'utf-8', partial: false },
      ...{ state: 'reading', by: 'gyomu', byKind: 'business-system', startedAt: 1 },
      ...{ first: 1, staged: 0, applied: 0 },
      ...{ ...counts, ...versions },
    }),
  );
  const requests: PersonChangeRequest[] = [
    { kind: 'merge', id: idOf('m'), stays, goes, codeOf: 'stays', copiesOf: {} },
    { kind: 'split', id: idOf('s'), from: stays, to, codeOf: 'from', copies: [] },
  ];
  for (const request of requests) {
    await expect(changePersons({ store, clock }, by, request)).rejects.toMatchObject({
      code: 'state_conflict',
      detail: { extensions: { imports: [idOf('import')] } },
    });
  }
  await store.transact((tx) => tx.changeCopyImport(idOf('import'), { state: 'refused' }));
  await changePersons({ store, clock }, by, requests[0] as PersonChangeRequest);
  const line = { person: goes, line: 2, records: '[]' };
  await store.transact((tx) => tx.stage(tx.nextStaged(), line));
  expect(store.read.stagedPersons(0, 9)).toEqual([{ seq: 1, person: stays }]);
});

test('whoever still uses a merged number means the person', async () => {
  const [stays = '', goes = ''] = PERSONS;
  const [information = ''] = KINDS;
  const store = await filled({
    codes: [stays],
    acquiring: [],
    copies: [],
    drafts: [],
    inquiries: [],
    reviews: [],
  });
  await changePersons({ store, clock }, by, {
    ...{ kind: 'merge', id: idOf('m'), stays, goes, codeOf: 'stays', copiesOf: {} },
  });
  const { read, transact } = store;
  const copy = {
    ...{
      integratedAddressNumber: goes,
      information,
      published: '2026-04-01',
      layoutVersion: 'X-1',
    },
    ...{ records: '[]', autoResponseDisabled: false, nonDisclosable: false },
  };
  expect(read.codeOf(goes)).toBe(idOf(`code ${stays}`));
  await transact((tx) => tx.putCopy(copy));
  expect(read.copyVersions(stays, information)).toHaveLength(1);
  expect(read.copyVersions(goes, information)).toEqual(read.copyVersions(stays, information));
  expect(read.copiesAfter(undefined, 9, { person: goes })).toHaveLength(1);
  expect(read.copy(goes, information, '2026-05-01')?.integratedAddressNumber).toBe(stays);
  expect(await transact((tx) => tx.deleteCopy(copy))).toBe(true);
});
