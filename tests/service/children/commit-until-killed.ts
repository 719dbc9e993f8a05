import { writeSync } from 'node:fs';
import { openPairs } from './pairs.ts';

// Commits pairs from 16 callers and names each on standard output once it is acknowledged.
const [path = '', run = ''] = process.argv.slice(2);
const commit = openPairs(path);
let next = 0;
for (let caller = 0; caller < 16; caller += 1) void keepCommitting();

async function keepCommitting(): Promise<never> {
  for (;;) {
    const id = `${run}-${next++}`;
    await commit.transact((tx) => tx.add(id));
    writeSync(1, `${id}\n`);
  }
}
