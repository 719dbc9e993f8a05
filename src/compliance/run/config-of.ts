import type { Finding } from '../../network/config/explain.ts';
import { nearest } from '../../network/config/nearest.ts';
import { configOf as checkedConfig } from '../../network/config/read.ts';
import type { AgencyConfig, NetworkConfig } from '../../network/config/schema.ts';
import type { Party } from '../scenario/parties-schema.ts';
import type { ReadScenario } from '../scenario/read.ts';
import { refuseAny } from '../scenario/read.ts';

/** Agencies by what a scenario calls them. */
export type Parties = ReadonlyMap<string, AgencyConfig>;

/** The first of the codes of made-up agencies: no prefecture has the number 99. */
const MADE_UP = 99_001;

/**
 * The network of one scenario: the agencies that it names and no others, with the settings that it has
 * otherwise than the network’s configuration.
 * @throws ScenarioInvalid for an agency that the configuration does not know
 */
export function configOf(
  read: ReadScenario,
  base: NetworkConfig,
): { config: NetworkConfig; parties: Parties } {
  const { scenario } = read;
  const parties = partiesOf(read, base);
  const agencies = [...new Map([...parties.values()].map((one) => [one.code, one])).values()];
  const { settings = {} } = scenario;
  const merged = over({ ...base, seed: scenario.seed, clock: scenario.now }, settings);
  const input = { ...base, ...merged, residents: { count: 0 }, agencies };
  return { config: checkedConfig(input, read.file), parties };
}

/** Settings with those put over them that are told, section by section. */
function over(settings: object, told: object): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...settings };
  for (const [key, value] of Object.entries(told)) {
    const section = typeof value === 'object' && value !== null;
    merged[key] = section ? over(Object(merged[key]), value) : value;
  }
  return merged;
}

function partiesOf(read: ReadScenario, base: NetworkConfig): Parties {
  const { inquirers, providers } = read.scenario;
  const parties = new Map<string, AgencyConfig>();
  const findings: Finding[] = [];
  for (const [register, named] of Object.entries({ inquirers, providers })) {
    for (const [name, party] of Object.entries(named)) {
      if (parties.has(name)) continue;
      const found = partyOf(name, party, base, MADE_UP + parties.size);
      if (found) parties.set(name, found);
      else findings.push(unknownAgency([register, name, 'agency'], party.agency ?? '', base));
    }
  }
  refuseAny(findings, read.file, read.locate);
  return parties;
}

function partyOf(
  name: string,
  { agency, roles = [], name: title, manualProvision }: Party,
  base: NetworkConfig,
  code: number,
): AgencyConfig | undefined {
  if (agency !== undefined) {
    const found = base.agencies.find((each) => each.code === agency);
    return found && manualProvision ? { ...found, manualProvision } : found;
  }
  return {
    code: String(code),
    name: title ?? name,
    roles,
    suspended: false,
    manualProvision: manualProvision ?? [],
    assessments: [
      {
        number: 1,
        title: 'すべての事務（架空）',
        operator: title ?? name,
        announced: '2015-10-05',
        from: '2015-10-05',
        breach: false,
        covers: 'all',
      },
    ],
  };
}

function unknownAgency(path: Finding['path'], code: string, base: NetworkConfig): Finding {
  const known = base.agencies.map((each) => each.code);
  const meant = nearest(code, known);
  return {
    path,
    reason: {
      ja: `ネットワーク設定に機関 ${code} はありません`,
      en: `the network’s configuration has no agency ${code}`,
    },
    ...(meant !== undefined && {
      hint: { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` },
    }),
  };
}
