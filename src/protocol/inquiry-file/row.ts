import type { Finding } from '../file-report.ts';
import type { Period } from '../identifiers.ts';

/** What one row of a batch asks. Codes, not names; `item` and `affair`: one of them, or both. */
export interface RowAsk {
  readonly integratedAddressNumber: string;
  readonly provider: string;
  readonly item?: string | undefined;
  readonly affair?: string | undefined;
  readonly information: string;
  readonly period?: Period | undefined;
}

/** A row that could be read. */
export interface ReadRow {
  /** The agency that it says it comes from; a friendly file does not say. */
  readonly inquirer?: string | undefined;
  readonly ask: RowAsk;
}

/** A mistake in a row; whoever knows the line adds it. */
export type RowFinding = Omit<Finding, 'line'>;

/** A row, or all its mistakes. */
export type RowReading =
  | { readonly row: ReadRow; readonly findings?: undefined }
  | { readonly row?: undefined; readonly findings: readonly RowFinding[] };

/** Reads the records after the header, if there was one. */
export type RowReader = (cells: readonly string[]) => RowReading;
