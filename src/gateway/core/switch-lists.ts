import type { Gateway } from './gateway.ts';
import type { Law } from './law.ts';
import { listsVersion } from './publish.ts';

/**
 * Goes by other lists from now on (a new version is recorded first), by the operator’s hand. Nodes take them
 * when they next refresh their copies; until then a provider may find that its copy disagrees.
 * A gateway that starts again goes by the lists that it is started with.
 * @returns the version under which they are published
 */
export async function switchLists(gateway: Gateway, law: Law): Promise<number> {
  const version = await listsVersion(gateway, law.published);
  gateway.law.take(law);
  gateway.agencies.judgeBy(law.permission);
  return version;
}
