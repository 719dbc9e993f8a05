import { expect, test } from 'vitest';
import { PersonsSeen } from '../../../src/agency/core/copies/imports/persons-seen.ts';
import { fc } from '../../support/property.ts';

const number = fc
  .oneof(fc.nat(40), fc.nat(1_000_000), fc.constantFrom(0, 999_999_999_999_999))
  .map((value) => String(value).padStart(15, '0'));

test('knows as much as a map of lists would', () => {
  const step = fc.record({ person: number, wrong: fc.boolean(), group: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const seen = new PersonsSeen();
      const groups: string[] = [];
      const wrong = new Set<string>();
      const all = new Set<string>();
      for (const { person, wrong: bad, group } of steps) {
        if (group) {
          seen.add(person);
          groups.push(person);
          all.add(person);
        }
        if (bad) {
          seen.markWrong(person);
          wrong.add(person);
          all.add(person);
        }
      }
      expect([seen.groups, seen.persons, seen.wrongPersons]).toEqual([
        groups.length,
        all.size,
        wrong.size,
      ]);
      expect(seen.scattered).toBe(groups.length - new Set(groups).size);
      for (const [at, person] of groups.entries()) {
        const own = groups.flatMap((other, group) => (other === person ? [group] : []));
        expect(seen.groupsFrom(at)).toEqual(own[0] === at ? own : []);
        expect(seen.isWrong(person)).toBe(wrong.has(person));
      }
    }),
    { numRuns: 300 },
  );
});

test('does so for a hundred thousand, and after gaps', () => {
  const seen = new PersonsSeen();
  const many = 100_000;
  for (let at = 0; at < many; at++) seen.add(String(at * 37).padStart(15, '0'));
  seen.skipTo(many + 5000);
  for (let at = 0; at < many; at++) seen.add(String(at * 37).padStart(15, '0'));
  expect([seen.persons, seen.groups, seen.scattered]).toEqual([many, 2 * many + 5000, many]);
  for (let at = 0; at < many; at += 997) {
    expect(seen.groupsFrom(at)).toEqual([at, many + 5000 + at]);
    expect(seen.groupsFrom(many + 5000 + at)).toEqual([]);
  }
});
