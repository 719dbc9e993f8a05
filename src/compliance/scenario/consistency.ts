import type { Finding } from '../../network/config/explain.ts';
import type { ConfigPath } from '../../network/config/invalid.ts';
import { nearest } from '../../network/config/nearest.ts';
import { overlapsOf } from './matrix-cases.ts';
import type { Scenario, ScenarioTest } from './schema.ts';
import { isPersonMember, REFERENCE } from './step-reference.ts';
import type { Step } from './steps-schema.ts';

/** What no single value shows: names that lead nowhere, tests of the same name, rules that contradict each other. */
export const inconsistencies = (scenario: Scenario): Finding[] => [
  ...sameNames(scenario),
  ...strangers(scenario),
  ...scenario.tests.flatMap((test, at) => [
    ...repeatedId(scenario.tests, test, at),
    ...(test.matrix ? matrixFindings(scenario, test.matrix, ['tests', at, 'matrix']) : []),
    ...(test.steps ? stepFindings(scenario, test.steps, ['tests', at, 'steps']) : []),
  ]),
];

/** A name that is in both registers must mean the same agency. */
const sameNames = ({ inquirers, providers }: Scenario): Finding[] =>
  Object.entries(providers).flatMap(([name, party]) => {
    const other = inquirers[name];
    if (!other || JSON.stringify(other) === JSON.stringify(party)) return [];
    return [
      finding(
        ['providers', name],
        `${name} は inquirers では別の機関です`,
        `${name} is another agency among the inquirers`,
      ),
    ];
  });

const partiesOf = ({ inquirers, providers }: Scenario): string[] => [
  ...new Set([...Object.keys(inquirers), ...Object.keys(providers)]),
];

const strangers = (scenario: Scenario): Finding[] =>
  Object.entries(scenario.persons).flatMap(([person, { knownTo }]) =>
    Object.keys(knownTo).flatMap((party) =>
      unknown(party, partiesOf(scenario), ['persons', person, 'knownTo', party], '機関', 'agency'),
    ),
  );

const repeatedId = (tests: readonly ScenarioTest[], { id }: ScenarioTest, at: number): Finding[] =>
  tests.findIndex((test) => test.id === id) === at
    ? []
    : [finding(['tests', at, 'id'], `id ${id} は二度目です`, `the id ${id} is taken already`)];

function matrixFindings(
  { inquirers, providers }: Scenario,
  matrix: NonNullable<ScenarioTest['matrix']>,
  path: ConfigPath,
): Finding[] {
  const named = (names: readonly string[], known: object, key: string, what: [string, string]) =>
    names.flatMap((name, at) => unknown(name, Object.keys(known), [...path, key, at], ...what));
  return [
    ...named(matrix.inquirers, inquirers, 'inquirers', ['情報照会者', 'inquirer']),
    ...named(matrix.providers, providers, 'providers', ['情報提供者', 'provider']),
    ...overlapsOf(matrix).map(({ at, ja, en }) => finding([...path, 'expected', at], ja, en)),
  ];
}

function stepFindings(scenario: Scenario, steps: readonly Step[], path: ConfigPath): Finding[] {
  const ids: string[] = [];
  const findings: Finding[] = [];
  for (const [at, step] of steps.entries()) {
    const here = [...path, at];
    if (step.id !== undefined && ids.includes(step.id)) {
      findings.push(
        finding([...here, 'id'], `id ${step.id} は二度目です`, 'this id is taken already'),
      );
    }
    for (const { key, value, among, ja, en } of namesIn(scenario, step, ids)) {
      findings.push(...unknown(value, among, [...here, ...key], ja, en));
    }
    if (step.id !== undefined) ids.push(step.id);
  }
  return findings;
}

interface NameIn {
  readonly key: ConfigPath;
  readonly value: string;
  readonly among: readonly string[];
  readonly ja: string;
  readonly en: string;
}

const PARTIES = new Set(['inquirer', 'provider', 'agency', 'at', 'stop', 'start']);
const ENDS = new Set(['from', 'to', 'signedBy', 'log', 'party']);
const BETWEEN = new Set(['fault', 'tamper', 'forge', 'trust']);
const STEPS = new Set(['of', 'again', 'session']);

/** Every name in a step that must lead somewhere. */
function namesIn(scenario: Scenario, step: Step, ids: readonly string[]): NameIn[] {
  const parties = partiesOf(scenario);
  const found: NameIn[] = [];
  const add = (key: ConfigPath, name: string, value: unknown) => {
    if (typeof value !== 'string') return;
    if (PARTIES.has(name)) found.push({ key, value, among: parties, ja: '機関', en: 'agency' });
    else if (name === 'person') {
      found.push({ key, value, among: Object.keys(scenario.persons), ja: '住民', en: 'person' });
    } else if (STEPS.has(name)) {
      found.push({ key, value, among: ids, ja: '前の手順', en: 'earlier step' });
    }
  };
  for (const [name, value] of Object.entries(step)) {
    if (name === 'stop' || name === 'start') add([name], name, value);
    if (name === 'expect' || typeof value !== 'object' || value === null) continue;
    for (const [inner, word] of Object.entries(value)) {
      if (name === 'call') {
        for (const [, value = '', member] of JSON.stringify(word).matchAll(REFERENCE)) {
          found.push({ key: [name, inner], value, ...among(scenario, ids, member) });
        }
      }
      add([name, inner], inner, word);
      if (name === 'batch' && Array.isArray(word)) {
        for (const [at, row] of word.entries()) {
          for (const key of ['person', 'provider']) add([name, inner, at, key], key, row[key]);
        }
      }
      if (BETWEEN.has(name) && ENDS.has(inner) && typeof word === 'string') {
        const among = [...parties, 'gateway', 'registry'];
        found.push({ key: [name, inner], value: word, among, ja: '機関', en: 'party' });
      }
    }
  }
  return found;
}

/** A reference’s name is that of an earlier step, or of a person where it is one of their numbers. */
const among = ({ persons }: Scenario, ids: readonly string[], member: string | undefined) =>
  isPersonMember(member)
    ? { among: Object.keys(persons), ja: '住民', en: 'person' }
    : { among: ids, ja: '前の手順', en: 'earlier step' };

function unknown(
  name: string,
  among: readonly string[],
  path: ConfigPath,
  ja: string,
  en: string,
): Finding[] {
  if (among.includes(name)) return [];
  const meant = nearest(name, among);
  return [
    {
      ...finding(path, `${name} という${ja}はありません`, `there is no ${en} ${name}`),
      hint: meant
        ? { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` }
        : {
            ja: `使える名前: ${among.join('、') || 'なし'}`,
            en: `known here: ${among.join(', ') || 'none'}`,
          },
    },
  ];
}

const finding = (path: ConfigPath, ja: string, en: string): Finding => ({
  path,
  reason: { ja, en },
});
