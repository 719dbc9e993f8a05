import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { seeded } from '../../src/network/world/seeded.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { BatchView } from '../../src/protocol/node-api/batches.ts';
import { inquiryFile, sendTo } from '../support/batch-files.ts';
import { call } from '../support/call.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KUMAGAYA, MATSUE, testNetwork } from '../support/test-network.ts';

// Invariants 2 and 6 for batches: whatever the instant of a kill, a batch that was accepted goes on by itself, every
// row is asked of its provider once, and none is lost. A file that was not accepted leaves nothing.

const KILLS = 4;
const TURNS = 3;
const SEED = process.env.RENKEI_KILL_SEED ?? String(Date.now());

const Where = z.looseObject({ inquirer: z.looseObject({ url: z.string(), gyomu: z.string() }) });

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

async function start(folder: string) {
  const script = join(import.meta.dirname, 'children', 'network-until-killed.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the network did not start'))),
  ])) as [string];
  const { url, gyomu } = Where.parse(JSON.parse(line)).inquirer;
  return {
    send: (file: string) => sendTo(`${url}/v1/batches?concurrency=8`, gyomu, file),
    look: async (id: string) =>
      BatchView.parse((await call(`${url}/v1/batches/${id}`, undefined, { token: gyomu })).json),
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      expect((await gone)[1]).toBe('SIGKILL');
      running.delete(child);
    },
  };
}

test(`kill -9 in the middle of a batch, ${KILLS} times (RENKEI_KILL_SEED=${SEED})`, {
  timeout: 180_000,
}, async () => {
  const folder = temporaryFolder();
  const storage = { kind: 'folder', path: folder } as const;
  const first = await testNetwork({ storage, chance: 'system' });
  const persons = first.people().filter(({ hasCodeThere }) => hasCodeThere);
  const numbers = persons.map(({ number }) => number);
  const file = Array.from({ length: TURNS }, (_, turn) =>
    inquiryFile(first, numbers, { period: { from: `20${10 + turn}-04-01` } }),
  ).join('');
  await first.network.close();
  const rows = TURNS * numbers.length;
  const chance = seeded(SEED, 'kill in a batch');

  let accepted: string | undefined;
  let done = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const network = await start(folder);
    if (accepted !== undefined) {
      // What was told stays so, and it goes on without being asked to.
      const view = await network.look(accepted);
      expect(view.rows).toBe(rows);
      expect(view.done).toBeGreaterThanOrEqual(done);
    }
    const sending = network.send(file).then(
      ({ status, json }) => {
        expect([200, 201]).toContain(status);
        accepted ??= BatchView.parse(json).id;
        // The same file is the same batch, before a kill and after it.
        expect(json.id).toBe(accepted);
      },
      // The connection went with the process: nothing was acknowledged.
      () => undefined,
    );
    if (round === 0) {
      // While it is being checked, as a rule.
      await wait(chance.int(40));
    } else {
      await sending;
      const enough = Math.min(rows, done + 1 + chance.int(Math.ceil(rows / KILLS)));
      while (done < enough) done = (await network.look(accepted ?? '')).done;
      await wait(chance.int(8));
    }
    await network.kill();
    await sending;
  }
  expect(done).toBeGreaterThan(0);

  await using net = await testNetwork({ storage, chance: 'system' });
  await net.settled();
  const store = net.network.agency(MATSUE).node.store.read;
  const id = accepted ?? '';
  expect(store.batchesIn(['checking', 'running', 'stopped'])).toEqual([]);
  expect(store.batchesOf('business-system', 'gyomu', 9).map((each) => each.id)).toEqual([id]);
  const all = store.batchRows(id, { after: 0, limit: rows + 1 });
  expect(all.map(({ row }) => row)).toEqual(Array.from({ length: rows }, (_, at) => at + 1));

  const byExchange = (party: string) => Map.groupBy(net.records(party), (each) => each.exchange);
  const [gateway, inquirer, provider] = [GATEWAY, MATSUE, KUMAGAYA].map(byExchange);
  const counted = (
    records: ReturnType<typeof byExchange> | undefined,
    exchange: string,
    kind: string,
  ) => (records?.get(exchange) ?? []).filter((each) => each.kind === kind).length;
  const exchanges = new Set<string>();
  for (const { inquiry, state } of all) {
    expect(['provided', 'no_record', 'pending'], inquiry).toContain(state);
    const { exchange = '', state: its } = store.inquiry(inquiry) ?? {};
    expect(its).toBe(state);
    exchanges.add(exchange);
    const told = [gateway, inquirer, provider].map((records) => [
      counted(records, exchange, 'permitted'),
      counted(records, exchange, 'answered'),
    ]);
    // A `pending` that was lost with the process is told by its delivery alone.
    expect(told, inquiry).toEqual([
      [1, 1],
      [1, expect.any(Number)],
      [0, 1],
    ]);
  }
  expect(exchanges.size).toBe(rows);
  // Nobody was asked in any exchange that is not a row’s; a permit that was lost with the process was never used.
  const answered = [...(provider ?? [])].filter(
    ([exchange = '']) => counted(provider, exchange, 'answered') > 0,
  );
  expect(new Set(answered.map(([exchange]) => exchange))).toEqual(exchanges);
  const spent = [...(gateway ?? [])].filter(
    ([exchange = '']) => counted(gateway, exchange, 'answered') > 0,
  );
  expect(new Set(spent.map(([exchange]) => exchange))).toEqual(exchanges);
});
