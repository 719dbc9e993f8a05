import type { ErrorCode } from '../../protocol/errors.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';

/** What a step led to, as whoever took it sees it. */
export interface Outcome {
  /** Where no message of it was seen on its way: what the gateway’s answer says. */
  readonly decision?: 'permit' | 'deny' | 'none' | undefined;
  readonly code?: ErrorCode | undefined;
  readonly reasons?: readonly string[] | undefined;
  readonly ground?: string | undefined;
  readonly nearest?: readonly string[] | undefined;
  readonly status?: string | undefined;
  readonly reason?: string | undefined;
  readonly item?: string | undefined;
  readonly list?: string | undefined;
  readonly answer?: { layoutVersion: string; records: readonly CopyRecord[] } | undefined;
  readonly waiting?: number | undefined;
  /** The answer to a call, and the token of a log-in. */
  readonly body?: unknown;
  readonly session?: string | undefined;
  /** Whom it was between, for the records and for later steps. */
  readonly inquirer?: string | undefined;
  readonly provider?: string | undefined;
  readonly inquiry?: string | undefined;
  readonly exchange?: string | undefined;
  /** Of what was shown and is to be approved. */
  readonly digest?: string | undefined;
}
