import { benchDecide } from './decide.ts';
import { benchExchanges } from './exchanges.ts';
import { benchGroupCommit } from './group-commit.ts';

/** `npm run bench`: every figure as measured in this one run, ratios first. See bench/README.md. */
const round = (value: number, digits = 0) => Number(value.toFixed(digits));
const mebibytes = (bytes: number) => round(bytes / 2 ** 20);

console.log('decide, µs for one decision with 1,800 agencies');
const decide = await benchDecide();
console.table({ permit: decide.permit, deny: decide.deny, clock: decide.clock });
console.log(`NDJSON lines decided in one second: ${decide.linesPerSecond}\n`);

await benchGroupCommit();

console.log('\nwhole exchanges: durable, signed, recorded three times, answers of 2 kB');
const { loads, readyMs, rssAtReady, rssAfter } = await benchExchanges();
console.table(
  loads.map(({ renkei, floor }) => ({
    concurrent: renkei.concurrent,
    'share of the floor': round(renkei.perSecond / floor.perSecond, 2),
    'exchanges/s': round(renkei.perSecond),
    'p50 ms': round(renkei.p50, 1),
    'p99 ms': round(renkei.p99, 1),
    'floor/s': round(floor.perSecond),
  })),
);
console.log(`ready ${round(readyMs)} ms after the process began, with 200 residents to register`);
console.log(
  `memory of all parties: ${mebibytes(rssAtReady)} MiB when ready, ${mebibytes(rssAfter)} MiB after the load`,
);
