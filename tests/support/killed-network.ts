import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import { z } from 'zod';
import { call } from './call.ts';

const Party = z.object({
  url: z.string(),
  gyomu: z.string(),
  tanto: z.string(),
  jocho: z.string(),
});
const Told = z.object({
  provider: Party,
  inquirer: Party,
  control: z.string(),
  /** Whom 松江 asks 熊谷 about: somebody who is answered at once, somebody who waits for a review. */
  resident: z.string(),
  flagged: z.string(),
});
/** What a network in a process of its own tells of itself. */
export type Told = z.infer<typeof Told>;

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a network in a process of its own, in which one kind of message is held on its way. */
export async function startHeld(
  folder: string,
  /** Its name, and which leg. */
  ...held: readonly string[]
): Promise<{ child: ChildProcess; told: Told }> {
  const script = join(import.meta.dirname, 'held-until-killed.ts');
  const child = spawn(process.execPath, [script, folder, ...held], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the network did not start'))),
  ])) as [string];
  return { child, told: Told.parse(JSON.parse(line)) };
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  running.delete(child);
}

const Journal = z.object({ entries: z.array(z.object({ kind: z.string() })) });

/** Whether the journal has an entry of a kind: `fault` when a message is held. */
export async function happened({ control }: Told, wanted: string): Promise<boolean> {
  const { json } = await call(`${control}/v1/journal?limit=1000`);
  return Journal.parse(json).entries.some(({ kind }) => kind === wanted);
}
