import { RenkeiError } from '../../protocol/errors.ts';

/** Primary result codes (https://sqlite.org/rescode.html). */
export const SQLITE_BUSY = 5;
export const SQLITE_FULL = 13;
export const SQLITE_CONSTRAINT = 19;

/** SQLite's extended result code, or undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;
}

/** Whether an error is SQLite's, with this primary code. The low byte of an extended code is primary. */
export const isSqliteError = (error: unknown, primary: number): boolean => {
  const code = sqliteCode(error);
  return code !== undefined && (code & 0xff) === primary;
};

/** How a failure of the storage itself is told: a full disk by its name, anything else as internal. */
export const storageFailure = (cause: unknown): RenkeiError =>
  new RenkeiError(isSqliteError(cause, SQLITE_FULL) ? 'storage_full' : 'internal', {}, { cause });
