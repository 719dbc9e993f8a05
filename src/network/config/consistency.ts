import type { Finding } from './explain.ts';
import type { ConfigPath } from './invalid.ts';
import { portPlaces } from './ports.ts';
import type { AgencyConfig, NetworkConfig } from './schema.ts';

/** What no single value shows: agencies, ports and assessments that do not go together. */
export const inconsistencies = (config: NetworkConfig): Finding[] => [
  ...sameCodes(config.agencies),
  ...samePorts(config),
  ...config.agencies.flatMap(assessments),
  ...config.agencies.flatMap(businessSystems),
];

const sameCodes = (agencies: readonly AgencyConfig[]): Finding[] =>
  repeated(agencies.map(({ code }) => code)).map(({ value, at }) => ({
    path: ['agencies', at, 'code'],
    reason: {
      ja: `機関コード ${value} は既に使われています`,
      en: `agency code ${value} is taken already`,
    },
  }));

const samePorts = (config: NetworkConfig): Finding[] => {
  const taken = new Map<number, string>();
  const findings: Finding[] = [];
  for (const { port, path, user } of portPlaces(config)) {
    const other = taken.get(port);
    if (port > 65_535) {
      findings.push({
        path,
        reason: {
          ja: `${user} のポート ${port} は 65535 を超えます`,
          en: `${user} would get port ${port}, beyond 65535`,
        },
      });
    } else if (port !== 0 && other !== undefined) {
      findings.push({
        path,
        reason: {
          ja: `ポート ${port} が ${other} と ${user} で重複しています`,
          en: `port ${port} would serve both ${other} and ${user}`,
        },
      });
    } else {
      taken.set(port, user);
    }
  }
  return findings;
};

const assessments = ({ assessments }: AgencyConfig, agency: number): Finding[] => {
  const numbers = assessments.map(({ number }) => number);
  const place = (at: number, key: string): ConfigPath => [
    'agencies',
    agency,
    'assessments',
    at,
    key,
  ];
  const findings: Finding[] = repeated(numbers).map(({ value, at }) => ({
    path: place(at, 'number'),
    reason: {
      ja: `評価書番号 ${value} は既に使われています`,
      en: `this agency already has an assessment ${value}`,
    },
  }));
  for (const [
    at,
    { number, ended, from, announced, succeededBy, covers },
  ] of assessments.entries()) {
    if (ended !== undefined && (ended < from || ended < announced)) {
      findings.push({
        path: place(at, 'ended'),
        reason: {
          ja: '終了日が公表日または開始日より前です',
          en: 'ended before it was announced or began',
        },
      });
    }
    if (succeededBy !== undefined && (succeededBy === number || !numbers.includes(succeededBy))) {
      findings.push({
        path: place(at, 'succeededBy'),
        reason: {
          ja: `この機関に統合先の評価書 ${succeededBy} はありません`,
          en: `this agency has no other assessment ${succeededBy}`,
        },
      });
    }
    if (succeededBy !== undefined && ended === undefined) {
      findings.push({
        path: place(at, 'succeededBy'),
        reason: {
          ja: '統合先があるのに終了日（ended）がありません',
          en: 'succeeded by another, yet `ended` is missing',
        },
      });
    }
    if (covers !== 'all' && covers.affairs.length + covers.information.length === 0) {
      findings.push({
        path: place(at, 'covers'),
        reason: { ja: '評価の対象がありません', en: 'covers nothing' },
        hint: {
          ja: 'affairs か information に名称を書くか、all とする',
          en: 'name affairs or information, or write all',
        },
      });
    }
  }
  return findings;
};

const businessSystems = ({ businessSystems = [] }: AgencyConfig, agency: number): Finding[] =>
  repeated(businessSystems.map(({ id }) => id)).map(({ value, at }) => ({
    path: ['agencies', agency, 'businessSystems', at, 'id'],
    reason: {
      ja: `業務システムの ID ${value} は既に使われています`,
      en: `this agency already has a business system ${value}`,
    },
  }));

const repeated = <Value>(values: readonly Value[]): { value: Value; at: number }[] =>
  values.flatMap((value, at) => (values.indexOf(value) < at ? [{ value, at }] : []));
