import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { manualClock } from '../../src/service/clock.ts';
import { makeLog } from '../../src/service/log.ts';
import { logLines } from './log-lines.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SECRET = '123456789018';

test('a line tells level, time by the clock, service, facts and words', () => {
  const file = join(temporaryFolder(), 'new', 'gateway.log');
  const clock = manualClock('2026-11-22T00:00:00Z');
  makeLog({ service: 'gateway', to: { file }, clock }).info({ exchange: 'e1' }, 'permit issued');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    level: 'info',
    time: '2026-11-22T00:00:00.000Z',
    service: 'gateway',
    exchange: 'e1',
    msg: 'permit issued',
  });
});

test('what is below the level is not written', () => {
  const { log, raw } = logLines('warn');
  log.info('no');
  log.debug('no');
  log.warn('yes');
  expect(raw).toHaveLength(1);
});

test.each([
  [
    'as the only argument',
    (log: ReturnType<typeof logLines>['log'], error: Error) => log.error(error),
  ],
  ['as err', (log: ReturnType<typeof logLines>['log'], error: Error) => log.error({ err: error })],
  [
    'as err with words',
    (log: ReturnType<typeof logLines>['log'], error: Error) => log.error({ err: error }, 'failed'),
  ],
])('an error %s leaves names and codes, never its message', (_name, write) => {
  for (const level of ['info', 'debug'] as const) {
    const { log, raw, lines } = logLines(level);
    const error = Object.assign(new TypeError(`bad ${SECRET}`, { cause: new Error(SECRET) }), {
      code: 'E_BAD',
      body: SECRET,
    });
    write(log, error);
    expect(lines()).toMatchObject([
      { level: 'error', err: { name: 'TypeError', code: 'E_BAD', cause: { name: 'Error' } } },
    ]);
    expect(raw.join()).not.toContain(SECRET);
    expect(raw.join().includes('"stack"')).toBe(level === 'debug');
  }
});

test('a RenkeiError is told by its code', () => {
  const { log, lines } = logLines('info');
  log.warn(new RenkeiError('permit_expired'));
  expect(lines()).toMatchObject([
    { msg: 'permit_expired', err: { name: 'RenkeiError', code: 'permit_expired' } },
  ]);
});

test('forbidden members are cut out, at the top and one level down', () => {
  const { log, raw } = logLines();
  log.info({
    body: SECRET,
    answer: SECRET,
    individualNumber: SECRET,
    request: { authorization: SECRET, token: SECRET, path: '/v1' },
  });
  expect(raw.join()).not.toContain(SECRET);
  expect(raw.join()).toContain('/v1');
});
