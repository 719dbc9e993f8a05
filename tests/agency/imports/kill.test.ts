import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finishImports } from '../../../src/agency/core/copies/imports/import-copies.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { bigFile, PERSONS } from './children/import-until-killed.ts';
import { keeperOn } from './keeper.ts';

const CHILD = join(import.meta.dirname, 'children', 'import-until-killed.ts');

async function run(path: string, income: number, killAfter: number) {
  const child = spawn(process.execPath, [CHILD, path, String(income), String(killAfter)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const [, signal] = await once(child, 'close');
  return { signal, said: said.join('') };
}

/** Storage with every person’s copy as an earlier file left it. */
async function before(): Promise<string> {
  const path = join(temporaryFolder(), 'node.db');
  const keeper = keeperOn(path);
  expect(await keeper.take(bigFile(1))).toMatchObject({ state: 'applied', added: PERSONS });
  await keeper.settled();
  await keeper.close();
  return path;
}

test('kill -9 after any transaction of an import: it leaves nothing, or is carried out, and nothing twice', {
  timeout: 60_000,
}, async () => {
  const path = await before();
  const whole = await run(path, 2, 1_000_000);
  const { state, transactions } = JSON.parse(whole.said);
  expect(state).toBe('applied');
  expect(transactions).toBeGreaterThan(8);

  const ends = new Set<string>();
  let held = 2;
  // Begun, staged, accepted, some on the way, the last.
  for (const killAfter of [1, 2, 3, 4, 6, transactions - 1]) {
    const income = 10 + killAfter;
    const { signal } = await run(path, income, killAfter);
    expect(signal, `after ${killAfter} of ${transactions}`).toBe('SIGKILL');
    const keeper = keeperOn(path);
    const open = keeper.read.copyImportsIn(['reading', 'accepted']);
    const reading = open.some((it) => it.state === 'reading');
    await finishImports(keeper.node);
    await finishImports(keeper.node);

    // Accepted with its line in the operation log, or nothing of it anywhere.
    const imports = keeper.read.copyImports(100);
    const lines = keeper.read
      .operations(0, 1000)
      .filter(({ operation: it }) => it.outcome === 'done');
    expect(lines).toHaveLength(imports.length);
    expect(new Set(imports.map((each) => each.state))).toEqual(new Set(['applied']));
    expect(keeper.read.stagedPersons(0, 1)).toEqual([]);
    if (!reading) {
      held = income;
      const [last] = imports;
      expect(last).toMatchObject({ replaced: PERSONS, added: 0, unchanged: 0, persons: PERSONS });
      expect(last?.applied).toBe(last?.staged);
    }
    const copies = keeper.read.copiesAfter(undefined, 2 * PERSONS);
    expect(copies).toHaveLength(PERSONS);
    for (const { records } of copies) {
      expect(records.split(`"合計所得金額":${held},`).length - 1).toBe(JSON.parse(records).length);
    }
    ends.add(reading ? 'nothing' : open.length === 0 ? 'done before' : 'carried out');
    await keeper.close();
  }
  expect(ends).toEqual(new Set(['nothing', 'carried out', 'done before']));
});
