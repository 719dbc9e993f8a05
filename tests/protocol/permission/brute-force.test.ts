import { describe, expect, test } from 'vitest';
import { compilePermission } from '../../../src/protocol/permission/compile.ts';
import { decide } from '../../../src/protocol/permission/decide.ts';
import { holderOf } from '../../../src/protocol/permission/roles.ts';
import { allRoles, BEPPYO_DAY, beppyo, ORDER_DAY, order, roleTable } from './lists.ts';
import { holds, naive, naiveAlternatives, type Question } from './naive.ts';

const permission = compilePermission([beppyo, order], roleTable);
const holding = new Map(
  allRoles.map((held) => [held, new Set(allRoles.filter((role) => holds(roleTable, held, role)))]),
);
const has = (held: string, wanted: string) => holding.get(held)?.has(wanted) ?? held === wanted;

describe.each([
  // So many distinct (inquirer, item, provider, information) stand in each.
  { list: order, date: ORDER_DAY, named: 873 },
  { list: beppyo, date: BEPPYO_DAY, named: 595 },
])('every tuple of $list.id', ({ list, date, named: distinct }) => {
  const kinds = [
    ...new Set(
      list.items.flatMap((item) =>
        item.provisions.flatMap(({ information }) => information.map(({ name }) => name)),
      ),
    ),
    'どこにもない情報',
  ];
  const answer = (question: Question) => {
    const { inquirer, provider, ...rest } = question;
    return decide(permission, date, {
      ...rest,
      inquirer: holderOf(permission, [inquirer]),
      provider: holderOf(permission, [provider]),
    });
  };
  /** Compares by hand: an expectation for each of half a million would take minutes. */
  const agree = (question: Question): boolean => {
    const expected = naive(list, has, question);
    const decision = answer(question);
    const same =
      decision.decision === 'permit'
        ? expected.failing.length === 0 &&
          decision.item === expected.item &&
          has(question.inquirer, decision.inquirerRole) &&
          has(question.provider, decision.providerRole)
        : decision.reasons.join() === expected.failing.join() &&
          decision.code === expected.failing[0] &&
          decision.item === expected.item;
    if (!same || decision.list !== list.id) expect({ question, decision }).toEqual(expected);
    return decision.decision === 'permit';
  };

  /** What each item names: its inquirers, its providers and its kinds of information. */
  const tuples = list.items.flatMap(({ item, affair, inquirers, provisions }) => {
    const providers = [...new Set(provisions.flatMap((provision) => provision.providers))];
    const named = new Set(
      provisions.flatMap(({ information }) => information.map(({ name }) => name)),
    );
    return inquirers.flatMap((inquirer) =>
      providers.flatMap((provider) =>
        [...named].map((information) => ({ inquirer, provider, item, affair, information })),
      ),
    );
  });

  test('by item and by affair, as reading the list says', () => {
    let permits = 0;
    for (const { affair, item, ...parties } of tuples) {
      if (agree({ ...parties, item })) permits++;
      agree({ ...parties, item, affair: affair.name });
      agree({ ...parties, affair: affair.code });
      agree({ ...parties, affair: affair.name });
    }
    // More, because who is named as one role may give what another role is named for.
    expect(permits).toBeGreaterThanOrEqual(distinct);
    expect(tuples.length).toBeGreaterThan(2 * distinct);
  });

  test('with any one condition changed to any other that there is', () => {
    let permits = 0;
    let denials = 0;
    const count = (permitted: boolean) => (permitted ? permits++ : denials++);
    const items = [...list.items.map(({ item }) => item), '9999'];
    for (const { affair: _, ...tuple } of tuples) {
      for (const inquirer of allRoles) count(agree({ ...tuple, inquirer }));
      for (const provider of allRoles) count(agree({ ...tuple, provider }));
      for (const information of kinds) count(agree({ ...tuple, information }));
      for (const item of items) count(agree({ ...tuple, item }));
    }
    expect(permits).toBeGreaterThan(10_000);
    expect(denials).toBeGreaterThan(100_000);
  });

  test('any inquirer, any provider, under every item', () => {
    for (const { item, provisions } of list.items) {
      const information = provisions.at(-1)?.information.at(-1)?.name ?? '';
      for (const [at, inquirer] of allRoles.entries()) {
        const provider = allRoles[(at * 7 + provisions.length) % allRoles.length] ?? '';
        agree({ inquirer, provider, item, information });
      }
    }
  });

  test('the nearest alternatives are the first of all that there are', () => {
    let compared = 0;
    for (let at = 0; at < 900; at++) {
      const { affair: _, ...tuple } = tuples[(at * 131) % tuples.length] ?? expect.fail();
      const question = {
        ...tuple,
        ...(at % 3 === 0 && { inquirer: allRoles[at % allRoles.length] ?? '' }),
        ...(at % 3 === 1 && { provider: allRoles[(at * 5) % allRoles.length] ?? '' }),
        ...(at % 2 === 0 && { information: kinds[(at * 3) % kinds.length] ?? '' }),
        ...(at % 7 === 0 && { item: '9999' }),
      };
      const decision = answer(question);
      if (decision.decision === 'permit') continue;
      compared++;
      const expected = naiveAlternatives(list, has, question, decision.item).slice(0, 3);
      const found = decision.nearest.map(({ changes, item, information }) => ({
        changes: [...changes],
        item,
        information: information.name,
      }));
      expect(found, JSON.stringify(question)).toEqual(expected);
    }
    expect(compared).toBeGreaterThan(400);
  });
});
