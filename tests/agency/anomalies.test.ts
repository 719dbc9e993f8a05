import { expect, test } from 'vitest';
import { Detector } from '../../src/agency/core/staff/anomalies/detect.ts';
import type { Operation } from '../../src/agency/core/staff/operations.ts';
import { isOfficeHoliday } from '../../src/service/japanese-calendar.ts';
import { fc } from '../support/property.ts';

// what stands out in an operation log. 24 November 2026 is a Tuesday after a long weekend.

const SETTINGS = {
  office: { opens: '08:30', closes: '17:15' },
  failedLogIns: { count: 3, minutes: 10 },
  manyPersons: { persons: 4, minutes: 10 },
};
const at = (time: string) => Date.parse(`${time}+09:00`);
const line = (time: string, more: Partial<Operation> = {}): Operation => ({
  at: at(time),
  actorKind: 'staff',
  actor: 'tanto',
  operation: 'copies.show',
  outcome: 'done',
  ...more,
});
const found = (lines: readonly Operation[], settings = SETTINGS) => {
  const detector = new Detector(settings, (day) => !isOfficeHoliday(day));
  for (const [index, operation] of lines.entries()) detector.take({ seq: index + 1, operation });
  return detector.findings();
};
const rules = (lines: readonly Operation[]) => found(lines).map(({ rule }) => rule);

test('work within office hours of a working day is nothing to look into; a minute beside it is', () => {
  expect(found([line('2026-11-24T08:30:00'), line('2026-11-24T17:14:59')])).toEqual([]);
  expect(rules([line('2026-11-24T08:29:59')])).toEqual(['out-of-hours']);
  expect(rules([line('2026-11-24T17:15:00')])).toEqual(['out-of-hours']);
});

test('a day is a day in Japan: a finding for each person and day, with who, when, what and how often', () => {
  const lines = [
    line('2026-11-24T23:50:00'),
    line('2026-11-24T23:59:59', { operation: 'reviews.show' }),
    line('2026-11-25T00:00:00'),
    line('2026-11-25T00:01:00', { actor: 'jocho' }),
  ];
  expect(found(lines)).toEqual([
    {
      rule: 'out-of-hours',
      actor: 'tanto',
      account: undefined,
      from: at('2026-11-24T23:50:00'),
      until: at('2026-11-24T23:59:59'),
      count: 2,
      operations: ['copies.show', 'reviews.show'],
      seq: 1,
    },
    expect.objectContaining({ actor: 'tanto', count: 1, seq: 3 }),
    expect.objectContaining({ actor: 'jocho', count: 1, seq: 4 }),
  ]);
});

test.each([
  ['a Saturday', '2026-11-21'],
  ['a Sunday', '2026-11-22'],
  ['勤労感謝の日', '2026-11-23'],
  ['a holiday in lieu (振替休日)', '2027-03-22'],
  ['a day between two holidays (国民の休日)', '2026-09-22'],
  ['the turn of the year', '2026-12-29'],
  ['the turn of the year', '2027-01-02'],
])('%s is a holiday, whatever the hour', (_, day) => {
  expect(rules([line(`${day}T10:00:00`)])).toEqual(['holiday']);
});

test('business systems may work at night, and the node ends sessions when it likes', () => {
  expect(
    found([
      line('2026-11-22T03:00:00', { actorKind: 'business-system', actor: 'gyomu' }),
      line('2026-11-22T03:00:00', { operation: 'log-out', reason: 'timed-out' }),
      line('2026-11-22T03:00:00', { operation: 'log-out', reason: 'withdrawn' }),
    ]),
  ).toEqual([]);
});

const failed = (time: string, actor = 'tanto') =>
  line(time, { actor, operation: 'log-in', outcome: 'refused', reason: 'wrong-password' });

test('failed log-ins stand out when there are many in a short time, also of nobody known', () => {
  const slow = ['09:00', '09:10', '09:20', '09:30'].map((time) => failed(`2026-11-24T${time}:00`));
  expect(found(slow)).toEqual([]);
  const fast = ['09:00', '09:05', '09:09', '09:12', '11:00', '13:00', '13:01', '13:02'].map(
    (time) => failed(`2026-11-24T${time}:00`, '(unknown)'),
  );
  expect(found(fast)).toMatchObject([
    { rule: 'failed-log-ins', actor: '(unknown)', count: 4, seq: 1 },
    { rule: 'failed-log-ins', count: 3, seq: 6, operations: ['log-in'] },
  ]);
  const apart = [failed('2026-11-24T09:00:00'), failed('2026-11-24T09:00:01', 'jocho')];
  expect(found([...apart, failed('2026-11-24T09:00:02', 'kansa')])).toEqual([]);
});

test('log-in with an id that is over or withdrawn, and with a shared one, is told once a day', () => {
  const refused = { operation: 'log-in', outcome: 'refused' } as const;
  const shared = { operation: 'log-in', account: 'madoguchi', actor: 'mori' };
  expect(
    found([
      line('2026-11-24T09:00:00', { ...refused, reason: 'expired' }),
      line('2026-11-24T12:00:00', { ...refused, reason: 'disabled' }),
      line('2026-11-24T12:00:00', { ...refused, reason: 'locked' }),
      line('2026-11-24T09:00:00', shared),
      line('2026-11-24T15:00:00', shared),
      line('2026-11-24T15:00:00', { account: 'madoguchi', actor: 'mori' }),
    ]),
  ).toMatchObject([
    { rule: 'withdrawn-id', actor: 'tanto', count: 2 },
    { rule: 'shared-id', actor: 'mori', account: 'madoguchi', count: 2 },
  ]);
});

const looking = (time: string, person: number, actor = 'tanto') =>
  line(time, { actor, person: String(1e14 + person) });

test('one person looking up many stands out; many looking up a few, or one again and again, do not', () => {
  const times = ['09:00', '09:02', '09:04', '09:06', '09:30'];
  const many = times.map((time, person) => looking(`2026-11-24T${time}:00`, person));
  expect(found(many)).toMatchObject([
    { rule: 'many-persons', actor: 'tanto', count: 4, until: at('2026-11-24T09:06:00') },
  ]);
  expect(found(times.map((time) => looking(`2026-11-24T${time}:00`, 1)))).toEqual([]);
  expect(
    found(times.map((time, person) => looking(`2026-11-24T${time}:00`, person, `t${person % 2}`))),
  ).toEqual([]);
  // A whole list at once counts for everybody in it; a list of what waits does not.
  expect(
    found([line('2026-11-24T09:00:00', { operation: 'copies.export', count: 500 })]),
  ).toMatchObject([{ rule: 'many-persons', count: 500 }]);
  expect(found([line('2026-11-24T09:00:00', { operation: 'reviews.show', count: 500 })])).toEqual(
    [],
  );
});

test('many persons: told exactly when some span of minutes holds so many (property)', () => {
  const minute = fc.integer({ min: 0, max: 60 });
  const looked = fc.array(fc.tuple(minute, fc.integer({ min: 0, max: 6 })), { maxLength: 25 });
  fc.assert(
    fc.property(looked, (all) => {
      const sorted = all.toSorted(([one], [other]) => one - other);
      const lines = sorted.map(([minutes, person]) => ({
        ...looking('2026-11-24T09:00:00', person),
        at: at('2026-11-24T09:00:00') + minutes * 60_000,
      }));
      const naive = sorted.some(
        ([end]) =>
          new Set(sorted.filter(([m]) => m > end - 10 && m <= end).map(([, who]) => who)).size >= 4,
      );
      expect(found(lines).some(({ rule }) => rule === 'many-persons')).toBe(naive);
    }),
  );
});
