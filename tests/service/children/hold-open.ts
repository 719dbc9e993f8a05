import { writeSync } from 'node:fs';
import { openPairs } from './pairs.ts';

// Owns the data until killed.
openPairs(process.argv[2] ?? '');
writeSync(1, 'open\n');
setInterval(() => undefined, 1_000_000);
