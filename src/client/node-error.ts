import { type ErrorCode, isErrorCode } from '../protocol/errors.ts';
import { FileReport, type Finding } from '../protocol/file-report.ts';
import { DenialDetails } from '../protocol/node-api/inquiries.ts';

/** What no node answers: it was not reached, not in time, or not understood. */
export type CallFailure =
  | 'node_unreachable'
  | 'node_timeout'
  | 'answer_unreadable'
  | 'answer_cut_short'
  | 'key_invalid';

/** A frozen code of the node, what this client found itself, or the code of a node that is newer than it. */
export type NodeErrorCode = ErrorCode | CallFailure | (string & {});

export interface NodeErrorFacts {
  readonly code: NodeErrorCode;
  /** Of the answer, if there was one. */
  readonly status?: number | undefined;
  readonly ja: string;
  readonly en: string;
  readonly hint?: { readonly ja: string; readonly en: string } | undefined;
  /** `urn:renkei:problem:ID`, as in the node’s own log. */
  readonly instance?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The one error of this client: whatever the node refused (RFC 9457), and whatever became of the call. Its words name
 * no person, answer, token or key.
 * @example
 * catch (error) {
 *   if (error instanceof NodeError && error.code === 'information_not_listed') error.denial?.nearest;
 * }
 */
export class NodeError extends Error {
  override readonly name = 'NodeError';
  readonly code: NodeErrorCode;
  readonly status: number | undefined;
  readonly ja: string;
  readonly en: string;
  /** What to do next. */
  readonly hint: { readonly ja: string; readonly en: string } | undefined;
  readonly instance: string | undefined;
  /** The further members of the problem document. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(facts: NodeErrorFacts, options?: ErrorOptions) {
    super(`${facts.code}: ${facts.ja} / ${facts.en}`, options);
    this.code = facts.code;
    this.status = facts.status;
    this.ja = facts.ja;
    this.en = facts.en;
    this.hint = facts.hint;
    this.instance = facts.instance;
    this.details = facts.details ?? {};
  }

  /** The inquiry that it is about: it can be looked at, or made again under this id. */
  get inquiry(): string | undefined {
    const { inquiry } = this.details;
    return typeof inquiry === 'string' ? inquiry : undefined;
  }

  /** Of an inquiry that the law does not allow: every reason, the nearest that it does, the legal ground. */
  get denial(): DenialDetails | undefined {
    return DenialDetails.safeParse(this.details).data;
  }

  /** What is wrong with a file that was refused, by line and column. */
  get findings(): readonly Finding[] {
    return FileReport.safeParse(this.details).data?.findings ?? [];
  }

  /** Of `rate_limited`: after how many seconds to come again. */
  get retryAfterSeconds(): number | undefined {
    const { retry_after_seconds: seconds } = this.details;
    return typeof seconds === 'number' ? seconds : undefined;
  }

  /** Whether the code is one of the frozen ones (errors.ts): for an exhaustive `switch`. */
  hasFrozenCode(): this is NodeError & { readonly code: ErrorCode } {
    return isErrorCode(this.code);
  }

  /** The same with further details. */
  about(details: Readonly<Record<string, unknown>>): NodeError {
    const { code, status, ja, en, hint, instance } = this;
    const all = { ...details, ...this.details };
    return new NodeError(
      { code, status, ja, en, hint, instance, details: all },
      { cause: this.cause },
    );
  }
}
