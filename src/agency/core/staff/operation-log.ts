import type { Operation } from './operations.ts';

/** Which lines of the operation log are wanted; times in milliseconds since the epoch. */
export interface OperationFilter {
  readonly actor?: string | undefined;
  readonly account?: string | undefined;
  readonly person?: string | undefined;
  readonly subject?: string | undefined;
  readonly operation?: string | undefined;
  readonly outcome?: Operation['outcome'] | undefined;
  readonly from?: number | undefined;
  /** Not included. */
  readonly until?: number | undefined;
}

export interface LoggedOperation {
  readonly seq: number;
  readonly operation: Operation;
}

export interface OperationReads {
  /** Lines after a sequence number that a filter lets pass, oldest first. */
  operationsWhere(
    filter: OperationFilter,
    after: number,
    limit: number,
  ): readonly LoggedOperation[];
}
