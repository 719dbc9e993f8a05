import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAll, renkei, up } from '../cli/processes.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
let env: { readonly RENKEI_RUNNING: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'renkei-readme-'));
  env = { RENKEI_RUNNING: join(folder, 'running.json') };
  await up(['--memory'], env);
});
afterAll(async () => {
  endAll();
  await rm(folder, { recursive: true });
});

/** The commands that a document shows, each with the lines that it says come out; `…` stands for others. */
const samples = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/```console\n\$ (.+)\n([^`]+)```/g)].map(
    ([, command = '', output = '']) => ({
      command,
      lines: output.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '…'),
    }),
  );

/** What is another every time: durations, and the digest of freshly sealed bytes. */
const steady = (line: string): string =>
  line
    .replace(/\+ *[0-9.,]+ ms/, '+ ms')
    .replace(/SHA-256 .*$/, 'SHA-256')
    .replace(/ +/g, ' ')
    .trim();

describe.each(['README.md', 'README.ja.md'])('%s', (file) => {
  const shown = samples(file);

  test('shows a permitted and a denied inquiry, their history, and drift', () =>
    expect(shown).toHaveLength(4));

  test.each(shown)('$command', async ({ command, lines }) => {
    const [node, script, ...args] = command.split(' ');
    expect([node, script]).toEqual(['node', 'bin/renkei.js']);
    const { out } = await renkei(args, env);
    const printed = out.split('\n').map(steady);
    for (const line of lines) expect(printed).toContain(steady(line));
  });
});

test.each(['README.md', 'README.ja.md', 'ARCHITECTURE.md'])(
  'links of %s lead somewhere',
  (file) => {
    const links = [...readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)];
    for (const [, target = ''] of links)
      expect(() => readFileSync(join(root, target))).not.toThrow(/ENOENT/);
  },
);
