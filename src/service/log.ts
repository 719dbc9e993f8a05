import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { RenkeiError } from '../protocol/errors.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './ports.ts';

export type Log = Logger;
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogOptions {
  /** Which service speaks, e.g. `gateway`. */
  readonly service: string;
  readonly level?: LogLevel;
  /** Standard error unless told; `{ file }` appends to a file, made with its folder. */
  readonly to?: 'stderr' | { readonly file: string } | DestinationStream;
  readonly clock?: Clock;
}

/** Members that never reach a log, at the top or one level down, whatever a caller passes. */
const FORBIDDEN = [
  'authorization',
  'cookie',
  'body',
  'answer',
  'plaintext',
  'sealed',
  'token',
  'permit',
  'key',
  'secret',
  'secretKey',
  'privateKey',
  'password',
  'individualNumber',
  'individual_number',
  'residentCode',
  'resident_code',
  'personName',
  'person_name',
];

const CODE = /^[\w-]{1,64}$/;
const codeOf = (error: object, member: 'code' | 'errcode'): string | undefined => {
  const code: unknown = Reflect.get(error, member);
  return (typeof code === 'string' || typeof code === 'number') && CODE.test(`${code}`)
    ? `${code}`
    : undefined;
};

/** What a log may say of an error: names and codes. Messages can quote a body (JSON.parse does). */
export interface LoggedError {
  readonly name: string;
  readonly code?: string;
  readonly errcode?: string;
  readonly cause?: LoggedError;
  /** Frames without the message line; at level debug and below only. */
  readonly stack?: readonly string[];
}

/** Reduces anything thrown to what may be logged. */
export function loggedError(thrown: unknown, withStack = false): LoggedError {
  if (!(thrown instanceof Error)) return { name: `thrown ${typeof thrown}` };
  const code = codeOf(thrown, 'code');
  const errcode = codeOf(thrown, 'errcode');
  const frames = withStack
    ? (thrown.stack?.split('\n').filter((line) => /^ {4}at /.test(line)) ?? [])
    : [];
  return {
    name: CODE.test(thrown.name) ? thrown.name : 'Error',
    ...(code === undefined ? {} : { code }),
    ...(errcode === undefined ? {} : { errcode }),
    ...(thrown.cause === undefined ? {} : { cause: loggedError(thrown.cause, withStack) }),
    ...(frames.length === 0 ? {} : { stack: frames.map((line) => line.trim()) }),
  };
}

const summary = (error: Error): string =>
  error instanceof RenkeiError ? error.code : loggedError(error).name;

/**
 * One JSON line per event: level as a word, ISO time by the given clock, the service's name. Errors
 * are reduced to names and codes, forbidden members are cut out. Lines are written at once, so that
 * the last words before a kill are there.
 */
export function makeLog({ service, level = 'info', to = 'stderr', clock }: LogOptions): Log {
  const time = clock ?? systemClock;
  const stream =
    to === 'stderr'
      ? destination({ fd: 2, sync: true })
      : 'write' in to
        ? to
        : destination({ dest: to.file, sync: true, mkdir: true, mode: 0o600 });
  const log: Log = pino(
    {
      level,
      base: { service },
      timestamp: () => `,"time":"${new Date(time.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: FORBIDDEN.flatMap((name) => [name, `*.${name}`]), remove: true },
      serializers: {
        err: (error: unknown) => loggedError(error, log.isLevelEnabled('debug')),
      },
      hooks: {
        // pino would take an error's message as the line's; that may quote what must not be logged.
        logMethod(args, method) {
          const [first, text] = args as [unknown, string | undefined];
          const error =
            first instanceof Error
              ? first
              : typeof first === 'object' && first !== null && 'err' in first
                ? first.err
                : undefined;
          if (error instanceof Error && text === undefined) {
            method.apply(this, [first as object, summary(error)]);
          } else {
            method.apply(this, args);
          }
        },
      },
    },
    stream,
  );
  return log;
}
