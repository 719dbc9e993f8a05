import { type PublicKey, type Signer, signingKey } from '../../../protocol/keys.ts';
import type { Vault } from '../../../service/ports.ts';
import type { AgencyReads } from '../ports.ts';
import type { SigningKey } from './ports.ts';

/** The key that a node comes with. */
export interface FirstKey {
  readonly signer: Signer;
  readonly publicKey: PublicKey;
}

/** The keys of this node as they are in use: what is durable is in its store. */
export class OwnKeys {
  readonly first: FirstKey;
  #signer: Signer;
  #known: readonly SigningKey[] = [];

  constructor(first: FirstKey) {
    this.first = first;
    this.#signer = first.signer;
  }

  /** What signs now. */
  get signer(): Signer {
    return this.#signer;
  }

  /** All keys, the first one among them, the latest first. */
  get known(): readonly SigningKey[] {
    const { kid, x } = this.first.publicKey;
    // The first key is kept with the others once it has been replaced.
    if (this.#known.some((key) => key.kid === kid)) return this.#known;
    return [...this.#known, { kid, x, state: 'current' }];
  }

  /** Those that count at `now` (ms), for the JWKS. */
  counting(now: number): readonly PublicKey[] {
    return this.known
      .filter(
        ({ state, retiresAt }) =>
          state === 'current' ||
          (state === 'retiring' && (retiresAt === undefined || now / 1000 < retiresAt)),
      )
      .map(({ kid, x }) => ({ kid, use: 'node', kty: 'OKP', crv: 'Ed25519', x }));
  }

  isRevoked(kid: string): boolean {
    return this.known.some((key) => key.kid === kid && key.state === 'revoked');
  }

  /** Takes over what is durable now. */
  take(known: readonly SigningKey[], signer: Signer = this.#signer): void {
    this.#known = known;
    this.#signer = signer;
  }
}

const placeOf = (kid: string): string => `signing-keys ${kid}`;

export const sealSeed = (vault: Vault, kid: string, seed: Uint8Array): Uint8Array =>
  vault.seal(seed, placeOf(kid));

/** A key that was made here, ready to sign. @throws Error for a seed that was moved, altered or erased */
export async function openKey(vault: Vault, { kid, seed }: SigningKey): Promise<FirstKey> {
  if (!seed) throw new Error(`the secret of ${kid} is not kept here`);
  const plain = vault.open(seed, placeOf(kid));
  const key = await signingKey(plain, kid, 'node');
  plain.fill(0);
  return key;
}

/** The keys of a node when it starts. */
export async function loadKeys(reads: AgencyReads, vault: Vault, first: FirstKey) {
  const own = new OwnKeys(first);
  const known = reads.keys();
  const current = known.find(({ state }) => state === 'current');
  if (current?.seed) own.take(known, (await openKey(vault, current)).signer);
  else own.take(known);
  return own;
}
