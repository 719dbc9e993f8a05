/** One page of a list, and where the next one begins. */
export interface Page<Item, Place> {
  readonly items: readonly Item[];
  readonly next: Place | undefined;
}

/** All of a list, a page at a time, as far as somebody reads. */
export async function* pages<Item, Place>(
  fetchPage: (after: Place | undefined) => Promise<Page<Item, Place>>,
): AsyncGenerator<Item, void, undefined> {
  for (let after: Place | undefined; ; ) {
    const { items, next } = await fetchPage(after);
    yield* items;
    if (next === undefined) return;
    after = next;
  }
}
