import { addBits, type Bits, noBits } from './bits.ts';
import type { Permission } from './compile.ts';

/** Where a party may ask and where it may be asked: sets of places among a list's provisions. */
export interface Standing {
  readonly asks: Bits;
  readonly provides: Bits;
}

/** An agency as the lists see it: the roles that it holds, upwards included. */
export interface Holder {
  /** The permission that it was made for: places mean nothing in another one. */
  readonly permission: Permission;
  /** What it holds of the roles that a list or the role table names. */
  readonly roles: ReadonlySet<string>;
  /** One for each of the permission's lists, in their order. */
  readonly standings: readonly Standing[];
}

/** Enough for every combination that agencies really have; a stream of made-up ones starts over. */
const KEPT = 4096;
const holders = new WeakMap<Permission, Map<string, Holder>>();

/**
 * The holder of some roles, made once for each combination (1,800 agencies share a few dozen) and
 * cheap to ask for again. Roles that no list and no role table names count for nothing.
 */
export function holderOf(permission: Permission, roles: readonly string[]): Holder {
  let kept = holders.get(permission);
  if (kept === undefined) {
    kept = new Map();
    holders.set(permission, kept);
  }
  const known = roles
    .map((role) => (permission.roles.has(role) ? role : role.normalize('NFC')))
    .filter((role) => permission.roles.has(role));
  // Known names hold no control characters (schema.ts), so the key is unambiguous.
  const key = known.length === 1 ? (known[0] ?? '') : known.sort().join('\n');
  const found = kept.get(key);
  if (found !== undefined) return found;
  if (kept.size >= KEPT) kept.clear();
  const holder = makeHolder(permission, known);
  kept.set(key, holder);
  return holder;
}

function makeHolder(permission: Permission, roles: readonly string[]): Holder {
  const held = new Set(roles.flatMap((role) => permission.roles.get(role) ?? []));
  const standings = permission.lists.map((list) => {
    const standing = {
      asks: noBits(list.provisions.length),
      provides: noBits(list.provisions.length),
    };
    for (const role of held) {
      addBits(standing.asks, list.asks.get(role) ?? standing.asks);
      addBits(standing.provides, list.provides.get(role) ?? standing.provides);
    }
    return standing;
  });
  return { permission, roles: held, standings };
}
