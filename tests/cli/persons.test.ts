import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { failureOf } from '../../src/cli/output/failure.ts';
import { personsCommand } from '../../src/cli/persons/command.ts';
import { seeded } from '../../src/network/world/seeded.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';
import { personsOf } from '../support/persons.ts';
import { KUMAGAYA, type TestNetwork, testNetwork } from '../support/test-network.ts';
import { runCommand, runningFile } from './command-in-process.ts';

// `renkei persons`: the address-number system from the shell.

let net: TestNetwork;
let running: string;
let persons: ReturnType<typeof personsOf>;
beforeAll(async () => {
  net = await testNetwork();
  running = runningFile(net);
  persons = personsOf(net);
});
afterAll(() => net.network.close());

const AT = () => ['--agency', KUMAGAYA, '--running', running];
const run = async (...args: string[]) => runCommand(personsCommand(), [...args, ...AT()]);
const out = async (...args: string[]) => (await run(...args)).out;
const json = async (...args: string[]) => JSON.parse(await out(...args, '--json'));
const failing = (...args: string[]) =>
  run(...args).then(
    ({ out: said }) => expect.fail(`it succeeded: ${said}`),
    (error: unknown) => failureOf(error),
  );
const chance = seeded('persons in the shell');
const freshNumber = () => individualNumberWithCheckDigit(chance.digits(11));

/** What is on standard input while something runs. */
async function typing<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
  const before = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {};
  Object.defineProperty(process, 'stdin', { value: Readable.from([text]), configurable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(process, 'stdin', before);
  }
}

test('R-501: finds somebody by the number on standard input, or by a system’s own, and back', async () => {
  const { integratedAddressNumber, individualNumber, addressNumber, name } = persons.person();
  const found = await typing(`${individualNumber}\n`, () => out('find'));
  expect(found).toBe(`${integratedAddressNumber}\n`);
  expect(await out('find', '--address-number', addressNumber)).toBe(`${integratedAddressNumber}\n`);
  expect(await out('number', integratedAddressNumber)).toBe(`${individualNumber}\n`);
  const shown = await out('show', integratedAddressNumber);
  expect(shown).toContain(name);
  expect(shown).toContain(`gyomu ${addressNumber}`);
  expect(shown).not.toContain(individualNumber);
  expect((await failing('number', integratedAddressNumber, '--as', 'tanto')).code).toBe(
    'not_authorised',
  );
  expect((await failing('show', integratedAddressNumber, '--affair', '別の事務')).code).toBe(
    'not_authorised',
  );
  expect((await failing('show', integratedAddressNumber, '--as', 'nobody')).code).toBe('usage');
});

test('an individual number is never an argument, nor told again when it is wrong', async () => {
  const number = freshNumber();
  const wrote = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const grouped = `${number.slice(0, 4)}-${number.slice(4, 8)}-${number.slice(8)}`;
  for (const word of [number, `--number=${number}`, grouped]) {
    await main(['persons', 'find', word, '--agency', KUMAGAYA]);
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
  }
  const said = wrote.mock.calls.map(([text]) => String(text)).join('');
  wrote.mockRestore();
  expect(said.match(/usage/g)).toHaveLength(3);
  expect(said).toContain('history');
  expect(said).not.toContain(number);
  expect(said).not.toContain(grouped);
  const wrong = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
  const failure = await typing(`${wrong}\n`, () => failing('find'));
  expect(failure.code).toBe('message_malformed');
  expect(JSON.stringify(failure.findings)).not.toContain(wrong);
  expect((await typing('', () => failing('find'))).code).toBe('usage');
});

test('R-503: confirms a person item by item; exit 4 when something does not match', async () => {
  const { integratedAddressNumber, individualNumber, name, birthDate } = persons.person(1);
  const same = await run(
    'confirm',
    integratedAddressNumber,
    '--name',
    name,
    '--birth-date',
    birthDate,
  );
  expect(same).toMatchObject({ exit: 0 });
  expect(same.out).toContain('一致 match');
  const other = await typing(`${individualNumber}\n`, () =>
    run('confirm', '--name', '別人', '--birth-date', birthDate),
  );
  expect(other.exit).toBe(4);
  expect(other.out).toContain('不一致');
  expect(other.out).not.toContain(name);
});

test('registers, changes, merges, splits; another person approves', async () => {
  const { integratedAddressNumber: stays, name, kana, birthDate, sex, address } = persons.person(2);
  const told = [
    ...['--name', name, '--kana', kana, '--birth-date', birthDate],
    ...['--sex', sex, '--address', address],
  ];
  const own = ['--address-number', 'gyomu:000009000000001'];
  const goes = (await out('register', ...told, ...own, '--without-number')).trim();
  expect(goes).toMatch(/^\d{15}$/);
  expect(await out('change', goes, '--address', '別の所')).toContain('changed');
  expect(
    await typing(`${freshNumber()}\n`, () => out('change', goes, '--number', 'assigned')),
  ).toContain('changed');
  expect((await failing('change', goes)).code).toBe('usage');

  const needs = await failing('merge', stays, goes);
  expect(needs).toMatchObject({ code: 'state_conflict' });
  const { id } = await json('merge', stays, goes, '--number-of', 'stays');
  expect(await out('changes')).toContain(id);
  expect((await failing('approve', id, '--as', 'tanto')).code).toBe('not_authorised');
  expect(await out('approve', id)).toContain('done');
  expect(await out('show', goes)).toContain(stays);

  const split = await json('split', stays, ...told, '--to', goes, ...own);
  expect(await out('decline', split.id)).toContain('declined');
  const again = await out('split', stays, ...told, '--to', goes, ...own);
  expect(again).toContain('persons approve');
  const [open] = (await json('changes')).changes;
  expect(await out('approve', open.id)).toContain('done');
  expect((await json('show', goes)).addressNumbers).toEqual([
    { system: 'gyomu', addressNumber: '000009000000001' },
  ]);
  expect(await out('acquire', stays)).toContain('acquired: 0');
  expect((await failing('split', stays, ...told, '--address-number', 'gyomu')).code).toBe('usage');
  expect((await failing('merge', stays, goes, '--copies', 'x=y')).code).toBe('usage');
});

test('R-502: grants are given, listed and withdrawn; R-605: the log is shown and verified', async () => {
  const affair = '児童手当法による児童手当の支給に関する事務';
  const about = ['--department', 'こども課', '--affair', affair, '--right', 'show'];
  const { integratedAddressNumber: person } = persons.person(3);
  const look = ['show', person, '--affair', affair, '--as', 'tanto2'];
  expect((await failing(...look)).code).toBe('not_authorised');
  const { id } = await json('grant', 'tanto2', ...about);
  expect(await out(...look)).toContain(person);
  expect(await out('grants')).toContain('こども課');
  expect(await out('withdraw', id)).toContain('1');
  expect((await failing(...look)).code).toBe('not_authorised');
  expect(await out('withdraw', '--all', 'tanto2')).toContain('1');
  const log = await out('log', '--person', person);
  expect(log).toContain('persons.show');
  expect(log).toContain('拒否 refused');
  expect(await out('log', '--verify')).toContain('as it was written');
  expect(await out('log', '--limit', '2')).toContain('--after 2');
});
