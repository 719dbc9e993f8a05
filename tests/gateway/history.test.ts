import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { AgencyBook } from '../../src/gateway/core/agencies.ts';
import { historyOf } from '../../src/gateway/core/disclosure/history.ts';
import { CurrentLaw } from '../../src/gateway/core/law.ts';
import { openGatewayStore } from '../../src/gateway/store/sqlite-store.ts';
import { compilePermission } from '../../src/protocol/permission/compile.ts';
import type { ProvisionRecord } from '../../src/protocol/record.ts';
import { publishedDocuments } from '../../src/service/permission-lists/compile-law.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';
import { law } from '../support/law.ts';

// R-701, 番号法23条2項: what is not to be told leaves no trace in what is told, to the byte.

const PERSON = digestOf('person');
const ASKED = 1_795_305_600;
const permission = compilePermission(law.lists, law.roles);
const current = new CurrentLaw({ permission, published: publishedDocuments(law) });
const agencies = await AgencyBook.of([], permission);

interface Story {
  readonly of: 'person' | 'other';
  readonly end: 'denied' | 'provided' | 'no_record' | 'pending' | 'pending-provided' | 'silent';
  /** Which of its records says that the person is not to be told. */
  readonly marked: 'none' | 'first' | 'last';
  readonly day: number;
}

const story: fc.Arbitrary<Story> = fc.record({
  of: fc.constantFrom('person', 'person', 'person', 'other'),
  end: fc.constantFrom('denied', 'provided', 'no_record', 'pending', 'pending-provided', 'silent'),
  marked: fc.constantFrom('none', 'none', 'first', 'last'),
  day: fc.nat(3),
});

const isTold = ({ marked, end }: Story) => marked === 'none' && end !== 'silent';

const OUTCOMES = {
  denied: [],
  silent: [],
  provided: ['provided'],
  no_record: ['no_record'],
  pending: ['pending'],
  'pending-provided': ['pending', 'provided'],
} as const satisfies Record<Story['end'], readonly string[]>;

function recordsOf({ of, end, marked, day }: Story, name: string): ProvisionRecord[] {
  const requestedAt = ASKED + day * 86_400;
  const about = { at: requestedAt * 1000, exchange: idOf(name), ...subject, requestedAt };
  const person = of === 'person' ? PERSON : digestOf('other');
  const answered = (outcome: 'provided' | 'no_record' | 'pending'): ProvisionRecord => ({
    ...about,
    ...{ kind: 'answered', outcome, answeredAt: requestedAt, statement: digestOf(name + outcome) },
    person,
  });
  const outcomes = OUTCOMES[end];
  const records: ProvisionRecord[] =
    end === 'denied'
      ? [{ ...about, kind: 'denied', code: 'information_not_listed', reasons: [], person }]
      : [
          { ...about, kind: 'permitted', statement: digestOf(name), person },
          ...outcomes.map(answered),
        ];
  if (end === 'silent')
    records.push({ ...about, kind: 'unanswered', code: 'provider_timeout', person });
  const at = marked === 'first' ? 0 : marked === 'last' ? records.length - 1 : -1;
  return records.map((record, index) =>
    index === at ? { ...record, nonDisclosable: true } : record,
  );
}

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A gateway of which nothing is asked but histories, with these exchanges on record, one after the other or mixed. */
async function tellerOf(stories: readonly (readonly [string, Story])[], mixed: boolean) {
  const store = openGatewayStore({ path: ':memory:' });
  opened.push(() => store.commits.close());
  const all = stories.map(([name, each]) => recordsOf(each, name));
  const records = mixed
    ? [0, 1, 2].flatMap((place) => all.flatMap((of) => of.slice(place, place + 1)))
    : all.flat();
  await store.transact((tx) => {
    for (const record of records) tx.record(record);
  });
  return { store, law: current, agencies };
}

/** Every page of a history, as bytes. */
function pages(
  teller: Awaited<ReturnType<typeof tellerOf>>,
  limit: number,
  days: object,
): string[] {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = historyOf(teller, PERSON, { ...days, limit, after });
    found.push(JSON.stringify(page));
    after = page.next;
  } while (after !== undefined);
  return found;
}

test('whatever else is on record, the same bytes are told as if it were not', async () => {
  const days = fc.constantFrom(
    {},
    { from: '2026-11-23' },
    { until: '2026-11-23' },
    { from: '2026-11-23', until: '2026-11-24' },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(story, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      days,
      fc.boolean(),
      async (stories, limit, period, mixed) => {
        const named = stories.map((each, at) => [`exchange ${at}`, each] as const);
        const told = named.filter(([, each]) => isTold(each) && each.of === 'person');
        const all = await tellerOf(named, mixed);
        const open = await tellerOf(told, mixed);
        expect(pages(all, limit, period)).toEqual(pages(open, limit, period));
        expect(historyOf(all, PERSON, { limit: 100 }).entries).toHaveLength(told.length);
        for (const [name, each] of named) {
          const after = idOf(name);
          const mine = isTold(each) && each.of === 'person';
          const asking = () => historyOf(all, PERSON, { limit, after });
          if (mine) expect(asking).not.toThrow();
          else expect(asking).toThrow('after: not an entry of this history');
        }
      },
    ),
    { numRuns: 150 },
  );
});
