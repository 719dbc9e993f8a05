import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { endAll, renkei, up } from './processes.ts';

const VACCINATION = '予防接種法による予防接種の実施に関する情報';
const PANDEMIC = '新型インフルエンザ等対策特別措置法による予防接種の実施に関する情報';
const TAX = '地方税関係情報';

let folder: string;
let env: { readonly RENKEI_RUNNING: string };
let network: Awaited<ReturnType<typeof up>>;
const Residents = z.object({
  ordinary: z.string(),
  autoResponseDisabled: z.string(),
  noCodeAtProvider: z.string(),
});
let residents: z.infer<typeof Residents>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'renkei-query-'));
  env = { RENKEI_RUNNING: join(folder, 'running.json') };
  network = await up(['--memory', '--seed', 'renkei'], env);
  const examples = `${network.ready.control}/v1/examples?inquirer=32201&provider=11202`;
  residents = Residents.parse(await (await fetch(examples)).json());
});
afterAll(async () => {
  endAll();
  await rm(folder, { recursive: true });
});

const query = (information: string, resident: string, ...more: string[]) =>
  renkei(
    [
      ...['query', '--from', '32201', '--to', '11202', '--item', '25'],
      ...['--information', information, '--resident', resident, ...more],
    ],
    env,
  );

describe('an inquiry that is answered', () => {
  test('is shown step by step, with its answer at the end', async () => {
    const { status, out, err } = await query(VACCINATION, residents.ordinary);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const steps = out.split('\n').filter((line) => /^ *[0-9]+ +\+[0-9]/.test(line));
    expect(steps).toHaveLength(9);
    for (const [at, part] of [
      'inquiry',
      'permit request',
      'decision',
      'permit',
      'query',
      'request to provide',
      'answer',
      'answer',
      'opened',
    ].entries()) {
      expect(steps[at]).toContain(part);
    }
    expect(steps[2]).toContain('許可 permitted 項 item 25');
    expect(steps[6]).toMatch(/11202 熊谷市長 → gateway .* 封 sealed [0-9,]+ B, SHA-256 /);
    expect(out).toContain('提供されました PROVIDED');
    // The layout’s own order; items without a value are left out.
    expect(out).toMatch(/記録 record 1\n +接種種別 .*\n +接種区分 /);
    expect(out).toMatch(/値のない [0-9]+ 項目は省略/);
    expect(out).not.toContain('ツベルクリン判定');
    expect(out).not.toContain('\u001b[');
  });

  test('is one JSON document on demand; the same id asks once only', async () => {
    const first = await query(VACCINATION, residents.ordinary, '--json');
    expect(first.status).toBe(0);
    const document = JSON.parse(first.out);
    expect(document.inquiry).toMatchObject({ from: '32201', provider: '11202', item: '25' });
    expect(document.steps.map((step: { kind: string }) => step.kind)).toEqual([
      ...['inquiry', 'permit-request', 'decision', 'permit', 'query'],
      ...['provide-request', 'answer', 'answer', 'opened'],
    ]);
    expect(document.result).toMatchObject({ state: 'provided', answer: { layoutVersion: 'K-1' } });

    const { id } = document.inquiry;
    const again = await query(VACCINATION, residents.ordinary, '--json', '--id', id);
    const second = JSON.parse(again.out);
    expect(second.result).toEqual(document.result);
    expect(second.steps.slice(9).map((step: { kind: string }) => step.kind)).toEqual(['inquiry']);
    const other = await query(PANDEMIC, residents.ordinary, '--id', id);
    expect(other.status).toBe(1);
    expect(other.out).toContain('state_conflict');
  });
});

test('an inquiry that the law does not allow says what it does allow, and ends with 4', async () => {
  const { status, out } = await query(TAX, residents.ordinary);
  expect(status).toBe(4);
  expect(out).toContain('不許可 DENIED  information_not_listed');
  expect(out).toContain('根拠 legal ground  番号法第19条第8号');
  const allowed = out.slice(out.indexOf('what the law does allow'));
  expect(allowed).toContain(`市町村長 → ${VACCINATION}`);
  expect(allowed).toContain(`市町村長 → ${PANDEMIC}`);
  expect(allowed).toContain(`--item 25 --information ${VACCINATION} --resident`);
  expect(out).not.toContain('request to provide');

  const json = JSON.parse((await query(TAX, residents.ordinary, '--json')).out);
  expect(json.problem).toMatchObject({ code: 'information_not_listed', status: 403 });
  expect(json.problem.nearest).toHaveLength(3);
});

test('an inquiry about somebody whom the provider has no code for ends with 4', async () => {
  const { status, out } = await query(VACCINATION, residents.noCodeAtProvider);
  expect(status).toBe(4);
  expect(out).toContain('不許可 DENIED  provider_code_unknown');
  expect(out).toContain('番号法施行令第26条');
});

test('an inquiry that waits for review says so and how to look again', async () => {
  const { status, out } = await query(VACCINATION, residents.autoResponseDisabled);
  expect(status).toBe(0);
  expect(out).toContain('確認待ち PENDING');
  expect(out).toContain('two members of staff');
  const again = /renkei\.js query .* --id ([\w-]{22})$/m.exec(out);
  expect(out).toContain(`照会 inquiry  ${again?.[1]}`);
});

describe('what cannot be asked ends with 1', () => {
  test('no agency to ask', async () => {
    const { status, out, err } = await renkei(['query', '--from', '32201'], env);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain('誤り error  usage');
    expect(err).toContain("'--to <code>'");
  });

  test('a resident who is no number, an inquirer who does not take part', async () => {
    const number = await query(VACCINATION, '1234');
    expect(number).toMatchObject({ status: 1, out: '' });
    expect(number.err).toContain('--resident must be fifteen digits');
    const from = await query(VACCINATION, residents.ordinary, '--from', '32202');
    expect(from).toMatchObject({ status: 1, out: '' });
    expect(from.err).toMatch(/did you mean 322?0/);
  });
});

test('without a network, it says so and ends with 3', async () => {
  const nowhere = { RENKEI_RUNNING: join(folder, 'none.json') };
  const { status, out, err } = await renkei(
    [
      ...['query', '--from', '32201', '--to', '11202', '--item', '25'],
      ...['--information', VACCINATION, '--resident', residents.ordinary],
    ],
    nowhere,
  );
  expect({ status, out }).toEqual({ status: 3, out: '' });
  expect(err).toContain('network_not_running');
  expect(err).toContain('renkei up');
});

test('the running file is for its owner only', async () => {
  expect((await stat(env.RENKEI_RUNNING)).mode & 0o777).toBe(0o600);
});
