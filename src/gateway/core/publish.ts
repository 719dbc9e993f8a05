import { numericDate } from '../../protocol/day.ts';
import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { ALL_AGENCIES, GATEWAY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { directory } from '../../protocol/messages/directory.ts';
import { permissionLists } from '../../protocol/messages/permission-lists.ts';
import type { Gateway } from './gateway.ts';
import type { PublishedLists } from './law.ts';

/** The signed directory of parties: who they are, their roles and public keys. Expires. */
export async function publishDirectory(gateway: Gateway): Promise<string> {
  const entries = gateway.agencies.all().map(({ code, name, roles, suspended, keys }) => ({
    code,
    name,
    roles: [...roles],
    suspended,
    keys: [...keys],
  }));
  const version = await versionOf(gateway, 'directory', sha256(canonicalJson(entries)));
  const times = lifetime(gateway, gateway.settings.directorySeconds);
  return await signMessage(directory, { ...times, version, entries }, gateway.signer);
}

/** The signed statement of which permission lists count. Expires. */
export async function publishLists(gateway: Gateway): Promise<string> {
  const content = contentOf(gateway.law.published);
  const version = await listsVersion(gateway, gateway.law.published);
  const times = lifetime(gateway, gateway.settings.listsSeconds);
  return await signMessage(permissionLists, { ...times, version, ...content }, gateway.signer);
}

const contentOf = ({ lists, roles }: PublishedLists) => ({
  lists: lists.map((list) => ({ ...list })),
  roles,
});

/** The version of these lists: the next one, recorded, unless they are those of the present version. */
export const listsVersion = (gateway: Gateway, published: PublishedLists): Promise<number> =>
  versionOf(gateway, 'lists', sha256(canonicalJson(contentOf(published))));

function lifetime(gateway: Gateway, seconds: number) {
  const iat = numericDate(gateway.clock.now());
  return {
    iss: GATEWAY,
    aud: ALL_AGENCIES,
    jti: gateway.newId(),
    iat,
    exp: iat + seconds,
  } as const;
}

/** A version counts up when, and only when, the content changes; the change is recorded with it. */
async function versionOf(gateway: Gateway, what: 'directory' | 'lists', digest: string) {
  const read = (text: string | undefined) => {
    const [version = '0', known = ''] = (text ?? '').split(' ');
    return { version: Number(version), known };
  };
  const { version, known } = read(gateway.store.read.meta(what));
  if (known === digest) return version;
  return await gateway.store.transact((tx) => {
    const now = read(tx.meta(what));
    if (now.known === digest) return now.version;
    tx.setMeta(what, `${now.version + 1} ${digest}`);
    tx.record({ kind: `${what}_changed`, at: gateway.clock.now(), statement: digest });
    return now.version + 1;
  });
}
