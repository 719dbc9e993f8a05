import { writeSync } from 'node:fs';
import { file, keeperOn, tax } from '../keeper.ts';

/** Big enough for several parts of applying. */
export const PERSONS = 1200;
export const bigFile = (income: number): string =>
  file(
    ...Array.from({ length: PERSONS }, (_, at) => [
      tax(at, 2024, income),
      tax(at, 2025, income),
    ]).flat(),
    // Apart from their other rows.
    ...Array.from({ length: PERSONS / 4 }, (_, at) => tax(at * 3, 2026, income)),
  );

// Imports a file into storage on disk, and kills itself with SIGKILL after so many transactions.
if (import.meta.main) {
  const [path = '', income = '', killAfter = ''] = process.argv.slice(2);
  let left = Number(killAfter);
  const keeper = keeperOn(path, (store) => ({
    read: store.read,
    async transact(work) {
      const result = await store.transact(work);
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      return result;
    },
  }));
  const { state } = await keeper.take(bigFile(Number(income)), { piece: 20_000 });
  await keeper.settled();
  await keeper.close();
  writeSync(1, JSON.stringify({ state, transactions: Number(killAfter) - left }));
}
