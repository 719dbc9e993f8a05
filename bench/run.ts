import { benchConsole } from './console.ts';
import { benchCopies } from './copies.ts';
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
console.log('\nimporting a million rows of copies through HTTP, durable');
console.table(
  (await benchCopies()).map((it) => ({
    file: it.file,
    seconds: round(it.seconds, 1),
    'rows/s': round(it.rowsPerSecond),
    'CPU s': round(it.cpuSeconds, 1),
    'most memory MiB': round(it.rss),
    'longest turn, CPU ms': round(it.turnMs),
    'longest stall ms': round(it.stallMs),
    '99 % ms': round(it.p99Ms, 1),
  })),
);
console.log(`ready ${round(readyMs)} ms after the process began, with 200 residents to register`);
console.log(
  `memory of all parties: ${mebibytes(rssAtReady)} MiB when ready, ${mebibytes(rssAfter)} MiB after the load`,
);

console.log('\nthe console, with 10,000 exchanges on record');
const looked = await benchConsole();
console.table({
  'first page, ms (median)': round(looked.firstPage.median),
  'first page, ms (worst of 20)': round(looked.firstPage.worst),
  'throughput while followed, share': round(looked.followed, 2),
  'updates of the list/s': round(looked.updates, 1),
});
