import { type Caller, EVERY_AFFAIR, type Grant, type Right } from '../address-numbers/index.ts';
import { base64url } from '../protocol/encoding.ts';
import { affairCode } from '../protocol/permission/codes.ts';
import type { Randomness } from '../service/ports.ts';
import { derived } from './keys.ts';
import { READY_STAFF } from './principals.ts';

/** Tokens of an address-number system’s ready callers, by their ids. They are not those of its node. */
export type AddressNumberTokens = Readonly<Record<string, string>>;

const READY_SYSTEMS: readonly Caller[] = [
  { kind: 'business-system', id: 'gyomu' },
  // The system’s own link to the resident register (既存住民基本台帳システム).
  { kind: 'business-system', id: 'atena', residentRegister: true },
];

/**
 * Makes the ready callers of one agency’s address-number system.
 * @param systems the agency’s business systems; those that are not ready ones have to be granted something first
 */
export function makeAddressNumberCallers(
  randomness: Randomness,
  systems: readonly string[],
): {
  readonly tokens: AddressNumberTokens;
  readonly callers: ReadonlyMap<string, Caller>;
} {
  const staff = Object.entries(READY_STAFF).map(
    ([id, role]): Caller => ({ kind: 'staff', id, role }),
  );
  const others = systems
    .filter((id) => !READY_SYSTEMS.some((ready) => ready.id === id))
    .map((id): Caller => ({ kind: 'business-system', id }));
  const all = [...READY_SYSTEMS, ...staff, ...others].map(
    (caller) => [base64url(randomness.bytes(24)), caller] as const,
  );
  return {
    tokens: Object.fromEntries(all.map(([token, { id }]) => [id, token])),
    callers: new Map(all),
  };
}

/** What the officers’ department is in charge of; for other affairs somebody has to grant it first. */
const AFFAIRS = [
  '予防接種法による予防接種の実施に関する事務',
  '予防接種法による給付の支給又は実費の徴収に関する事務',
];
const DEPARTMENT = '健康増進課';
const DESK: readonly Right[] = [
  'find',
  'show',
  'confirm',
  'register',
  'change',
  'acquire',
  'merge',
];

/** The grants that a fresh address-number system has, so that something can be tried at once. */
export function readyGrants(seed: string, agency: string): Omit<Grant, 'givenAt'>[] {
  const grant = (
    { kind, id }: Pick<Caller, 'kind' | 'id'>,
    department: string,
    affairs: readonly string[],
    rights: readonly Right[],
  ) => ({
    id: base64url(derived(seed, 'grant', agency, kind, id).subarray(0, 16)),
    ...{ kind, caller: id, department, affairs, rights, givenBy: 'renkei' },
  });
  const own = AFFAIRS.map(affairCode);
  const every = [EVERY_AFFAIR];
  return [
    grant({ kind: 'staff', id: 'tanto' }, DEPARTMENT, own, DESK),
    grant({ kind: 'staff', id: 'tanto2' }, DEPARTMENT, own, DESK),
    grant({ kind: 'staff', id: 'jocho' }, DEPARTMENT, own, [...DESK, 'reverse']),
    grant({ kind: 'business-system', id: 'gyomu' }, '業務システム', every, [
      ...['find', 'show', 'confirm', 'register', 'acquire', 'link'],
    ] as Right[]),
    grant({ kind: 'business-system', id: 'atena' }, '市民課', every, [
      ...['find', 'reverse', 'show', 'register', 'change', 'acquire'],
    ] as Right[]),
  ];
}
