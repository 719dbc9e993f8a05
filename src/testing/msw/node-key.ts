import { derived } from '../../network/keys.ts';
import type { NetworkOptions } from '../../network/network.ts';
import { type PublicKey, signingKey, verifierOf } from '../../protocol/keys.ts';

type Made = Parameters<NonNullable<NetworkOptions['gatewayOverrides']>>[0];
type Book = Made['agencies'];

/** An Ed25519 key with its secret half (RFC 8037), ready for any JOSE library. It guards invented people only. */
export interface PrivateKey extends PublicKey {
  readonly d: string;
}

/** The key that the kit has registered for an agency’s node. */
export async function nodeKey(seed: string, agency: string): Promise<PrivateKey> {
  const secret = derived(seed, 'signing', agency, 'node');
  const { publicKey } = await signingKey(secret, `${agency}.node.1`, 'node');
  return { ...publicKey, d: Buffer.from(secret).toString('base64url') };
}

/** The gateway’s book of agencies with one more key for one of them. */
export async function withKey(agency: string, key: PublicKey): Promise<(book: Book) => Book> {
  const verifier = await verifierOf(key);
  return (book) => {
    const known = <Entry extends { readonly code: string; readonly keys: readonly PublicKey[] }>(
      entry: Entry,
    ): Entry => (entry.code === agency ? { ...entry, keys: [...entry.keys, key] } : entry);
    const own: Pick<Book, 'find' | 'all' | 'verifier'> = {
      find(code) {
        const found = book.find(code);
        return found && known(found);
      },
      all: () => book.all().map(known),
      // Asked for all the same: it says who is unknown or suspended.
      verifier: (code, kid, iat) =>
        code === agency && kid === key.kid && book.find(code)?.suspended === false
          ? verifier
          : book.verifier(code, kid, iat),
    };
    return new Proxy(book, {
      get(target, name) {
        const value: unknown = Reflect.get(name in own ? own : target, name);
        return typeof value === 'function' && !(name in own) ? value.bind(target) : value;
      },
    });
  };
}
