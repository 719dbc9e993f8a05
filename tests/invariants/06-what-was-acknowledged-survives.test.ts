import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { seeded } from '../../src/network/world/seeded.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { InquiryView } from '../../src/protocol/node-api/inquiries.ts';
import { sharedFacts } from '../../src/protocol/record.ts';
import { makeIds } from '../../src/service/ids.ts';
import { systemRandomness } from '../../src/service/randomness.ts';
import { call, type Reply } from '../support/call.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';

// Invariant 6: whatever was acknowledged survives a kill at any instant. What is recorded and what took effect never
// differ: the record is written in the same transaction as the effect.

const ROUNDS = 4;
const CALLERS = 8;
const SEED = process.env.RENKEI_KILL_SEED ?? String(Date.now());

const Party = z.object({
  url: z.string(),
  gyomu: z.string(),
  tanto: z.string(),
  jocho: z.string(),
});
const Where = z.object({ provider: Party, inquirer: Party });
type Where = z.infer<typeof Where>;

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

async function start(folder: string): Promise<{ child: ChildProcess; where: Where }> {
  const script = join(import.meta.dirname, 'children', 'network-until-killed.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the network did not start'))),
  ])) as [string];
  return { child, where: Where.parse(JSON.parse(line)) };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  const [, signal] = await gone;
  expect(signal).toBe('SIGKILL');
  running.delete(child);
}

interface Asked {
  readonly id: string;
  readonly somebody: Somebody;
  /** The furthest state that anybody was told. */
  told?: InquiryView['state'];
  exchange?: string | undefined;
  /** A member of staff was told that it was approved. */
  approved?: boolean;
}

test(`kill -9 under load, ${ROUNDS} times (RENKEI_KILL_SEED=${SEED})`, {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder();
  const people = await testNetwork({ storage: { kind: 'folder', path: folder }, chance: 'system' });
  const somebodies = people.people().filter(({ hasCodeThere }) => hasCodeThere);
  await people.network.close();
  const chance = seeded(SEED, 'kill');
  const newId = makeIds(systemRandomness);
  const all: Asked[] = [];

  const inquire = async ({ inquirer }: Where, asked: Asked): Promise<Reply> => {
    const { id, somebody } = asked;
    const reply = await call(
      `${inquirer.url}/v1/inquiries`,
      {
        id,
        integratedAddressNumber: somebody.number,
        provider: KUMAGAYA,
        item: '25',
        information: VACCINATION,
      },
      { token: inquirer.gyomu },
    );
    if (reply.status < 300) {
      const view = InquiryView.parse(reply.json);
      asked.told = view.state;
      asked.exchange = view.exchange;
    }
    return reply;
  };
  const step = async ({ provider }: Where, exchange: string, name: string, token: string) => {
    const path = `${provider.url}/v1/reviews/${exchange}`;
    const { seen = 'A'.repeat(43) } = (await call(path, undefined, { token })).json;
    return await call(`${path}/${name}`, { seen }, { token });
  };
  const approve = async (where: Where, asked: Asked): Promise<void> => {
    await step(where, asked.exchange ?? '', 'review', where.provider.tanto);
    const { status } = await step(where, asked.exchange ?? '', 'approve', where.provider.jocho);
    if (status === 200) asked.approved = true;
  };

  for (let round = 0; round < ROUNDS; round += 1) {
    const { child, where } = await start(folder);
    for (const asked of all.filter(({ told }) => told !== undefined)) {
      const reply = await call(`${where.inquirer.url}/v1/inquiries/${asked.id}`, undefined, {
        token: where.inquirer.gyomu,
      });
      expect(reply.status, `${asked.id}, told ${asked.told}, is gone`).toBe(200);
      const { state, exchange } = InquiryView.parse(reply.json);
      expect(exchange).toBe(asked.exchange);
      // Nothing goes back: an end stays that end, what waits may have come to one.
      if (asked.told === 'pending') expect(['pending', 'provided']).toContain(state);
      else expect(state).toBe(asked.told);
    }
    let acknowledged = 0;
    const enough = 3 + chance.int(20);
    let killed: Promise<void> | undefined;
    const callers = Array.from({ length: CALLERS }, async () => {
      while (!killed) {
        const asked: Asked = { id: newId(), somebody: chance.pick(somebodies) };
        all.push(asked);
        try {
          await inquire(where, asked);
          if (asked.told === 'pending' && chance.chance(0.7)) await approve(where, asked);
        } catch {
          // The connection went with the process: nothing was acknowledged.
          return;
        }
        acknowledged += 1;
        if (acknowledged >= enough) killed ??= kill(child);
      }
    });
    await Promise.all(callers);
    await killed;
  }

  // Whatever was tried is asked for again, and comes to its end; then the network is ended in order.
  const { child, where } = await start(folder);
  for (const asked of all) expect((await inquire(where, asked)).status).toBeLessThan(300);
  for (const asked of all.filter(({ told, approved }) => told === 'pending' && !approved)) {
    await approve(where, asked);
  }
  await kill(child);

  await using net = await testNetwork({
    storage: { kind: 'folder', path: folder },
    chance: 'system',
  });
  await net.network.maintain();
  const records = new Map(
    [GATEWAY, MATSUE, KUMAGAYA].map((party) => [
      party,
      Map.groupBy(net.records(party), ({ exchange }) => exchange),
    ]),
  );
  const recordsOf = (party: string, exchange: string) => records.get(party)?.get(exchange) ?? [];
  const answersOf = (party: string, exchange: string) =>
    recordsOf(party, exchange)
      .filter(({ kind }) => kind === 'answered')
      .map(sharedFacts);
  const ends = new Map<string, number>();
  const belonging = new Set<string>();
  for (const { id, told, approved } of all) {
    const { state, exchange = '' } = await net.inquiry(id);
    ends.set(state, (ends.get(state) ?? 0) + 1);
    belonging.add(exchange);
    expect(state, id).toBe(told === 'pending' ? 'provided' : told);
    if (approved) expect(state).toBe('provided');

    // Records and effects: the three agree, and nothing is there twice.
    const answers = answersOf(KUMAGAYA, exchange);
    expect(answersOf(GATEWAY, exchange)).toEqual(answers);
    const own = answersOf(MATSUE, exchange);
    // A `pending` that was lost with the process is told by its result alone.
    expect(own.length === answers.length ? own : [answers[0], ...own]).toEqual(answers);
    expect(new Set(answers.map(({ outcome }) => outcome)).size, id).toBe(answers.length);
    const counted = (party: string, kind: string) =>
      recordsOf(party, exchange).filter((each) => each.kind === kind).length;
    expect(counted(GATEWAY, 'permitted')).toBe(1);
    expect(counted(MATSUE, 'permitted')).toBe(1);
    expect(counted(GATEWAY, 'delivered')).toBeLessThanOrEqual(1);
    expect(counted(KUMAGAYA, 'approved')).toBe(answers.length - 1);
    const kept = net.network.gateway.gateway.store.read.exchange(exchange);
    expect(kept).toMatchObject({ state: 'answered', answerDigest: answers.at(-1)?.statement });
  }
  // Every exchange that the provider answered belongs to one inquiry, and to no two.
  const answered = [...(records.get(KUMAGAYA) ?? [])]
    .filter(([, own]) => own.some(({ kind }) => kind === 'answered'))
    .map(([exchange]) => exchange);
  expect(belonging.size).toBe(all.length);
  expect(new Set(answered)).toEqual(belonging);
  expect(net.network.agency(KUMAGAYA).node.store.read.outgoing()).toEqual([]);
  expect(all.length).toBeGreaterThan(25);
  expect(ends.get('provided') ?? 0).toBeGreaterThan(5);
});
