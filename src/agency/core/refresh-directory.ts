import { RenkeiError } from '../../protocol/errors.ts';
import { ALL_AGENCIES } from '../../protocol/identifiers.ts';
import { type Verifier, verifierOf } from '../../protocol/keys.ts';
import { directory } from '../../protocol/messages/directory.ts';
import { keepPublished } from './keep-published.ts';
import type { AgencyNode } from './node.ts';
import type { AgencyReads } from './ports.ts';
import { fromGateway, openKept } from './receive.ts';

const META = 'directory';

/** Fetches the directory and keeps it durably. */
export async function refreshDirectory(node: AgencyNode): Promise<void> {
  await keepDirectory(node, await node.gateway.directory());
}

/** Takes a directory and keeps it durably. @throws RenkeiError message_replayed for one older than is held */
export async function keepDirectory(node: AgencyNode, statement: string): Promise<void> {
  await take(node, statement);
  await node.store.transact((tx) => keepPublished(node, tx, directory, META, statement));
}

/** The statement that is kept. */
export const keptDirectory = (reads: AgencyReads): string | undefined => reads.meta(META);

/** Takes what was kept from before, if it still counts. */
export async function restoreDirectory(node: AgencyNode): Promise<void> {
  const statement = keptDirectory(node.store.read);
  if (statement === undefined) return;
  // Even a copy that has run out says which version was seen: an older one is refused from now on.
  node.directory.seen((await openKept(node, directory, statement)).claims);
  await take(node, statement).catch(tolerate);
}

/**
 * Sees to a directory that counts now, after one attempt to refresh one that has run out or does not know
 * this agency: by it the list is asked who may inquire.
 * @throws RenkeiError list_copy_stale
 */
export async function currentDirectory(node: AgencyNode, agency: string): Promise<void> {
  const counts = () => node.directory.counts(node.clock.now());
  if (!counts() || !node.directory.find(agency)) await refreshDirectory(node).catch(tolerate);
  if (counts()) return;
  throw new RenkeiError('list_copy_stale', {
    ja: '機関名簿の写しが古くなっています',
    en: 'The copy of the directory is stale',
    hint: {
      ja: '機関名簿の写しを更新できるまで、このノードは提供も受領もしません',
      en: 'Until it can refresh its copy of the directory, this node neither provides nor takes answers',
    },
  });
}

async function take(node: AgencyNode, statement: string): Promise<void> {
  const { claims } = await fromGateway(node, directory, statement, ALL_AGENCIES);
  const verifiers = new Map<string, Verifier>();
  for (const { code, keys } of claims.entries) {
    // Only a node answers; an address-number system’s key signs nothing here.
    for (const key of keys.filter(({ use }) => use === 'node')) {
      verifiers.set(`${code} ${key.kid}`, await verifierOf(key));
    }
  }
  node.directory.take(claims, verifiers);
}

/** The gateway may be down, or a kept copy out of date: the node goes on with what it has. */
export function tolerate(error: unknown): void {
  if (!(error instanceof RenkeiError)) throw error;
}
