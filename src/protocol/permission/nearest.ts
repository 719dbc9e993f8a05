import { hasBit, lowestBit } from './bits.ts';
import type { Row } from './compile-list.ts';
import type { Alternative, Change } from './decision.ts';
import type { Asked } from './inquiry.ts';

const MOST = 3;

/**
 * What may change, the smallest change first. Among equals: other information from the same
 * provider under the same item, then another item, then another provider.
 */
const CHANGES: readonly (readonly Change[])[] = (
  [
    ['information'],
    ['item'],
    ['provider'],
    ['item', 'information'],
    ['provider', 'information'],
    ['item', 'provider'],
    ['item', 'provider', 'information'],
  ] as const
).map((changes) => Object.freeze([...changes]));

/**
 * At most three things near to what was asked, each of them allowed to this inquirer on this day.
 * `row` is the item that the inquiry came nearest to, if it names one at all. Among equals the order
 * is the list's own.
 */
export function nearestAllowed(asked: Asked, row: Row | undefined): Alternative[] {
  const found: Alternative[] = [];
  const askable = row !== undefined && hasBit(asked.asks, row.first);
  for (const changes of CHANGES) {
    if (found.length === MOST) break;
    if (changes.includes('item')) elsewhere(asked, row, changes, found);
    else if (askable) here(asked, row, changes, found);
  }
  return found;
}

/** Provisions of the same item. */
function here(asked: Asked, row: Row, changes: readonly Change[], found: Alternative[]): void {
  const same = !changes.includes('provider');
  for (let place = row.first; place < row.end && found.length < MOST; place++) {
    if (hasBit(asked.provides, place) === same) take(asked, place, changes, found);
  }
}

/** Provisions of all other items: sets of places are intersected, so that only what fits is visited. */
function elsewhere(
  asked: Asked,
  row: Row | undefined,
  changes: readonly Change[],
  found: Alternative[],
): void {
  const { active, asks, provides, kind } = asked;
  const flip = changes.includes('provider') ? -1 : 0;
  const sameKind = !changes.includes('information');
  if (sameKind && kind === undefined) return;
  for (let word = 0; word < active.length; word++) {
    let places = (active[word] ?? 0) & (asks[word] ?? 0) & ((provides[word] ?? 0) ^ flip);
    if (sameKind) places &= kind?.places[word] ?? 0;
    for (; places !== 0; places &= places - 1) {
      const place = word * 32 + lowestBit(places);
      if (row !== undefined && place >= row.first && place < row.end) continue;
      take(asked, place, changes, found);
      if (found.length === MOST) return;
    }
  }
}

/** Takes what a provision gives: the same kind of information, or all others. */
function take(
  { list, kind }: Asked,
  place: number,
  changes: readonly Change[],
  found: Alternative[],
): void {
  const provision = list.provisions[place];
  if (provision === undefined) return;
  const { row, providers } = provision;
  const sameKind = !changes.includes('information');
  for (const information of provision.information) {
    if (found.length === MOST) return;
    if ((information.code === kind?.information.code) !== sameKind) continue;
    const twice =
      !changes.includes('provider') &&
      found.some((one) => one.item === row.item && one.information.code === information.code);
    if (twice) continue;
    found.push({
      list: list.id,
      item: row.item,
      affair: row.affair,
      inquirerRoles: row.inquirers,
      providerRoles: providers,
      information,
      changes,
    });
  }
}
