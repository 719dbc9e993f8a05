import type { ProvisionRecord } from '../../../protocol/record.ts';

/** Which of a person’s exchanges; what is left out is not asked for. */
export interface HistoryWanted {
  /** The person as the gateway knows them. */
  readonly person: string;
  readonly limit: number;
  /** NumericDate, the first included, the last not, of when it was asked. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Only what comes after this exchange, which is itself one of those that may be told. */
  readonly after?: string | undefined;
}

/** Reads for disclosure: what must not be told is left out by the query, before anything is counted. */
export interface HistoryReads {
  /**
   * A person’s exchanges that may be told to them, newest first, each with all its records. One of which any record says
   * that it is not to be told is left out, and so is one of which nobody has said yet: asked, and not answered.
   */
  historyOf(wanted: HistoryWanted): readonly {
    readonly exchange: string;
    readonly records: readonly ProvisionRecord[];
  }[];
  /** Whether it is one of those. */
  mayBeTold(person: string, exchange: string): boolean;
}
