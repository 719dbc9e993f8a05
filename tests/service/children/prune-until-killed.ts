import { retainedLog } from '../retained-log.ts';

// Prunes thousands of records and dies in one of the transactions, before it is durable or right after.
const [path = '', begin = '', transaction = '', instant = ''] = process.argv.slice(2);
let count = 0;
const die = (now: string) => {
  if (now === 'written') count += 1;
  if (now === instant && count === Number(transaction)) process.kill(process.pid, 'SIGKILL');
};
const log = retainedLog({
  path,
  ...(begin === 'again' && { at: '2034-01-10T09:00:00+09:00' }),
  written: () => die('written'),
  committed: () => die('committed'),
});
if (begin === 'begin') {
  const exchanges = Array.from({ length: 3000 }, (_, at) => `${at}`);
  await log.write(...exchanges.map((exchange) => log.record(exchange)));
  await log.write(...exchanges.map((exchange) => log.record(exchange, { kind: 'answered' })));
  log.clock.advance(Date.parse('2034-01-10T09:00:00+09:00') - log.clock.now());
}
await log.retention.prune();
