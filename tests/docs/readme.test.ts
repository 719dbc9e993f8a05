import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAll, renkei, up } from '../cli/processes.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
/** Where the node of 松江市 listens. */
let node: string;
let env: { readonly RENKEI_RUNNING: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'renkei-readme-'));
  env = { RENKEI_RUNNING: join(folder, 'running.json') };
  const { ready } = await up(['--memory'], env);
  node = ready.agencies.find(({ code }) => code === '32201')?.url ?? '';
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

describe('examples/client/ask.ts', () => {
  const example = readFileSync(join(root, 'examples/client/ask.ts'), 'utf8');
  const linesOf = (text: string) => text.split('\n').map((line) => line.trim());

  test.each(['README.md', 'README.ja.md'])('is what %s shows of renkei/client', (file) => {
    const [, shown = ''] = /```ts\n([^`]+)```/.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    expect(shown).toContain("from 'renkei/client'");
    for (const line of linesOf(shown)) expect(linesOf(example)).toContain(line);
  });

  test('asks with a key of its own, and is told what the law denies', async () => {
    const key = join(folder, 'key.json');
    const entry = ['--agency', '32201', '--name', '健康情報システム', '--new-key', key];
    const { status, err } = await renkei(['systems', 'add', 'kenko', ...entry], env);
    expect(status, err).toBe(0);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['examples/client/ask.ts', node, key, '118835941569204'],
      { cwd: root },
    );
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'provided: 3 records',
      'information_not_listed: 特定個人情報が照合リストにありません (番号法第19条第8号、令和6年デジタル庁・総務省令第9号、25の項)',
      expect.stringContaining('25の項 予防接種法による予防接種の実施に関する情報'),
    ]);
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
