import { inForceOn } from '../in-order.ts';
import type { Copy } from '../ports.ts';

/** The versions of one person’s copy, and the one in force among them. */
export interface HeldOfPerson {
  readonly person: string;
  readonly versions: readonly Copy[];
  readonly inForce: Copy | undefined;
}

/** Pages of versions in order, person by person. */
export function* personsHeld(
  pages: Iterable<readonly Copy[]>,
  day: string,
): Generator<HeldOfPerson, void, undefined> {
  let own: Copy[] = [];
  for (const page of pages) {
    for (const version of page) {
      if (own.length > 0 && own[0]?.integratedAddressNumber !== version.integratedAddressNumber) {
        yield heldOf(own, day);
        own = [];
      }
      own.push(version);
    }
  }
  if (own.length > 0) yield heldOf(own, day);
}

const heldOf = (versions: readonly Copy[], day: string): HeldOfPerson => ({
  person: versions[0]?.integratedAddressNumber ?? '',
  versions,
  inForce: [...inForceOn(day, [versions])].flat()[0],
});
