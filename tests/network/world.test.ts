import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configOf, readConfig } from '../../src/network/config/read.ts';
import { AS_OF } from '../../src/network/world/days.ts';
import { examples } from '../../src/network/world/examples.ts';
import type { Copy, Person } from '../../src/network/world/holdings.ts';
import { KINDS, LAYOUTS } from '../../src/network/world/layouts.ts';
import { isMunicipality } from '../../src/network/world/places.ts';
import type { Mark } from '../../src/network/world/resident.ts';
import { makeWorld, type World } from '../../src/network/world/world.ts';
import { isIndividualNumber } from '../../src/protocol/numbers/individual-number.ts';
import { isIntegratedAddressNumber } from '../../src/protocol/numbers/integrated-address-number.ts';
import { isResidentCode } from '../../src/protocol/numbers/resident-code.ts';

const file = new URL('../../renkei.yaml', import.meta.url);
const config = readConfig(readFileSync(file, 'utf8'), 'renkei.yaml');
const world = makeWorld(config);
const [KUMAGAYA, MATSUE] = ['11202', '32201'];

const digest = ({ residents, agencies }: World) =>
  createHash('sha256')
    .update(JSON.stringify([residents, [...agencies]]))
    .digest('hex');
const held = (code: string) => {
  const holdings = world.agencies.get(code);
  if (!holdings) throw new Error(`no agency ${code}`);
  return holdings;
};
const copiesOf = (code: string, individualNumber: string): Copy[] => {
  const number = personOf(code, individualNumber).integratedAddressNumber;
  return held(code).copies.filter((copy) => copy.integratedAddressNumber === number);
};
const personOf = (code: string, individualNumber: string): Person => {
  const person = held(code).persons.find((one) => one.individualNumber === individualNumber);
  if (!person) throw new Error(`agency ${code} does not know the person`);
  return person;
};
const marked = (mark: Mark, from?: string) =>
  world.residents.filter(
    ({ marks, movedFrom }) => marks.includes(mark) && (!from || movedFrom?.agency === from),
  );

describe('the same seed', () => {
  test('gives the same world to the byte', () => {
    expect(digest(makeWorld(config))).toBe(digest(world));
  });

  test('and another seed another one, with no number in common', () => {
    const other = makeWorld({ ...config, seed: 'another' });
    const numbers = new Set(world.residents.map(({ individualNumber }) => individualNumber));
    expect(other.residents.filter(({ individualNumber }) => numbers.has(individualNumber))).toEqual(
      [],
    );
  });

  test('whatever does not concern people (ports, clock, periods) changes nobody', () => {
    const elsewhere = {
      ...config,
      clock: '2030-01-01T00:00:00+09:00',
      listen: { ...config.listen, gateway: 9000 },
    };
    expect(digest(makeWorld(elsewhere))).toBe(digest(world));
  });
});

describe('numbers', () => {
  test('of the residents are distinct, and their check digits right', () => {
    expect(world.residents).toHaveLength(200);
    expect(new Set(world.residents.map(({ individualNumber }) => individualNumber)).size).toBe(200);
    expect(new Set(world.residents.map(({ residentCode }) => residentCode)).size).toBe(200);
    expect(
      world.residents.every(({ individualNumber }) => isIndividualNumber(individualNumber)),
    ).toBe(true);
    expect(world.residents.every(({ residentCode }) => isResidentCode(residentCode))).toBe(true);
  });

  test('that agencies give are distinct within an agency and shared with no other', () => {
    const all = [...world.agencies.values()].flatMap(({ persons }) => persons);
    const integrated = all.map(({ integratedAddressNumber }) => integratedAddressNumber);
    expect(integrated.every(isIntegratedAddressNumber)).toBe(true);
    expect(new Set(integrated).size).toBe(integrated.length);
    expect(new Set(all.map(({ addressNumber }) => addressNumber)).size).toBe(all.length);
  });

  test('the only long number in a copy is the agency’s own address number of that person', () => {
    for (const { copies, persons } of world.agencies.values()) {
      const own = new Map(persons.map((one) => [one.integratedAddressNumber, one.addressNumber]));
      for (const { integratedAddressNumber, records } of copies) {
        const long = JSON.stringify(records).match(/[0-9]{10,}/g) ?? [];
        expect(new Set(long).difference(new Set([own.get(integratedAddressNumber)])).size).toBe(0);
      }
    }
  });

  test('no individual number is anywhere in the copies', () => {
    for (const { copies } of world.agencies.values()) {
      const text = JSON.stringify(copies);
      const found = world.residents.filter((one) => text.includes(one.individualNumber));
      expect(found).toEqual([]);
    }
  });

  test('names stand in resident records only', () => {
    const names = world.residents.flatMap(({ name, kana }) => [name, kana]);
    for (const { copies } of world.agencies.values()) {
      const text = JSON.stringify(
        copies.filter(({ information }) => information !== KINDS.residentRecord),
      );
      expect(names.filter((name) => text.includes(name))).toEqual([]);
    }
  });
});

describe('who moved', () => {
  test('went both ways between the two cities, and both know them', () => {
    for (const [from, to] of [
      [KUMAGAYA, MATSUE],
      [MATSUE, KUMAGAYA],
    ] as const) {
      const movers = marked('moved', from);
      expect(movers.length).toBeGreaterThanOrEqual(20);
      for (const { individualNumber, municipality, address } of movers) {
        expect(municipality).toBe(to);
        expect(personOf(to, individualNumber)).toMatchObject({ address, hasCode: true });
        expect(personOf(from, individualNumber).address).not.toBe(address);
        expect(copiesOf(from, individualNumber).map(({ information }) => information)).toContain(
          KINDS.vaccination,
        );
      }
    }
  });

  test('left the records of before at the one city, and have those of after at the other', () => {
    for (const { individualNumber, movedFrom, municipality } of marked('moved')) {
      const { agency = '', on = '' } = movedFrom ?? {};
      expect(vaccinationDays(agency, individualNumber).every((day) => day < on)).toBe(true);
      expect(vaccinationDays(municipality, individualNumber).every((day) => day >= on)).toBe(true);
    }
  });

  const vaccinationDays = (code: string, individualNumber: string) =>
    copiesOf(code, individualNumber)
      .filter(({ layoutVersion }) => layoutVersion !== 'X-1')
      .flatMap(({ records }) =>
        records.map((record) => String(record.接種年月日 ?? record['接種・予診日'])),
      );
});

describe('examples of what can happen', () => {
  test('a few have an auto-response-disabled vaccination file in 熊谷市', () => {
    const people = marked('auto_response_disabled');
    expect(people.length).toBeGreaterThanOrEqual(2);
    expect(people.length).toBeLessThan(marked('moved', KUMAGAYA).length / 2);
    for (const { individualNumber, movedFrom } of people) {
      expect(movedFrom?.agency).toBe(KUMAGAYA);
      const files = copiesOf(KUMAGAYA, individualNumber).filter(
        ({ layoutVersion }) => layoutVersion === 'K-1',
      );
      expect(files.every(({ autoResponseDisabled }) => autoResponseDisabled)).toBe(true);
    }
  });

  test('a few have no code at the city they left, and nobody else is without', () => {
    const without = [...world.agencies.values()].flatMap(({ agency, persons }) =>
      persons
        .filter(({ hasCode }) => !hasCode)
        .map(({ individualNumber }) => `${agency} ${individualNumber}`),
    );
    const expected = marked('no_code_at_provider').map(
      (one) => `${one.movedFrom?.agency} ${one.individualNumber}`,
    );
    expect(expected.length).toBeGreaterThanOrEqual(4);
    expect(without.sort()).toEqual(expected.sort());
  });

  test('one is protected: both cities’ copies are non-disclosable, and no others', () => {
    const [person, ...others] = marked('protected');
    expect(others).toEqual([]);
    expect(person).toMatchObject({ municipality: MATSUE, movedFrom: { agency: KUMAGAYA } });
    const number = person?.individualNumber ?? '';
    for (const { agency, copies } of world.agencies.values()) {
      const hidden = copies.filter(({ nonDisclosable }) => nonDisclosable);
      expect(hidden).toEqual([KUMAGAYA, MATSUE].includes(agency) ? copiesOf(agency, number) : []);
    }
  });

  test('public assistance is always auto-response-disabled, and somebody has it', () => {
    const all = [...world.agencies.values()].flatMap(({ copies }) => copies);
    const assistance = all.filter(({ information }) => information === KINDS.publicAssistance);
    expect(assistance.length).toBeGreaterThan(0);
    expect(assistance.every(({ autoResponseDisabled }) => autoResponseDisabled)).toBe(true);
  });

  test('the launcher’s table finds each by 松江市’s number', () => {
    const found = examples(world, MATSUE, KUMAGAYA);
    const at = (number: string | undefined) => {
      const person = held(MATSUE).persons.find((one) => one.integratedAddressNumber === number);
      return world.residents.find((one) => one.individualNumber === person?.individualNumber)
        ?.marks;
    };
    expect(at(found.ordinary)).toEqual(['moved']);
    expect(at(found.autoResponseDisabled)).toContain('auto_response_disabled');
    expect(at(found.noCodeAtProvider)).toContain('no_code_at_provider');
    expect(at(found.protected)).toContain('protected');
  });

  test('between other agencies it has what there is', () => {
    expect(examples(world, '90004', '90002')).toEqual({
      ordinary: expect.stringMatching(/^\d{15}$/),
    });
    expect(() => examples(world, '00000', MATSUE)).toThrow(RangeError);
  });
});

describe('copies', () => {
  const all = [...world.agencies.values()].flatMap(({ agency, copies }) =>
    copies.map((copy) => ({ agency, ...copy })),
  );

  test('of every kind are somewhere', () => {
    expect(new Set(all.map(({ information }) => information))).toEqual(
      new Set(Object.values(KINDS)),
    );
  });

  test('belong to a person of the agency, one of a kind, with at least one record', () => {
    for (const { agency, persons, copies } of world.agencies.values()) {
      const numbers = new Set(
        persons.map(({ integratedAddressNumber }) => integratedAddressNumber),
      );
      expect(
        copies.every(({ integratedAddressNumber }) => numbers.has(integratedAddressNumber)),
      ).toBe(true);
      const kinds = copies.map(
        ({ integratedAddressNumber, information }) => `${integratedAddressNumber} ${information}`,
      );
      expect(new Set(kinds).size).toBe(kinds.length);
      expect(copies.filter(({ records }) => records.length === 0)).toEqual([]);
      expect(agency in Object.fromEntries(world.agencies)).toBe(true);
    }
  });

  test('R-601: vaccination files have the 25 items of 熊谷市 and the 28 of 松江市', () => {
    expect(LAYOUTS['K-1'].items).toHaveLength(25);
    expect(LAYOUTS['M-1'].items).toHaveLength(28);
    for (const [code, version] of [
      [KUMAGAYA, 'K-1'],
      [MATSUE, 'M-1'],
    ] as const) {
      const files = held(code).copies.filter(
        ({ information }) => information === KINDS.vaccination,
      );
      expect(files.length).toBeGreaterThan(40);
      expect(Math.max(...files.map(({ records }) => records.length))).toBeGreaterThan(5);
      for (const { layoutVersion, records } of files) {
        expect(layoutVersion).toBe(version);
        for (const record of records)
          expect(Object.keys(record)).toEqual([...LAYOUTS[version].items]);
      }
    }
  });

  test('hold no vaccination before birth or after the day on which the world is seen', () => {
    for (const code of [KUMAGAYA, MATSUE]) {
      const births = new Map(
        held(code).persons.map((one) => [one.integratedAddressNumber, one.birthDate]),
      );
      for (const { integratedAddressNumber, information, records } of held(code).copies) {
        if (information !== KINDS.vaccination) continue;
        const days = records.map((record) => String(record.接種年月日 ?? record['接種・予診日']));
        expect(days).toEqual(days.toSorted());
        expect((days[0] ?? '') > (births.get(integratedAddressNumber) ?? '9999')).toBe(true);
        expect((days.at(-1) ?? '') <= AS_OF).toBe(true);
      }
    }
  });

  test('survive a round trip through JSON, letters outside the BMP included', () => {
    const many = makeWorld({ ...config, residents: { count: 600 } });
    const text = JSON.stringify(many.residents);
    for (const letter of ['𠮷', '髙', '﨑', '葛\u{E0100}']) expect(text).toContain(letter);
    expect(JSON.parse(text)).toEqual(many.residents);
  });
});

describe('other networks', () => {
  const agencyOf = (code: string, role: string) => ({ code, name: `${code}市長`, roles: [role] });
  const worldOf = (count: number, ...agencies: ReturnType<typeof agencyOf>[]) =>
    makeWorld(configOf({ version: 1, seed: 's', residents: { count }, agencies }));

  test('without a municipality nobody lives there', () => {
    expect(worldOf(50, agencyOf('90002', '法務大臣')).residents).toEqual([]);
  });

  test('with one municipality nobody moves', () => {
    const { residents } = worldOf(50, agencyOf('13101', '特別区の区長'));
    expect(residents).toHaveLength(50);
    expect(residents.filter(({ marks }) => marks.length > 0)).toEqual([]);
  });

  test('with two others people move between those', () => {
    const { residents } = worldOf(50, agencyOf('01100', '市長'), agencyOf('47201', '市長'));
    expect(residents.filter(({ movedFrom }) => movedFrom)).toHaveLength(12);
    expect(residents.some(({ address }) => address.startsWith('北海道01100市'))).toBe(true);
  });

  test.each([0, 1, 2, 7, 8])(
    '%i residents are enough for as many examples as there can be',
    (count) => {
      const small = makeWorld({ ...config, residents: { count } });
      expect(small.residents).toHaveLength(count);
      if (count === 8) expect(Object.keys(examples(small, MATSUE, KUMAGAYA))).toHaveLength(4);
    },
  );

  test('everybody lives in a municipality of the network', () => {
    const cities = new Set(config.agencies.filter(isMunicipality).map(({ code }) => code));
    expect(new Set(world.residents.map(({ municipality }) => municipality))).toEqual(cities);
  });
});
