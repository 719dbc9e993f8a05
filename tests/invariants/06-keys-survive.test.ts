import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { seeded } from '../../src/network/world/seeded.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { InquiryView } from '../../src/protocol/node-api/inquiries.ts';
import { makeIds } from '../../src/service/ids.ts';
import { systemRandomness } from '../../src/service/randomness.ts';
import { call } from '../support/call.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

// Invariant 6, of keys: kill -9 at any moment of a rotation, with and without overlap, under load. The node
// is able to sign, the gateway knows the key that it signs with, and nothing happened twice.

const ROUNDS = 3;
const CALLERS = 4;
const SEED = process.env.RENKEI_KILL_SEED ?? String(Date.now());

const Party = z.object({ url: z.string(), gyomu: z.string(), kanri: z.string() });
const Where = z.object({ provider: Party, inquirer: Party });
type Where = z.infer<typeof Where>;
const Keys = z.object({ keys: z.array(z.object({ kid: z.string(), state: z.string() })) });

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

async function start(folder: string): Promise<{ child: ChildProcess; where: Where }> {
  const script = join(import.meta.dirname, 'children', 'network-until-killed.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the network did not start'))),
  ])) as [string];
  return { child, where: Where.parse(JSON.parse(line)) };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  running.delete(child);
}

test(`kill -9 while keys rotate, ${ROUNDS} times (RENKEI_KILL_SEED=${SEED})`, {
  timeout: 90_000,
}, async () => {
  const folder = temporaryFolder();
  const people = await testNetwork({ storage: { kind: 'folder', path: folder }, chance: 'system' });
  const somebodies = people.people().filter(({ hasCodeThere, copy }) => hasCodeThere && copy);
  await people.network.close();
  const chance = seeded(SEED, 'kill keys');
  const newId = makeIds(systemRandomness);
  const asked: { id: string; somebody: Somebody; told?: string }[] = [];
  /** Keys that somebody was told are in use, by agency. */
  const acknowledged = { provider: new Set<string>(), inquirer: new Set<string>() };

  const inquire = async ({ inquirer }: Where, it: (typeof asked)[number]) => {
    const ask = {
      id: it.id,
      integratedAddressNumber: it.somebody.number,
      ...{ provider: KUMAGAYA, item: '25', information: VACCINATION },
    };
    const reply = await call(`${inquirer.url}/v1/inquiries`, ask, { token: inquirer.gyomu });
    if (reply.status < 300) it.told = InquiryView.parse(reply.json).state;
    return reply;
  };
  const keysAt = async ({ url, kanri }: Where['provider']) =>
    Keys.parse((await call(`${url}/v1/keys`, undefined, { token: kanri })).json).keys;

  for (let round = 0; round < ROUNDS; round += 1) {
    const { child, where } = await start(folder);
    for (const party of ['provider', 'inquirer'] as const) {
      const keys = await keysAt(where[party]);
      expect(keys.filter(({ state }) => state === 'current')).toHaveLength(1);
      const settled = keys.filter(({ state }) => state !== 'announced').map(({ kid }) => kid);
      for (const kid of acknowledged[party]) expect(settled, party).toContain(kid);
    }
    // Whatever was interrupted, messages signed now are accepted at once.
    const first = { id: newId(), somebody: chance.pick(somebodies) };
    asked.push(first);
    expect((await inquire(where, first)).status).toBeLessThan(300);

    let rotations = 0;
    const enough = 1 + chance.int(6);
    let killed: Promise<void> | undefined;
    const die = () => {
      killed ??= kill(child);
    };
    const callers = Array.from({ length: CALLERS }, async () => {
      while (!killed) {
        const it = { id: newId(), somebody: chance.pick(somebodies) };
        asked.push(it);
        // What a revoked key signed is refused; it is asked again below.
        await inquire(where, it).catch(die);
      }
    });
    const rotators = (['provider', 'inquirer'] as const).map(async (party) => {
      const { url, kanri } = where[party];
      while (!killed) {
        const now = chance.chance(0.7);
        try {
          const reply = await call(`${url}/v1/keys/rotate`, { now }, { token: kanri });
          if (reply.status === 200) {
            const [latest] = Keys.parse(reply.json).keys;
            if (latest) acknowledged[party].add(latest.kid);
          } else expect([202, 409], reply.text).toContain(reply.status);
        } catch {
          return;
        }
        rotations += 1;
        // The next is on its way when the process ends.
        if (rotations >= enough) setTimeout(die, chance.int(12));
      }
    });
    await Promise.all([...callers, ...rotators]);
    await killed;
  }

  await using net = await testNetwork({
    storage: { kind: 'folder', path: folder },
    chance: 'system',
  });
  await net.network.maintain();
  let made = 0;
  for (const [party, code] of [
    ['provider', KUMAGAYA],
    ['inquirer', MATSUE],
  ] as const) {
    const { node } = net.network.agency(code);
    const { known } = node.keys;
    expect(known.filter(({ state }) => state === 'announced')).toEqual([]);
    const current = known.find(({ state }) => state === 'current');
    expect(node.signer.kid).toBe(current?.kid);
    const book = net.network.gateway.gateway.agencies.find(code)?.keys ?? [];
    const signing = book.filter(({ use, retiresAt }) => use === 'node' && retiresAt === undefined);
    expect(signing).toMatchObject([{ kid: current?.kid, x: current?.x }]);
    for (const kid of acknowledged[party]) expect(known.map((key) => key.kid)).toContain(kid);
    // One record for each key, where it came to be and where it was taken.
    const own = net.records(code).filter(({ kind }) => kind === 'keys_changed');
    expect(own).toHaveLength(known.length - 1);
    made += known.length - 1;
  }
  const taken = net.records(GATEWAY).filter(({ kind }) => kind === 'keys_changed');
  expect(taken).toHaveLength(made);
  expect(new Set(taken.map(({ statement }) => statement)).size).toBe(made);
  expect(made).toBeGreaterThan(ROUNDS);

  // Every inquiry comes to its end, and nothing that was told is taken back.
  for (const { id, somebody, told } of asked) {
    const view = InquiryView.parse((await net.inquire(somebody, { id })).json);
    expect(['provided', 'pending', 'no_record'], id).toContain(view.state);
    if (told !== undefined && told !== 'open') expect(view.state).toBe(told);
  }
  expect(asked.length).toBeGreaterThan(ROUNDS * CALLERS);
});
