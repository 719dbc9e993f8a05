import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { configJsonSchema, keysUnder } from '../../src/network/config/json-schema.ts';
import { portsOf } from '../../src/network/config/ports.ts';
import { checkRoles, configOf, readConfig } from '../../src/network/config/read.ts';
import type { AgencyConfig } from '../../src/network/config/schema.ts';
import { readPermissionLists } from '../../src/service/permission-lists/read-folder.ts';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('renkei.yaml', root), 'utf8');
const config = readConfig(text, 'renkei.yaml');
const agency = (code: string): AgencyConfig => {
  const found = config.agencies.find((one) => one.code === code);
  if (!found) throw new Error(`no agency ${code}`);
  return found;
};

const { lists, roles } = await readPermissionLists(
  fileURLToPath(new URL(`${config.permissionLists.folder}/`, root)),
);
const items = lists.flatMap((list) => list.items);
const provisions = items.flatMap((item) => item.provisions);

describe('renkei.yaml as it is shipped', () => {
  test('has the agencies of both source documents, and their roles are the lists’', () => {
    expect(config.agencies.length).toBeGreaterThanOrEqual(12);
    expect(agency('11202').name).toBe('熊谷市長');
    expect(agency('34100').roles).toContain('広島市長');
    checkRoles(config, [
      ...items.flatMap(({ inquirers }) => inquirers),
      ...provisions.flatMap(({ providers }) => providers),
      ...Object.values(roles.members).flat(),
    ]);
  });

  test('every affair and kind of information that an assessment covers is in a list', () => {
    const affairs = new Set(items.map(({ affair }) => affair.name));
    const information = new Set(
      provisions.flatMap((provision) => provision.information.map(({ name }) => name)),
    );
    for (const { name, assessments } of config.agencies) {
      for (const { covers, number } of assessments) {
        if (covers === 'all') continue;
        const unknown = [
          ...covers.affairs.filter((each) => !affairs.has(each)),
          ...covers.information.filter((each) => !information.has(each)),
        ];
        expect({ name, number, unknown }).toEqual({ name, number, unknown: [] });
      }
    }
  });

  test('an assessment says of itself that it is invented, unless it is one of the two documents', () => {
    const plain = config.agencies.flatMap(({ code, assessments }) =>
      assessments
        .filter(({ title }) => !title.endsWith('（架空）'))
        .map(({ number }) => `${code} ${number}`),
    );
    expect(plain).toEqual(['11202 17', '32201 27', '32201 9']);
  });

  test('writes out what the defaults are', () => {
    const { agencies } = config;
    expect(configOf({ version: 1, seed: 'renkei', agencies })).toEqual(config);
  });

  test('comments on every key', () => {
    const lines = text.split('\n');
    const silent = lines
      .slice(0, lines.indexOf('agencies:'))
      .filter((line, at, all) => /^\s*[A-Za-z]+:/.test(line) && !/^\s*#/.test(all[at - 1] ?? ''));
    expect(silent).toEqual([]);
    const under = (path: PropertyKey[]) =>
      keysUnder(path).filter((key) => !['affairs', 'information'].includes(key));
    for (const key of [...under(['agencies', 0]), ...under(['agencies', 0, 'assessments', 0])]) {
      expect(text).toMatch(new RegExp(`^# +${key} `, 'm'));
    }
  });
});

describe('whose assessment covers what', () => {
  const VACCINATION = '予防接種法による予防接種の実施に関する事務';
  const PANDEMIC = '新型インフルエンザ等対策特別措置法による予防接種の実施に関する情報';
  const RECORDS = '予防接種法による予防接種の実施に関する情報';

  const covering = (code: string, side: 'affairs' | 'information', name: string, day: string) =>
    agency(code)
      .assessments.filter(({ covers }) => covers === 'all' || covers[side].includes(name))
      .filter(({ from, ended = '9999', breach }) => !breach && from <= day && day < ended)
      .map(({ number }) => number);

  test.each([
    [
      '松江市 asks, before its no. 27 was merged',
      '32201',
      'affairs',
      VACCINATION,
      '2024-09-01',
      [27],
    ],
    ['松江市 asks, the last day of no. 27', '32201', 'affairs', VACCINATION, '2025-01-29', [27]],
    ['松江市 asks, the day of the merger', '32201', 'affairs', VACCINATION, '2025-01-30', [9]],
    ['松江市 asks, today', '32201', 'affairs', VACCINATION, '2026-11-22', [9]],
    ['熊谷市 provides vaccinations', '11202', 'information', RECORDS, '2026-11-22', [901]],
    ['熊谷市 provides pandemic vaccinations', '11202', 'information', PANDEMIC, '2026-11-22', [17]],
    ['熊谷市, the day before no. 17', '11202', 'information', PANDEMIC, '2020-11-15', []],
    [
      '出雲市 asks while its assessment counts',
      '32203',
      'affairs',
      VACCINATION,
      '2026-03-31',
      [905],
    ],
    ['出雲市 asks afterwards', '32203', 'affairs', VACCINATION, '2026-04-01', []],
    ['出雲市 provides afterwards', '32203', 'information', RECORDS, '2026-11-22', []],
    ['出雲市 and other affairs', '32203', 'information', '住民票関係情報', '2026-11-22', [906]],
  ] as const)('%s', (_, code, side, name, day, numbers) => {
    expect(covering(code, side, name, day)).toEqual(numbers);
  });
});

describe('ports', () => {
  test('count up in the order of the agencies', () => {
    const { gateway, nodes } = portsOf(config);
    expect([gateway, nodes.get('11202'), nodes.get('32201')]).toEqual([8700, 8710, 8711]);
  });

  test('an agency’s own port goes before; 0 is as good for all at once', () => {
    const agencies = ['11202', '32201'].map((code) => ({ code, name: 'x', roles: ['市長'] }));
    const listen = { gateway: 0, registry: 0, control: 0, nodes: 0 };
    const free = portsOf(configOf({ version: 1, seed: 's', listen, agencies }));
    expect([free.gateway, ...free.nodes.values()]).toEqual([0, 0, 0]);
    const own = configOf({
      version: 1,
      seed: 's',
      agencies: agencies.map((one) => ({ ...one, port: Number(`9${one.code.slice(-3)}`) })),
    });
    expect([...portsOf(own).nodes.values()]).toEqual([9202, 9201]);
  });
});

test('renkei.schema.json is what `node src/network/config/json-schema.ts` writes', () => {
  const written = JSON.parse(readFileSync(new URL('renkei.schema.json', root), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test('the schema describes every key and refuses unknown ones', () => {
  const bare: string[] = [];
  const visit = (place: unknown, path: string): void => {
    if (typeof place !== 'object' || place === null) return;
    if ('properties' in place) {
      expect(place).toHaveProperty('additionalProperties', false);
      for (const [key, value] of Object.entries(place.properties ?? {})) {
        if (!(typeof value === 'object' && value !== null && 'description' in value))
          bare.push(`${path}.${key}`);
      }
    }
    for (const [key, value] of Object.entries(place)) visit(value, `${path}.${key}`);
  };
  visit(configJsonSchema(), '');
  expect(bare).toEqual([]);
});
