import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkAsks } from '../../src/network/config/check-asks.ts';
import { ConfigInvalid } from '../../src/network/config/invalid.ts';
import { checkRoles, configOf, readConfig } from '../../src/network/config/read.ts';
import { compilePermission } from '../../src/protocol/permission/compile.ts';
import { law } from '../support/law.ts';
import { fc } from '../support/property.ts';

const SMALL = `version: 1
seed: test
listen:
  gateway: 8700
agencies:
  - code: "11202"
    name: 熊谷市長
    roles: [市長]
  - code: "32201"
    name: 松江市長
    roles: [市長]
    assessments:
      - number: 27
        title: 予防接種事務
        operator: 松江市長
        announced: 2025-01-30
        covers: all
`;

const refusalOf = (text: string): ConfigInvalid => {
  try {
    readConfig(text, 'renkei.yaml');
  } catch (error) {
    if (error instanceof ConfigInvalid) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

/** What is told of the first mistake in `SMALL` after a change to it. */
const told = (from: string, to: string) => {
  expect(SMALL).toContain(from);
  const { file, line, column, path, reason, hint } = refusalOf(SMALL.replace(from, to));
  expect(file).toBe('renkei.yaml');
  expect(reason.ja).toMatch(/[ぁ-ん]|YAML/);
  expect(reason.en).toMatch(/^[\x20-\x7e]+$/);
  return { at: `${line}:${column}`, path, en: reason.en, hint: hint?.en };
};

test('the small configuration is right before it is spoilt', () => {
  expect(readConfig(SMALL, 'renkei.yaml').agencies).toHaveLength(2);
});

describe('one mistake, its place and its remedy', () => {
  test('a misspelt key', () => {
    expect(told('gateway:', 'gatewy:')).toEqual({
      at: '4:3',
      path: 'listen.gatewy',
      en: 'there is no key gatewy here',
      hint: 'did you mean gateway?',
    });
  });

  test('a misspelt key is not reported as missing too', () => {
    expect(refusalOf(SMALL.replace('seed:', 'sede:')).problems).toMatchObject([
      { line: 2, path: 'sede', hint: { en: 'did you mean seed?', ja: 'seed ではありませんか' } },
    ]);
  });

  test('a key unlike any other: the known ones are listed', () => {
    expect(told('seed: test', 'seed: test\nwallpaper: blue').hint).toMatch(/version, seed, clock/);
  });

  test('a missing key, at what it is missing from', () => {
    expect(told('    name: 松江市長\n', '')).toMatchObject({
      at: '9:5',
      path: 'agencies[1].name',
      en: 'this key is missing',
    });
  });

  test('a value of the wrong type', () => {
    expect(told('gateway: 8700', 'gateway: [8700]')).toMatchObject({ at: '4:12' });
    expect(told('seed: test', 'seed: [test]')).toMatchObject({
      at: '2:7',
      en: 'expected text, found a list',
    });
  });

  test('an agency code that YAML takes for a number', () => {
    expect(told('"11202"', '01100')).toMatchObject({
      at: '6:11',
      en: 'expected text, found a number',
      hint: 'put it in quotation marks, such as "11202"',
    });
  });

  test.each(['0.0.0.0', '192.168.0.1', 'localhost', '127.0.0.256', '::', '127.0.0.1.example.org'])(
    'host %s, which may not be loopback',
    (host) => {
      const { at, path, en } = told('listen:', `listen:\n  host: "${host}"`);
      expect({ at, path }).toEqual({ at: '4:9', path: 'listen.host' });
      expect(en).toMatch(/loopback/);
    },
  );

  test.each([80, 1023, 65_536, -1, 8700.5, '"8700"'])('port %s', (port) => {
    expect(told('gateway: 8700', `gateway: ${port}`).path).toBe('listen.gateway');
  });

  test.each(['P6Y', 'P6Y11M', 'P0M', '6', '101', 'P7D', 'P1000Y', '""', 'forever', '-7', '7.5'])(
    'records kept for %s: the law wants seven years',
    (period) => {
      const whole = told('seed: test', `seed: test\nretention:\n  period: ${period}`);
      expect(whole).toMatchObject({ at: '4:11', path: 'retention.period' });
      expect(whole.en).toContain('the law wants seven');
      const own = told('name: 松江市長', `name: 松江市長\n    retention: ${period}`);
      expect(own).toMatchObject({ path: 'agencies[1].retention' });
    },
  );

  test('ports that two would share', () => {
    expect(told('gateway: 8700', 'gateway: 8711')).toMatchObject({
      path: 'listen.nodes',
      en: 'port 8711 would serve both gateway and node 32201',
    });
    expect(told('name: 松江市長', 'name: 松江市長\n    port: 8702')).toMatchObject({
      at: '11:11',
      path: 'agencies[1].port',
    });
  });

  test('ports counted beyond the last', () => {
    expect(told('gateway: 8700', 'nodes: 65535').en).toMatch(/beyond 65535/);
  });

  test.each(['2025-02-29', '2025/01/30', '令和7年1月30日'])('%s is no date', (date) => {
    expect(told('announced: 2025-01-30', `announced: ${date}`)).toMatchObject({
      path: 'agencies[1].assessments[0].announced',
      en: 'a real date, written YYYY-MM-DD',
    });
  });

  test.each(['2026-11-22T09:00:00', '2026-11-22', 'sytem'])('clock %s', (clock) => {
    expect(told('seed: test', `seed: test\nclock: ${clock}`).path).toBe('clock');
  });

  test('a mistake inside covers is found there', () => {
    expect(told('covers: all', 'covers:\n          affair: [x]')).toMatchObject({
      path: 'agencies[1].assessments[0].covers.affair',
      hint: 'did you mean affairs?',
    });
    expect(told('covers: all', 'covers: some').path).toMatch(/covers$/);
    expect(told('covers: all', 'covers: {}').en).toBe('covers nothing');
  });

  test('two agencies of one code', () => {
    expect(told('"32201"', '"11202"')).toMatchObject({ at: '9:11', path: 'agencies[1].code' });
  });

  test('assessments that do not go together', () => {
    const after = (lines: string) => told('covers: all', `covers: all\n        ${lines}`).en;
    expect(after('ended: 2025-01-29')).toMatch(/before it was announced/);
    expect(after('from: 2025-03-01\n        ended: 2025-02-01')).toMatch(/or began/);
    expect(after('ended: 2025-01-30\n        succeededBy: 9')).toMatch(/no other assessment 9/);
    expect(after('ended: 2025-01-30\n        succeededBy: 27')).toMatch(/no other assessment 27/);
  });
});

describe('texts that are no configuration', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    .concat(
      [...'bcdefgh'].map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]}, `.repeat(9)}]`),
    )
    .join('\n');

  test.each([
    ['nothing', '', 'the file is empty'],
    ['comments only', '# to do\n', 'the file is empty'],
    ['a list', '- version: 1', 'the top of the file must be keys and values'],
    ['a word', 'renkei', 'the top of the file must be keys and values'],
    ['the same key twice', `${SMALL}seed: again\n`, 'the same key is written twice'],
    [
      'the same key twice, deep',
      SMALL.replace('  gateway', '  gateway: 1\n  gateway'),
      'the same key is written twice',
    ],
    ['two documents', `${SMALL}---\nversion: 1\n`, 'there must be one document (---) only'],
    ['a tag', SMALL.replace('seed: test', 'seed: !!js/function test'), 'tags (!) cannot be used'],
    ['YAML 1.1', `%YAML 1.1\n---\n${SMALL}`, 'write YAML 1.2'],
    ['an alias of nothing', SMALL.replace('test', '*test'), 'this alias (*) refers to nothing'],
    ['a bomb of aliases', bomb, 'aliases (*) refer to too much'],
    ['a bottomless list', `a: ${'['.repeat(10_000)}`, 'nested too deeply'],
    ['a megabyte', `# ${'x'.repeat(1_048_576)}`, 'the file is longer than 1048576 characters'],
    ['a tab', 'listen:\n\tgateway: 1', 'tabs cannot indent'],
  ])('%s', (_, text, reason) => {
    const { reason: told, line } = refusalOf(text);
    expect(told.en).toBe(reason);
    expect(line).toBeGreaterThan(0);
  });

  test('broken YAML names the line', () => {
    expect(refusalOf(SMALL.replace('roles: [市長]', 'roles: [市長')).line).toBeGreaterThan(7);
  });

  test('__proto__ is a key like any unknown one', () => {
    const { reason } = refusalOf(`${SMALL}__proto__: { polluted: true }\n`);
    expect(reason.en).toBe('there is no key __proto__ here');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('whatever the text, it is read or refused as ConfigInvalid', () => {
    const whole = readFileSync(new URL('../../renkei.yaml', import.meta.url), 'utf8').slice(
      0,
      1500,
    );
    const spoilt = fc
      .tuple(fc.nat(whole.length), fc.nat(20), fc.string({ unit: 'grapheme' }))
      .map(([at, drop, put]) => whole.slice(0, at) + put + whole.slice(at + drop));
    fc.assert(
      fc.property(fc.oneof(fc.string(), spoilt), (text) => {
        try {
          readConfig(text, 'x.yaml');
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigInvalid);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('several mistakes at once', () => {
  const refusal = refusalOf(SMALL.replace('"32201"', '32201').replace('gateway', 'gate'));

  test('all are told, in the order of the text; the first is the error’s own', () => {
    expect(refusal.problems.map(({ line }) => line)).toEqual([4, 9]);
    expect(refusal).toMatchObject({ line: 4, column: 3, path: 'listen.gate' });
  });

  test('the message has a line for each, ready to be clicked', () => {
    expect(refusal.message.split('\n')).toEqual([
      expect.stringMatching(/^renkei\.yaml:4:3: listen\.gate: there is no key/),
      expect.stringMatching(/^renkei\.yaml:9:11: agencies\[1\]\.code: expected text/),
    ]);
  });
});

describe('roles', () => {
  test('one that the lists do not know, with its place and the nearest known', () => {
    const config = readConfig(SMALL.replace('roles: [市長]', 'roles: [市町村町]'), 'renkei.yaml');
    expect(() => checkRoles(config, ['市長', '市町村長'])).toThrow(
      expect.objectContaining({
        line: 8,
        column: 13,
        hint: expect.objectContaining({ en: 'did you mean 市町村長?' }),
      }),
    );
    expect(() => checkRoles(config, ['市長', '市町村町'])).not.toThrow();
  });

  test('in a configuration made by a program there is no line to name', () => {
    const config = configOf({
      version: 1,
      seed: 's',
      agencies: [{ code: '99999', name: 'n', roles: ['r'] }],
    });
    expect(() => checkRoles(config, [])).toThrow(
      /^\(config\): agencies\[0\]\.roles\[0\]: no permission list/,
    );
  });
});

describe('business systems', () => {
  const withSystem = (lines: string) =>
    `${SMALL}    businessSystems:\n      - ${lines.replaceAll('\n', '\n        ')}\n`;
  const permission = compilePermission(law.lists, law.roles);

  test('R-210: an affair or a kind of information that no list knows, with its place and the nearest', () => {
    const text = withSystem(`id: kenko
name: 健康
asks:
  - affair: 予防接種法による予防接種の実施に関する事努
    information: [予防接種法による予防接種の実施に関する情法]`);
    const config = readConfig(text, 'renkei.yaml');
    const [affair, information] = [22, 23];
    expect(() => checkAsks(config, permission)).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            line: affair,
            hint: expect.objectContaining({
              ja: '予防接種法による予防接種の実施に関する事務 ではありませんか',
            }),
          }),
          expect.objectContaining({ line: information }),
        ],
      }),
    );
    const right = readConfig(text.replace('事努', '事務').replace('情法', '情報'), 'renkei.yaml');
    expect(() => checkAsks(right, permission)).not.toThrow();
  });

  test.each([
    ['id: kenko\nname: 健康\nuses: [all]', /uses/],
    ['id: けんこう\nname: 健康', /id/],
    ['id: kenko\nname: 健康\nrate: {perSecond: 0, burst: 1}', /perSecond/],
    ['id: kenko\nname: 健康\nkeys: [{kty: OKP, crv: Ed25519, x: short}]', /keys/],
    ['id: kenko\nname: 健康\nkeys: [{kty: OKP, crv: Ed25519, x: short, d: secret}]', /keys/],
    ['id: kenko', /name/],
    ['twice', /id/],
  ])('%s', (lines, path) => {
    const text =
      lines === 'twice'
        ? `${SMALL}    businessSystems: [{id: kenko, name: a}, {id: kenko, name: b}]\n`
        : withSystem(lines);
    const { path: place } = refusalOf(text);
    expect(place).toMatch(path);
  });
});
