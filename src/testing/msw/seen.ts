/** A request that the node under development made to the gateway, and what came of it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** By the kit’s clock, milliseconds since the epoch. */
  readonly at: number;
  /** The signed message as it says itself to be; nobody has verified it here. */
  readonly message?: { readonly typ: string; readonly claims: Readonly<Record<string, unknown>> };
  /** HTTP status of the reply; left out when there was none. */
  readonly status?: number;
  /** Why it was refused or denied: a frozen code, and words for people. */
  readonly code?: string;
  readonly detail?: string;
}

/** Reads a compact JWS without verifying it: to show it. */
export function readMessage(body: string): SeenRequest['message'] {
  try {
    const { message } = JSON.parse(body);
    const [header = '', payload = ''] = String(message).split('.');
    return { typ: String(jsonOf(header).typ), claims: jsonOf(payload) };
  } catch {
    return undefined;
  }
}

const jsonOf = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
