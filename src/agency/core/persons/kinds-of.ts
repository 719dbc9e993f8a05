import type { CopyReads } from '../copies/ports.ts';

const AT_ONCE = 100;

/** The kinds of information of which there are copies of somebody. */
export function kindsOf(reads: CopyReads, person: string): readonly string[] {
  const kinds = new Set<string>();
  for (let page = reads.copiesAfter(undefined, AT_ONCE, { person }); page.length > 0; ) {
    for (const { information } of page) kinds.add(information);
    page = reads.copiesAfter(page.at(-1), AT_ONCE, { person });
  }
  return [...kinds];
}
