import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const RENKEI = fileURLToPath(new URL('../../bin/renkei.js', import.meta.url));

type Environment = Readonly<Record<string, string>>;

const launch = (args: readonly string[], env: Environment): ChildProcess =>
  spawn(process.execPath, [RENKEI, ...args], {
    // Nothing of whoever runs the tests: no colours, no running network of theirs.
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const children = new Set<ChildProcess>();

/** Ends what a test that failed half-way left running; for `afterAll`. */
export function endAll(): void {
  for (const child of children) child.kill('SIGKILL');
}

const all = (stream: NodeJS.ReadableStream | null) => (stream ? text(stream) : '');

/** Runs a command of renkei to its end. */
export async function renkei(args: readonly string[], env: Environment) {
  const child = launch(args, env);
  const [out, err, [status]] = await Promise.all([
    all(child.stdout),
    all(child.stderr),
    once(child, 'exit'),
  ]);
  return { status, out, err };
}

/** What `renkei up --json` writes when it is ready. */
export interface ReadyLine {
  readonly pid: number;
  readonly running: string;
  readonly control: string;
  readonly agencies: readonly { readonly code: string; readonly url: string }[];
}

/** Starts a network on free ports and waits until it is ready. */
export async function up(args: readonly string[], env: Environment) {
  const child = launch(['up', '--free-ports', '--json', ...args], env);
  children.add(child);
  child.once('exit', () => children.delete(child));
  const err = all(child.stderr);
  const exited = once(child, 'exit');
  if (!child.stdout) throw new TypeError('its output is a pipe');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error(await err);
  const ready: ReadyLine = JSON.parse(first.value);
  return {
    ready,
    /** Ends it. @returns exit code and what it said */
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal);
      const [status] = await exited;
      return { status, err: await err };
    },
  };
}
