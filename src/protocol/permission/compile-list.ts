import { type Bits, noBits, setBit } from './bits.ts';
import { covers, dayAfter, type Period } from './in-force.ts';
import type { Named, PermissionItem, PermissionList } from './schema.ts';

/** An item of a list with its places among the list's provisions. */
export interface Row {
  readonly item: string;
  readonly article?: string;
  readonly affair: Named;
  readonly inquirers: readonly string[];
  readonly inForce: Period;
  /** Place of its first provision, and the place after its last one. */
  readonly first: number;
  readonly end: number;
}

export interface Provision {
  readonly row: Row;
  readonly providers: readonly string[];
  readonly information: readonly Named[];
}

/** A kind of information and the places where it is provided. */
export interface Kind {
  readonly information: Named;
  readonly places: Bits;
}

/** A list as decisions are made by it. Every `Bits` is a set of places in `provisions`. */
export interface CompiledList {
  /** Place among the permission's lists. */
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly lawNumber: string;
  readonly inForce: Period;
  readonly provisions: readonly Provision[];
  readonly rowOf: ReadonlyMap<string, Row>;
  /** By code and by name. */
  readonly rowsOfAffair: ReadonlyMap<string, readonly Row[]>;
  /** By code and by name. */
  readonly kinds: ReadonlyMap<string, Kind>;
  /** By role: where it may ask, and where it may be asked. */
  readonly asks: ReadonlyMap<string, Bits>;
  readonly provides: ReadonlyMap<string, Bits>;
  /** What is in force from which day on, the oldest first: items may have dates of their own. */
  readonly spans: readonly Span[];
}

interface Span {
  readonly from: string;
  readonly active: Bits;
}

export function compileList(list: PermissionList, index: number): CompiledList {
  const rows: Row[] = [];
  const provisions: Provision[] = [];
  for (const item of list.items) {
    const row = rowAt(item, provisions.length);
    rows.push(row);
    for (const provision of item.provisions) provisions.push({ ...provision, row });
  }
  const places = (keysOf: (provision: Provision) => readonly string[]) =>
    placesBy(provisions, keysOf);
  const byCode = places(({ information }) => information.map(({ code }) => code));
  const kinds = new Map<string, Kind>();
  for (const information of provisions.flatMap((provision) => provision.information)) {
    const { code, name } = information;
    const kind = { information, places: byCode.get(code) ?? noBits(provisions.length) };
    kinds.set(code, kind).set(name, kind);
  }
  const rowsOfAffair = new Map<string, Row[]>();
  for (const row of rows) {
    for (const key of [row.affair.code, row.affair.name]) {
      rowsOfAffair.set(key, [...(rowsOfAffair.get(key) ?? []), row]);
    }
  }
  return {
    index,
    id: list.id,
    title: list.title,
    lawNumber: list.lawNumber,
    inForce: list.inForce,
    provisions,
    rowOf: new Map(rows.map((row) => [row.item, row])),
    rowsOfAffair,
    kinds,
    asks: places(({ row }) => row.inquirers),
    provides: places(({ providers }) => providers),
    spans: spansOf(rows, provisions.length),
  };
}

const rowAt = (item: PermissionItem, first: number): Row => ({
  item: item.item,
  ...(item.article !== undefined && { article: item.article }),
  affair: item.affair,
  inquirers: item.inquirers,
  inForce: item.inForce ?? {},
  first,
  end: first + item.provisions.length,
});

function placesBy(
  provisions: readonly Provision[],
  keysOf: (provision: Provision) => readonly string[],
): Map<string, Bits> {
  const places = new Map<string, Bits>();
  for (const [place, provision] of provisions.entries()) {
    for (const key of keysOf(provision)) {
      const bits = places.get(key) ?? noBits(provisions.length);
      setBit(bits, place);
      places.set(key, bits);
    }
  }
  return places;
}

/** One span for each day on which an item comes into force or has ceased to be. */
function spansOf(rows: readonly Row[], size: number): Span[] {
  const days = new Set(['']);
  for (const { inForce } of rows) {
    if (inForce.from !== undefined) days.add(inForce.from);
    if (inForce.until !== undefined) days.add(dayAfter(inForce.until));
  }
  return [...days].sort().map((from) => {
    const active = noBits(size);
    for (const row of rows.filter(({ inForce }) => covers(inForce, from))) {
      for (let place = row.first; place < row.end; place++) setBit(active, place);
    }
    return { from, active };
  });
}

/** The provisions whose items are in force on a day. */
export function activeOn(list: CompiledList, date: string): Bits {
  const span = list.spans.findLast(({ from }) => from <= date);
  // The first span begins before all days.
  return span?.active ?? noBits(list.provisions.length);
}
