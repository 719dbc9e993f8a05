import { appendFileSync, existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import { startNetwork } from '../../../src/network/start-network.ts';
import { seeded } from '../../../src/network/world/seeded.ts';
import { manualClock } from '../../../src/service/clock.ts';
import { makeIds } from '../../../src/service/ids.ts';
import { systemRandomness } from '../../../src/service/randomness.ts';
import { checkLogs, INQUIRER, PROVIDER, type Verified } from './check-logs.ts';

// Starts a network on what the last kill left, verifies every log, carries on what was under way, begins more, and
// kills itself at one write, chosen beforehand: before SQLite has it or after. `end` instead of a write: to the end.
const [path = '', seed = '', at = ''] = process.argv.slice(2);
const files = {
  acknowledged: join(path, 'acknowledged'),
  begun: join(path, 'begun'),
  verified: join(path, 'verified.json'),
};
const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
const CALLERS = 6;

const VACCINATION = '予防接種法による予防接種の実施に関する情報';

// What is always the same comes as it was read and checked: a start is repeated two hundred times.
const network = await startNetwork({
  ...JSON.parse(readFileSync(join(path, 'given.json'), 'utf8')),
  folder: join(import.meta.dirname, '../../..'),
  storage: { kind: 'folder', path: join(path, 'data') },
  clock: manualClock('2026-11-22T09:00:00+09:00'),
  freePorts: true,
});
const again = existsSync(files.verified);
// Whoever is killed writes no cache at its end.
if (!again) flushCompileCache();
const before: Verified = again ? JSON.parse(readFileSync(files.verified, 'utf8')) : {};
const verified = await checkLogs(network, before, linesOf(files.acknowledged));
writeFileSync(`${files.verified}`, JSON.stringify(verified));

const chance = seeded(seed, at);
const newId = makeIds(systemRandomness);
const there = new Map(
  network.world.agencies.get(PROVIDER)?.persons.map((person) => [person.individualNumber, person]),
);
const somebodies = (network.world.agencies.get(INQUIRER)?.persons ?? []).filter(
  ({ hasCode, individualNumber }) => hasCode && there.get(individualNumber)?.hasCode,
);
const done = new Set(linesOf(files.acknowledged).map((line) => line.split(' ')[0] ?? ''));
const open = linesOf(files.begun)
  .map((line) => line.split(' ') as [id: string, number: string])
  .filter(([id]) => !done.has(id));

if (at !== 'end') killAtWrite(Number(at), chance.chance(0.5));
const next = (): [id: string, number: string] | undefined => {
  const left = open.shift();
  if (left || at === 'end') return left;
  const begun: [string, string] = [newId(), chance.pick(somebodies).integratedAddressNumber];
  appendFileSync(files.begun, `${begun.join(' ')}\n`);
  return begun;
};
await Promise.all(Array.from({ length: CALLERS }, () => caller()));
const ended = linesOf(files.acknowledged);
await checkLogs(network, verified, ended);
await network.close();
writeSync(
  1,
  `${JSON.stringify({ acknowledged: ended.length, begun: linesOf(files.begun).length })}\n`,
);

async function caller(): Promise<void> {
  const token = network.credentials.get(INQUIRER)?.businessSystem;
  for (let asked = next(); asked; asked = next()) {
    const [id, integratedAddressNumber] = asked;
    const body = { id, integratedAddressNumber, provider: PROVIDER, item: '25' };
    const reply = await network.agency(INQUIRER).app.request('/v1/inquiries', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ ...body, information: VACCINATION }),
    });
    const view = (await reply.json()) as { state?: string; exchange?: string };
    if (reply.status === 202) await approve(view.exchange ?? '');
    // Told before anything else happens: from now on it must be found.
    else if (view.state === 'provided' || view.state === 'no_record') {
      appendFileSync(files.acknowledged, `${id} ${view.exchange} ${view.state}\n`);
    } else throw new Error(`${reply.status} ${JSON.stringify(view)}`);
    if (reply.status === 202) open.push(asked);
  }
}

/** Two people decide; then it is asked for again until the answer has come. */
async function approve(exchange: string): Promise<void> {
  const { app } = network.agency(PROVIDER);
  for (const [step, who] of [
    ['review', 'tanto'],
    ['approve', 'jocho'],
  ] as const) {
    const headers = {
      authorization: `Bearer ${network.credentials.get(PROVIDER)?.staff[who]}`,
      'content-type': 'application/json',
    };
    const shown = await app.request(`/v1/reviews/${exchange}`, { headers });
    const { seen = 'A'.repeat(43) } = (await shown.json()) as { seen?: string };
    // What was done before the kill is done: state_conflict.
    const body = JSON.stringify({ seen });
    await app.request(`/v1/reviews/${exchange}/${step}`, { method: 'POST', headers, body });
  }
  await network.settled();
}

function killAtWrite(last: number, afterwards: boolean): void {
  // Typed access to what is replaced; `this` is the statement.
  const { run } = StatementSync.prototype;
  let count = 0;
  StatementSync.prototype.run = function (this: StatementSync, ...values) {
    count += 1;
    if (count === last && !afterwards) process.kill(process.pid, 'SIGKILL');
    const result = run.apply(this, values as Parameters<typeof run>);
    if (count === last) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}
