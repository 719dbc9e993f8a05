/**
 * Does some work for each of several things, so many at a time, and gives the results in their order.
 * The first that fails fails the whole, once what is under way has ended.
 */
export async function inParallel<Thing, Result>(
  atOnce: number,
  things: readonly Thing[],
  work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  let next = 0;
  let failed: { error: unknown } | undefined;
  const take = async (): Promise<void> => {
    while (next < things.length && !failed) {
      const at = next++;
      try {
        results.set(at, await work(things[at] as Thing));
      } catch (error) {
        failed ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, take));
  if (failed) throw failed.error;
  return things.flatMap((_, at) => (results.has(at) ? [results.get(at) as Result] : []));
}
