/**
 * announced → current → retiring → retired. A key is announced until the gateway’s directory names it; retiring,
 * it signs nothing more and still counts; revoked, nothing that it signed counts.
 */
export type KeyState = 'announced' | 'current' | 'retiring' | 'retired' | 'revoked';

/** A signing key of this node. */
export interface SigningKey {
  readonly kid: string;
  /** Public key, base64url. */
  readonly x: string;
  readonly state: KeyState;
  /**
   * Its secret, sealed by the vault; erased when it signs no more. The first key’s is not kept here: it comes with
   * the node.
   */
  readonly seed?: Uint8Array | undefined;
  /** Milliseconds since the epoch: when it was made, and from when the node signed with it. */
  readonly madeAt?: number | undefined;
  readonly since?: number | undefined;
  /** NumericDate from which it counts no longer, as the directory says. */
  readonly retiresAt?: number | undefined;
  /** Of an announced one: what becomes of the key before it. */
  readonly old?: 'retire' | 'revoke' | undefined;
}

export interface KeyReads {
  /** All that the node ever had, the latest first; none while it has only its first. */
  keys(): readonly SigningKey[];
}

export interface KeyTx extends KeyReads {
  /** Adds a key, or takes the place of the one with this kid. */
  putKey(key: SigningKey): void;
  dropKey(kid: string): void;
}
