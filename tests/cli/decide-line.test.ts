import { describe, expect, test } from 'vitest';
import { type DecideContext, decideLine } from '../../src/cli/decide/decide-line.ts';
import { affairCode, informationCode } from '../../src/protocol/permission/codes.ts';
import { compilePermission } from '../../src/protocol/permission/compile.ts';
import { beppyo, order, roleTable } from '../protocol/permission/lists.ts';
import { fc } from '../support/property.ts';

const context: DecideContext = {
  permission: compilePermission([beppyo, order], roleTable),
  agencies: new Map([
    ['34100', { roles: ['広島市長', '市町村教育委員会'] }],
    ['00007', { roles: [] }],
  ]),
  today: () => '2026-11-22',
};
const VACCINATION = '予防接種法による予防接種の実施に関する情報';
const AFFAIR = '予防接種法による予防接種の実施に関する事務';
const mayor = { role: '市町村長' };
const base = { inquirer: mayor, item: '25', provider: mayor, information: VACCINATION };
const answer = (line: unknown) => decideLine(JSON.stringify(line), context);
const PERMIT = '{"decision":"permit","list":"order-r6-9","item":"25"}';
const PERMIT_16_2 = '{"decision":"permit","list":"beppyo-2","item":"16の2"}';
const deny = (list: string | null, ...reasons: string[]) =>
  JSON.stringify({ decision: 'deny', list, code: reasons[0], reasons });

describe('the line that the documentation gives', () => {
  const documented =
    '{"list":"order-r6-9","at":"2026-11-22","inquirer":{"role":"市町村長"},"item":"25","provider":{"role":"市町村長"},"information":"予防接種法による予防接種の実施に関する情報"}';

  test('is answered to the letter', () => {
    expect(decideLine(documented, context)).toBe(PERMIT);
    expect(decideLine(documented.replace('予防接種の実施に関する情報', '何か'), context)).toBe(
      '{"decision":"deny","list":"order-r6-9","code":"information_not_listed","reasons":["information_not_listed"]}',
    );
  });
});

describe('a line is decided', () => {
  test.each<[string, object, string]>([
    ['by the list in force today', base, PERMIT],
    ['by that of another day', { ...base, at: '2024-05-26', item: '16の2' }, PERMIT_16_2],
    ['with several roles', { ...base, inquirer: { roles: ['法務大臣', '市長'] } }, PERMIT],
    ['for an agency', { ...base, inquirer: { agency: '34100' } }, PERMIT],
    [
      'for an agency without roles',
      { ...base, provider: { agency: '00007' } },
      deny('order-r6-9', 'provider_not_listed'),
    ],
    ['by affair name', { ...base, item: undefined, affair: AFFAIR }, PERMIT],
    ['by affair code', { ...base, item: undefined, affair: affairCode(AFFAIR) }, PERMIT],
    ['by affair and item', { ...base, affair: AFFAIR }, PERMIT],
    ['by information code', { ...base, information: informationCode(VACCINATION) }, PERMIT],
    [
      'with all reasons',
      { ...base, inquirer: { role: 'x' }, information: 'x' },
      deny('order-r6-9', 'inquirer_not_listed', 'information_not_listed'),
    ],
    ['on a day without a list', { ...base, at: '2016-08-01' }, deny(null, 'list_not_in_force')],
    [
      'by a list on a day when it is not in force',
      { ...base, list: 'beppyo-2', at: '2024-05-27' },
      deny('beppyo-2', 'list_not_in_force'),
    ],
    // Without a day, a list that has ended is meant as it last stood.
    ['by a list of the past', { ...base, list: 'beppyo-2', item: '16の2' }, PERMIT_16_2],
  ])('%s', (_, line, expected) => {
    expect(answer(line)).toBe(expected);
  });

  test('in full on demand', () => {
    const full = JSON.parse(
      decideLine(JSON.stringify({ ...base, information: '地方税関係情報' }), context, true),
    );
    expect(Object.keys(full).slice(0, 2)).toEqual(['decision', 'list']);
    expect(full).toMatchObject({ item: '25', lawNumber: '令和6年デジタル庁・総務省令第9号' });
    expect(full.nearest).toHaveLength(3);
  });
});

describe('an unreadable line says why', () => {
  test.each<[string, string]>([
    ['{', 'not JSON'],
    ['[]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['"x"', 'not a JSON object'],
    [JSON.stringify({ ...base, note: 'x' }), 'unknown field: note'],
    ['{"__proto__":{"role":"x"}}', 'unknown field: __proto__'],
    [JSON.stringify({ ...base, inquirer: { role: 'x', name: 'y' } }), 'unknown field: name'],
    [JSON.stringify({ ...base, inquirer: undefined }), '"inquirer" must be one of'],
    [JSON.stringify({ ...base, provider: '市町村長' }), '"provider" must be one of'],
    [JSON.stringify({ ...base, provider: {} }), '"provider" must be one of'],
    [JSON.stringify({ ...base, provider: { role: 1 } }), '"provider" must be one of'],
    [JSON.stringify({ ...base, provider: { roles: [] } }), '"provider" must be one of'],
    [JSON.stringify({ ...base, provider: { roles: [1] } }), '"provider" must be one of'],
    [JSON.stringify({ ...base, provider: { role: 'x', agency: 'y' } }), 'must be one of'],
    [JSON.stringify({ ...base, provider: { agency: '99999' } }), 'no agency has the code'],
    [JSON.stringify({ ...base, item: undefined }), '"item" or "affair" is missing'],
    [JSON.stringify({ ...base, item: 25 }), '"item" must be a string'],
    [JSON.stringify({ ...base, affair: null }), '"affair" must be a string'],
    [JSON.stringify({ ...base, information: undefined }), '"information" must be a string'],
    [JSON.stringify({ ...base, list: 'x' }), 'no such list; known: beppyo-2, order-r6-9'],
    [JSON.stringify({ ...base, list: 1 }), '"list" must be a string'],
    [JSON.stringify({ ...base, at: '2026-02-29' }), '"at" must be a date'],
    [JSON.stringify({ ...base, at: '2026-11-22T00:00:00Z' }), '"at" must be a date'],
  ])('%s', (line, why) => {
    const said = JSON.parse(decideLine(line, context));
    expect(Object.keys(said)).toEqual(['error']);
    expect(said.error).toContain(why);
  });

  test('and repeats nothing of it but a field name, cut short', () => {
    const secret = '123456789018';
    for (const field of ['list', 'at', 'item', 'inquirer', 'information']) {
      for (const value of [secret, { agency: secret }, [secret], { [secret]: 1 }.toString()]) {
        expect(decideLine(JSON.stringify({ ...base, [field]: value }), context)).not.toContain(
          secret,
        );
      }
    }
    expect(decideLine(`{"a":"${secret}"`, context)).not.toContain(secret);
    const long = JSON.parse(decideLine(`{"${'長'.repeat(1000)}":1}`, context));
    expect(long.error.length).toBeLessThan(100);
  });
});

test('whatever comes, one line of JSON goes out', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom('市町村長', '25', '2026-11-22'));
  const party = fc.oneof(fc.jsonValue(), fc.record({ role: fc.string() }), fc.constant(mayor));
  const almost = fc
    .record(
      { list: value, at: value, inquirer: party, item: value, provider: party, information: value },
      { requiredKeys: [] },
    )
    .map((line) => JSON.stringify(line));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), almost), fc.boolean(), (line, full) => {
      const said = decideLine(line, context, full);
      expect(said).not.toMatch(/[\r\n]/);
      expect(Object.keys(JSON.parse(said))[0]).toMatch(/^(decision|error)$/);
    }),
    { numRuns: 3000 },
  );
});
