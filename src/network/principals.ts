import type { Principal, ReadyStaff, ReadyUser, Role } from '../agency/index.ts';
import { base64url } from '../protocol/encoding.ts';
import type { Randomness } from '../service/ports.ts';
import { derived } from './keys.ts';

/** The ready callers of each node: bearer tokens made at the start, for whoever may read the running file. */
export interface Credentials {
  readonly businessSystem: string;
  readonly addressNumbers: string;
  /** By business system, `gyomu` and `atena` among them. */
  readonly businessSystems: Readonly<Record<string, string>>;
  /** By member of staff: the token of a session that is open and does not time out. */
  readonly staff: Readonly<Record<string, string>>;
}

/** The ready members of staff of each agency (担当、上長、管理者、監査), and what they are. */
export const READY_STAFF: Readonly<Record<string, Role>> = {
  tanto: 'officer',
  tanto2: 'officer',
  jocho: 'supervisor',
  kanri: 'administrator',
  kansa: 'auditor',
};

/** Makes the tokens of one agency, and tells which business systems some of them stand for. */
export function makeCredentials(
  randomness: Randomness,
  systems: readonly string[],
): {
  credentials: Credentials;
  principals: ReadonlyMap<string, Principal>;
} {
  const principals = new Map<string, Principal>();
  const token = () => base64url(randomness.bytes(24));
  const system = (id: string): string => {
    const text = token();
    principals.set(text, { kind: 'business-system', id });
    return text;
  };
  const [gyomu, atena] = [system('gyomu'), system('atena')];
  const credentials = {
    businessSystem: gyomu,
    addressNumbers: atena,
    staff: Object.fromEntries(Object.keys(READY_STAFF).map((id) => [id, token()])),
  };
  const others = systems.filter((id) => id !== 'gyomu' && id !== 'atena');
  const businessSystems = {
    gyomu,
    atena,
    ...Object.fromEntries(others.map((id) => [id, system(id)])),
  };
  return { credentials: { ...credentials, businessSystems }, principals };
}

/** What a ready user of an agency logs in with, out of the seed: the same whenever it is started. */
export const readySecrets = (seed: string, agency: string, login: string) => ({
  password: base64url(derived(seed, 'staff', agency, login, 'password')).slice(0, 24),
  /** For one-time codes. */
  secret: derived(seed, 'staff', agency, login, 'one-time-codes').slice(0, 20),
});

/** The ready users of an agency with all that they need. */
export const readyStaffOf = (
  seed: string,
  agency: string,
  credentials: Credentials,
): ReadyStaff => ({
  department: { code: 'soumu', name: '総務課', affairs: 'all' },
  users: Object.entries(READY_STAFF).map(
    ([login, role]): ReadyUser => ({
      ...readySecrets(seed, agency, login),
      login,
      roles: [role],
      salt: derived(seed, 'staff', agency, login, 'salt').slice(0, 16),
      token: credentials.staff[login] ?? '',
    }),
  ),
});
