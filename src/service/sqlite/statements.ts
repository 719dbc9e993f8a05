import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

/** A row as SQLite gives it; a reader turns it into what the store promises. */
export type Row = Readonly<Record<string, SQLOutputValue>>;
export type ReadRow<T> = (row: Row) => T;

/** Values for `?` in order, or one object for `:name`. */
export type Bindings =
  | readonly SQLInputValue[]
  | readonly [Readonly<Record<string, SQLInputValue>>];

/** Prepared statements of one database; each text is prepared once, when it is first run. */
export interface Statements {
  /** The first row, or undefined. */
  one<T>(sql: string, read: ReadRow<T>): (...bindings: Bindings) => T | undefined;
  /** All rows. */
  many<T>(sql: string, read: ReadRow<T>): (...bindings: Bindings) => T[];
  /** Rows as they are asked for. Finish or break before writing through the same connection. */
  each<T>(sql: string, read: ReadRow<T>): (...bindings: Bindings) => Generator<T, void, undefined>;
  /** Changes rows and tells how many. Throws outside a transaction: a write must be in one. */
  write(sql: string): (...bindings: Bindings) => number;
}

/**
 * Typed access to prepared statements of `db`, cached by their text. A statement is prepared when it is first run: a
 * network opens dozens of databases with well over a hundred statements each, and most are never needed.
 */
export function statements(db: DatabaseSync): Statements {
  const cache = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const found = cache.get(sql);
    if (found !== undefined) return found;
    const fresh = db.prepare(sql);
    cache.set(sql, fresh);
    return fresh;
  };
  return {
    one(sql, read) {
      return (...bindings) => {
        const statement = prepared(sql);
        const row = named(bindings) ? statement.get(bindings[0]) : statement.get(...bindings);
        return row === undefined ? undefined : read(row);
      };
    },
    many(sql, read) {
      return (...bindings) => {
        const statement = prepared(sql);
        return (named(bindings) ? statement.all(bindings[0]) : statement.all(...bindings)).map(
          read,
        );
      };
    },
    each(sql, read) {
      return function* (...bindings) {
        // An iterator owns its statement, so that two readers of one text do not reset each other.
        const statement = db.prepare(sql);
        const rows = named(bindings)
          ? statement.iterate(bindings[0])
          : statement.iterate(...bindings);
        for (const row of rows) yield read(row);
      };
    },
    write(sql) {
      return (...bindings) => {
        if (!db.isTransaction) throw new Error('a write outside a transaction');
        const statement = prepared(sql);
        const { changes } = named(bindings)
          ? statement.run(bindings[0])
          : statement.run(...bindings);
        return Number(changes);
      };
    },
  };
}

const named = (bindings: Bindings): bindings is readonly [Record<string, SQLInputValue>] => {
  const first = bindings[0];
  return typeof first === 'object' && first !== null && !ArrayBuffer.isView(first);
};
