import { hasBit, meet } from './bits.ts';
import type { Permission } from './compile.ts';
import { activeOn, type CompiledList, type Row } from './compile-list.ts';
import {
  DENIAL_CODES,
  type Decision,
  type Denial,
  type DenialCode,
  type Permit,
} from './decision.ts';
import { covers, isCalendarDate, listInForce } from './in-force.ts';
import type { Asked, ListInquiry } from './inquiry.ts';
import { nearestAllowed } from './nearest.ts';
import type { Holder } from './roles.ts';

/** The conditions of a row, a bit each. */
const ROW_CODES = DENIAL_CODES.slice(1);
const INQUIRER = 1;
const AFFAIR = 2;
const PROVIDER = 4;
const INFORMATION = 8;

/** The reasons for each set of failing conditions, in order of precedence. */
const REASONS: readonly (readonly DenialCode[])[] = Array.from({ length: 16 }, (_, failing) =>
  Object.freeze(ROW_CODES.filter((code) => (failing >> ROW_CODES.indexOf(code)) & 1)),
);
const NOT_IN_FORCE: readonly DenialCode[] = Object.freeze(['list_not_in_force' as const]);

/**
 * Decides one inquiry as 番号法19条8号 and its table do: whether an item allows this inquirer, for
 * this affair, to ask this provider for this kind of information.
 * `date` is the day in Japan, 'YYYY-MM-DD'. Throws RangeError for anything else, and TypeError for
 * holders that were made for another permission.
 */
export function decide(permission: Permission, date: string, inquiry: ListInquiry): Decision {
  const { inquirer, provider } = inquiry;
  if (!isCalendarDate(date)) throw new RangeError('date must be YYYY-MM-DD');
  if (inquirer.permission !== permission || provider.permission !== permission) {
    throw new TypeError('a holder belongs to the permission that it was made for');
  }
  const list =
    inquiry.list === undefined
      ? listInForce(permission.lists, date)
      : permission.listOf.get(inquiry.list);
  const asks = list && inquirer.standings[list.index]?.asks;
  const provides = list && provider.standings[list.index]?.provides;
  if (list === undefined || asks === undefined || provides === undefined) return notInForce(null);
  if (!covers(list.inForce, date)) return notInForce(list);
  const kind = find(list.kinds, inquiry.information);
  const asked: Asked = { list, active: activeOn(list, date), asks, provides, kind };

  let nearest: Row | undefined;
  let failing = 0;
  for (const row of rowsOf(list, inquiry)) {
    if (!hasBit(asked.active, row.first)) continue;
    const here = failingAt(row, asked);
    if (here === 0) return permitBy(row, asked, inquiry);
    if (nearest === undefined || reasonsFor(here).length < reasonsFor(failing).length) {
      nearest = row;
      failing = here;
    }
  }
  return deny(nearest, nearest === undefined ? failingAnywhere(asked) : failing, asked);
}

/** Names and codes are compared in NFC; what is normalised already is found at once. */
const find = <Value>(map: ReadonlyMap<string, Value>, text: string): Value | undefined =>
  map.get(text) ?? map.get(text.normalize('NFC'));

function rowsOf(list: CompiledList, { item, affair }: ListInquiry): readonly Row[] {
  const row = item === undefined ? undefined : list.rowOf.get(item);
  if (affair === undefined) return row === undefined ? [] : [row];
  const rows = find(list.rowsOfAffair, affair) ?? [];
  return item === undefined ? rows : rows.filter((one) => one === row);
}

/** The conditions that fail at an item. */
function failingAt(row: Row, { asks, provides, kind }: Asked): number {
  let named = false;
  let given = false;
  let both = false;
  for (let place = row.first; place < row.end; place++) {
    const provided = hasBit(provides, place);
    const informs = kind !== undefined && hasBit(kind.places, place);
    named ||= provided;
    given ||= informs;
    both ||= provided && informs;
  }
  return (
    (hasBit(asks, row.first) ? 0 : INQUIRER) |
    (named ? 0 : PROVIDER) |
    // Of a provider that is named only its own information counts; otherwise anybody's does.
    ((named ? both : given) ? 0 : INFORMATION)
  );
}

/** No such item: the other conditions fail only if nothing in the list meets them. */
const failingAnywhere = ({ active, asks, provides, kind }: Asked): number =>
  AFFAIR |
  (meet(asks, active) ? 0 : INQUIRER) |
  (meet(provides, active) ? 0 : PROVIDER) |
  (kind !== undefined && meet(kind.places, active) ? 0 : INFORMATION);

const reasonsFor = (failing: number): readonly DenialCode[] => REASONS[failing] ?? [];

function permitBy(row: Row, { list, provides, kind }: Asked, parties: ListInquiry): Permit {
  const held = ({ roles }: Holder, among: readonly string[]) =>
    among.find((role) => roles.has(role));
  for (let place = row.first; place < row.end; place++) {
    const provision = list.provisions[place];
    if (!provision || !kind || !hasBit(kind.places, place) || !hasBit(provides, place)) continue;
    const inquirerRole = held(parties.inquirer, row.inquirers);
    const providerRole = held(parties.provider, provision.providers);
    if (inquirerRole === undefined || providerRole === undefined) break;
    return {
      decision: 'permit',
      list: list.id,
      item: row.item,
      ...(row.article !== undefined && { article: row.article }),
      affair: row.affair,
      information: kind.information,
      inquirerRole,
      providerRole,
      lawNumber: list.lawNumber,
    };
  }
  throw new Error('the compiled list contradicts itself');
}

function deny(row: Row | undefined, failing: number, asked: Asked): Denial {
  const reasons = reasonsFor(failing);
  return {
    decision: 'deny',
    list: asked.list.id,
    ...(row !== undefined && { item: row.item }),
    code: reasons[0] ?? 'affair_not_listed',
    reasons,
    nearest: nearestAllowed(asked, row),
    lawNumber: asked.list.lawNumber,
  };
}

const notInForce = (list: CompiledList | null): Denial => ({
  decision: 'deny',
  list: list?.id ?? null,
  code: 'list_not_in_force',
  reasons: NOT_IN_FORCE,
  nearest: [],
  ...(list !== null && { lawNumber: list.lawNumber }),
});
