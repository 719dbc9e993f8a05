import { type ClientKey, clientKeyOf } from '../protocol/client-key.ts';
import { signingKey } from '../protocol/keys.ts';
import type { SystemEntry } from '../protocol/node-api/business-systems.ts';
import { affairCode, informationCode } from '../protocol/permission/codes.ts';
import type { BusinessSystemConfig } from './config/business-system-schema.ts';
import type { AgencyConfig } from './config/schema.ts';
import { derived } from './keys.ts';

/** The systems that every agency has unless its configuration says otherwise. */
const READY: readonly BusinessSystemConfig[] = [
  { id: 'gyomu', name: '業務システム', uses: ['inquire', 'import-copies'], asks: 'all' },
  {
    id: 'atena',
    name: '統合宛名システム',
    uses: ['import-copies', 'acquire-codes', 'change-persons'],
    asks: [],
  },
];

/** An agency’s business systems: those of its configuration, and the ready ones that it does not name itself. */
export function systemsOf({ businessSystems = [] }: AgencyConfig): readonly BusinessSystemConfig[] {
  const named = new Set(businessSystems.map(({ id }) => id));
  return [...READY.filter(({ id }) => !named.has(id)), ...businessSystems];
}

/** The same as its node takes them. Keys that the configuration does not give come from the seed. */
export const systemEntries = (agency: AgencyConfig, seed: string): Promise<SystemEntry[]> =>
  Promise.all(
    systemsOf(agency).map(async ({ id, name, uses, asks, rate, keys }) => ({
      ...{ id, name, uses, rate },
      asks:
        asks === 'all'
          ? asks
          : asks.map(({ affair, information }) => ({
              affair: affairOf(affair),
              information: information === 'all' ? information : information.map(kindOf),
            })),
      keys: keys
        ? await Promise.all(keys.map(clientKeyOf))
        : [await derivedKey(seed, agency.code, id)],
    })),
  );

const affairOf = (named: string): string => (/^JM\d{14}$/.test(named) ? named : affairCode(named));
const kindOf = (named: string): string =>
  /^TM\d{14}$/.test(named) ? named : informationCode(named);

/** Seed of a ready system’s Ed25519 key: who knows the network’s seed can log in as it. */
export const systemSeed = (seed: string, agency: string, id: string): Uint8Array =>
  derived(seed, 'signing', agency, 'business-system', id);

async function derivedKey(seed: string, agency: string, id: string): Promise<ClientKey> {
  const kid = `${agency}.${id}.1`.slice(0, 64);
  const { publicKey } = await signingKey(systemSeed(seed, agency, id), kid, 'node');
  const { kty, crv, x } = publicKey;
  return { kty, crv, x, kid };
}
