import { type LogLevel, makeLog } from '../../src/service/log.ts';

/** A log whose lines a test can read. */
export function logLines(level: LogLevel = 'debug') {
  const raw: string[] = [];
  const log = makeLog({
    service: 'test',
    level,
    to: { write: (line: string) => void raw.push(line) },
  });
  return {
    log,
    raw,
    lines: () => raw.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
