import { benchAudit } from './audit.ts';
import { benchBatch } from './batch.ts';
import { benchConsole, consoleTable } from './console.ts';
import { benchCopies } from './copies.ts';
import { benchDecide } from './decide.ts';
import { benchExchanges } from './exchanges.ts';
import { benchGroupCommit } from './group-commit.ts';
import { benchLog } from './log.ts';
import { benchReconcile } from './reconcile.ts';
import { benchRecords, printRecords } from './records.ts';

/**
 * `npm run bench`: every figure as measured in this one run, ratios first; `npm run bench -- copies audit` some of
 * them. See bench/README.md.
 */
const round = (value: number, digits = 0) => Number(value.toFixed(digits));
const mebibytes = (bytes: number) => round(bytes / 2 ** 20);

const BENCHES: Readonly<Record<string, readonly [title: string, run: () => Promise<void>]>> = {
  decide: [
    'decide, µs for one decision with 1,800 agencies',
    async () => {
      const { permit, deny, clock, linesPerSecond } = await benchDecide();
      console.table({ permit, deny, clock });
      console.log(`NDJSON lines decided in one second: ${linesPerSecond}`);
    },
  ],
  commits: ['group commit', async () => void (await benchGroupCommit())],
  exchanges: [
    'whole exchanges: durable, signed, recorded three times, answers of 2 kB',
    async () => {
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
      console.log(
        `ready ${round(readyMs)} ms after the process began, with 200 residents to register`,
      );
      console.log(
        `memory of all parties: ${mebibytes(rssAtReady)} MiB when ready, ${mebibytes(rssAfter)} MiB after the load`,
      );
    },
  ],
  records: [
    'exchanges with logs and proofs against the same without',
    async () => printRecords(await benchRecords()),
  ],
  log: [
    'the Merkle log by itself, µs',
    async () => console.table(await benchLog({ leaves: 240_000, audited: 1_000_000 })),
  ],
  audit: [
    'auditing a million records of three parties',
    async () => console.table(await benchAudit()),
  ],
  batch: [
    'a batch of 100,000 rows against single inquiries',
    async () => console.log(await benchBatch(100_000)),
  ],
  copies: [
    'importing a million rows of copies through HTTP, durable',
    async () =>
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
      ),
  ],
  reconcile: [
    'exporting and reconciling a million rows through HTTP',
    async () => console.table(await benchReconcile()),
  ],
  console: [
    'the console, with 10,000 exchanges on record',
    async () => {
      console.table(consoleTable(await benchConsole()));
    },
  ],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(
    `no such bench: ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`,
  );
  process.exit(2);
}
for (const [name, [title, run]] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${title}`);
  await run();
}
