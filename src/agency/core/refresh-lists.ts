import { sha256 } from '../../protocol/digest.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { ALL_AGENCIES } from '../../protocol/identifiers.ts';
import { permissionLists } from '../../protocol/messages/permission-lists.ts';
import type { Permission } from '../../protocol/permission/compile.ts';
import { keepPublished } from './keep-published.ts';
import type { AgencyNode } from './node.ts';
import { fromGateway, openKept } from './receive.ts';
import { tolerate } from './refresh-directory.ts';

const META = 'permission-lists';

/** Fetches the statement, and the documents that are not held yet, and keeps them durably. */
export async function refreshLists(node: AgencyNode): Promise<void> {
  const statement = await node.gateway.permissionLists();
  const documents = await take(
    node,
    statement,
    async (digest) => node.store.read.document(digest) ?? (await node.gateway.document(digest)),
  );
  await node.store.transact((tx) => {
    for (const [digest, text] of documents) {
      if (tx.document(digest) === undefined) tx.putDocument(digest, text);
    }
    keepPublished(node, tx, permissionLists, META, statement);
  });
}

/** Takes what was kept from before, if it still counts. */
export async function restoreLists(node: AgencyNode): Promise<void> {
  const statement = node.store.read.meta(META);
  if (statement === undefined) return;
  node.lists.seen((await openKept(node, permissionLists, statement)).claims);
  const held = async (digest: string) => node.store.read.document(digest) ?? '';
  await take(node, statement, held).catch(tolerate);
}

/** The lists that count now, after one attempt to refresh a copy that has run out. */
export async function currentLists(node: AgencyNode): Promise<Permission> {
  const now = node.clock.now();
  if (!node.lists.counts(now)) await refreshLists(node).catch(tolerate);
  return node.lists.at(now);
}

async function take(
  node: AgencyNode,
  statement: string,
  documentOf: (digest: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const { claims } = await fromGateway(node, permissionLists, statement, ALL_AGENCIES);
  const documents = new Map<string, string>();
  for (const digest of [...claims.lists.map((list) => list.digest), claims.roles]) {
    const text = await documentOf(digest);
    if (sha256(text) !== digest) throw new RenkeiError('signature_invalid');
    documents.set(digest, text);
  }
  const textOf = (digest: string) => documents.get(digest) ?? '';
  node.lists.take(claims, () =>
    node.compileLaw(
      claims.lists.map((list) => textOf(list.digest)),
      textOf(claims.roles),
    ),
  );
  return documents;
}
