import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { seeded } from '../../src/network/world/seeded.ts';
import { call, type Reply } from '../support/call.ts';
import { temporaryFolder } from '../support/folder.ts';
import { VACCINATING } from '../support/persons.ts';
import { KUMAGAYA, testNetwork } from '../support/test-network.ts';

// A merge is a change of two databases. Whatever is killed between them, what was approved comes to its end, once.

const SEED = process.env.RENKEI_KILL_SEED ?? String(Date.now());
const chance = seeded(SEED, 'kill between two databases');
const folder = temporaryFolder();
const Where = z.object({ url: z.string(), tanto: z.string(), jocho: z.string() });
type Where = z.infer<typeof Where>;

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

async function start(when: 'before' | 'after' | 'never') {
  const script = join(import.meta.dirname, 'children', 'persons-until-killed.ts');
  const child = spawn(process.execPath, [script, folder, when], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const gone = once(child, 'exit').then(([, signal]) => {
    running.delete(child);
    return signal as NodeJS.Signals;
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    gone.then(() => Promise.reject(new Error('the network did not start'))),
  ])) as [string];
  return { child, gone, where: Where.parse(JSON.parse(line)) };
}

const post = ({ url, ...tokens }: Where, who: 'tanto' | 'jocho', path: string, body: object) =>
  call(`${url}${path}`, body, { token: tokens[who] });
/** The answer, or undefined when the connection went with the process. */
const orKilled = (reply: Promise<Reply>): Promise<Reply | undefined> =>
  reply.catch(() => undefined);

let people: { stays: string; basics: object }[] = [];
beforeAll(async () => {
  const net = await testNetwork({ storage: { kind: 'folder', path: folder }, chance: 'system' });
  people = (net.network.world.agencies.get(KUMAGAYA)?.persons ?? []).map(
    ({ integratedAddressNumber, name, kana, birthDate, sex, address }) => ({
      stays: integratedAddressNumber,
      basics: { name, kana, birthDate, sex, address },
    }),
  );
  await net.network.close();
}, 60_000);

interface Tried {
  readonly stays: string;
  readonly goes: string;
  readonly id: string;
  acknowledged?: boolean;
}
const tried: Tried[] = [];

/** Registers somebody twice and proposes to merge them. */
async function propose(where: Where): Promise<Tried> {
  const { stays, basics } = people[tried.length] ?? { stays: '', basics: {} };
  const addressNumbers = [{ system: 'gyomu', addressNumber: `000009${chance.digits(9)}` }];
  const body = { affair: VACCINATING, basics, addressNumbers };
  const registered = await post(where, 'tanto', '/v1/persons', body);
  const goes = String(registered.json.integratedAddressNumber);
  const proposed = await post(where, 'tanto', '/v1/changes/merge', { stays, goes });
  expect(proposed.status, proposed.text).toBe(201);
  const it = { stays, goes, id: String(proposed.json.id) };
  tried.push(it);
  return it;
}

test(`kill -9 between the two databases (RENKEI_KILL_SEED=${SEED})`, {
  timeout: 90_000,
}, async () => {
  for (const when of ['before', 'after'] as const) {
    const { where, gone } = await start(when);
    const it = await propose(where);
    expect(
      await orKilled(post(where, 'jocho', `/v1/changes/${it.id}/approve`, {})),
    ).toBeUndefined();
    expect(await gone).toBe('SIGKILL');
    // Approved, and so it comes to its end by itself: the next start carries it out.
  }
  for (const _ of [1, 2]) {
    const { child, where, gone } = await start('never');
    const some = [await propose(where), await propose(where), await propose(where)];
    const enough = chance.int(some.length);
    let answers = 0;
    await Promise.all(
      some.map(async (it) => {
        const reply = await orKilled(post(where, 'jocho', `/v1/changes/${it.id}/approve`, {}));
        if (reply?.status === 200) it.acknowledged = true;
        answers += 1;
        if (answers > enough) child.kill('SIGKILL');
      }),
    );
    expect(await gone).toBe('SIGKILL');
  }

  await using net = await testNetwork({
    storage: { kind: 'folder', path: folder },
    chance: 'system',
  });
  await net.network.maintain();
  const { read } = net.addressNumbers(KUMAGAYA).system.store;
  const atTheNode = net.network.agency(KUMAGAYA).node.store.read;
  const operations = atTheNode.operations(0, 1_000_000).map(({ operation }) => operation);
  const accesses = read.accesses(0, 1_000_000).map(({ access }) => access);
  expect(tried).toHaveLength(8);
  for (const { id, stays, goes, acknowledged } of tried) {
    const state = read.change(id)?.state;
    // Killed before the approval was written it is still a proposal, and nothing has happened anywhere.
    expect(['done', 'proposed'], id).toContain(state);
    const done = state === 'done';
    if (acknowledged) expect(done).toBe(true);
    expect(read.person(goes)?.mergedInto).toBe(done ? stays : undefined);
    expect(atTheNode.mergedInto(goes)).toBe(done ? stays : undefined);
    expect(read.person(stays)?.hasIndividualNumber).toBe(true);
    expect(read.addressNumbersOf(stays)).toHaveLength(done ? 2 : 1);
    const noted = operations.filter(
      (line) => line.operation === 'persons.change' && line.subject === id,
    );
    expect(noted).toHaveLength(done ? 2 : 0);
    const ended = accesses.filter(
      (line) => line.operation === 'changes.merge' && line.subject === id,
    );
    expect(ended).toHaveLength(done ? 2 : 0);
  }
  // Both of those that were killed in between had been approved.
  for (const { id } of tried.slice(0, 2)) expect(read.change(id)?.state).toBe('done');
  expect(read.verifyLog().broken).toBeUndefined();
});
