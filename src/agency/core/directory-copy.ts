import { RenkeiError } from '../../protocol/errors.ts';
import type { Verifier } from '../../protocol/keys.ts';
import type { Directory, DirectoryEntry } from '../../protocol/messages/directory.ts';
import { Lifetime } from './lifetime.ts';

/** This node’s copy of the signed directory: the public keys and roles of the others. */
export class DirectoryCopy extends Lifetime {
  #entries: ReadonlyMap<string, DirectoryEntry> = new Map();
  #verifiers: ReadonlyMap<string, Verifier> = new Map();

  find(code: string): DirectoryEntry | undefined {
    return this.#entries.get(code);
  }

  /**
   * The key for a statement of that time (`iat`): one that has retired counts for what was signed before.
   * @throws RenkeiError agency_unknown, signature_invalid
   */
  verifier(code: string, kid: string, iat: number): Verifier {
    const verifier = this.#verifiers.get(`${code} ${kid}`);
    const { retiresAt } = this.find(code)?.keys.find((key) => key.kid === kid) ?? {};
    if (verifier && (retiresAt === undefined || iat < retiresAt)) return verifier;
    throw new RenkeiError(this.#entries.has(code) ? 'signature_invalid' : 'agency_unknown');
  }

  /** Takes over a directory that was verified; `verifiers` by agency and key id. */
  take(claims: Directory, verifiers: ReadonlyMap<string, Verifier>): void {
    this.renew(claims);
    this.#entries = new Map(claims.entries.map((entry) => [entry.code, entry]));
    this.#verifiers = verifiers;
  }
}
