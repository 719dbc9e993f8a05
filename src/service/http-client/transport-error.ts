/**
 * How an exchange over HTTP failed: no connection or a broken one, no answer in time, an answer that
 * is not what HTTP, JSON or the protocol allow, or one that is too large.
 */
export type TransportKind = 'unreachable' | 'timeout' | 'malformed' | 'too_large';

/** The one error of the HTTP client. Its text names no address and quotes nothing. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: TransportKind;
  /** Whether the request may have reached the peer; false means it certainly had no effect. */
  readonly sent: boolean;
  /** The system's word for it, e.g. `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(kind: TransportKind, sent: boolean, options?: ErrorOptions & { code?: string }) {
    const code = options?.code;
    super(code === undefined ? kind : `${kind} (${code})`, options);
    this.kind = kind;
    this.sent = sent;
    this.code = code;
  }
}
