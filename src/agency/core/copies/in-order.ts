import type { Copy, CopyReads } from './ports.ts';

const PAGE = 100;

/**
 * All versions of one kind in the order of persons, in pages. Each page is read when it is asked for: nothing is
 * held open, and what changes meanwhile is seen or not, each version whole.
 */
export function* versionPages(
  reads: CopyReads,
  information: string,
): Generator<readonly Copy[], void, undefined> {
  let last: Copy | undefined;
  for (;;) {
    const page = reads.copiesAfter(last, PAGE, { information });
    if (page.length > 0) yield page;
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
}

/** Of versions in order, those that are in force on a day. */
export function* inForceOn(
  day: string,
  pages: Iterable<readonly Copy[]>,
): Generator<readonly Copy[], void, undefined> {
  let latest: Copy | undefined;
  const counts = (it: Copy | undefined): it is Copy =>
    it !== undefined && !(it.ended !== undefined && it.ended <= day);
  for (const page of pages) {
    const found: Copy[] = [];
    for (const version of page) {
      if (version.integratedAddressNumber !== latest?.integratedAddressNumber) {
        if (counts(latest)) found.push(latest);
        latest = undefined;
      }
      if (version.published <= day) latest = version;
    }
    yield found;
  }
  if (counts(latest)) yield [latest];
}
