import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isManual } from '../../service/clock.ts';
import { publishedDocuments } from '../../service/permission-lists/compile-law.ts';
import { serialized } from '../../service/sqlite/open-database.ts';
import type { NetworkContext } from '../context.ts';
import { agencyFile } from '../storage.ts';
import type { RunningParties } from './running-parties.ts';
import { configDigest, type Databases, type LawState, type Snapshot } from './snapshot.ts';

/** Takes everything down as it is. Nothing may be under way. */
export async function takeSnapshot(
  context: NetworkContext,
  parties: RunningParties,
): Promise<Snapshot> {
  const { config, clock, journal, wire, chances } = context;
  const databases = await databasesOf(context, parties);
  return {
    version: 1,
    seed: config.seed,
    config: configDigest(config),
    now: isManual(clock) ? clock.now() : null,
    journal: journal.state(),
    faults: wire.faults.state(),
    chance: chances.positions(),
    running: [...parties.agencies.keys()],
    law: lawOf(context, parties),
    databases,
  };
}

async function databasesOf(context: NetworkContext, parties: RunningParties): Promise<Databases> {
  const nodes: Record<string, Uint8Array> = {};
  const addressNumbers: Record<string, Uint8Array> = {};
  for (const { code } of context.config.agencies) {
    const node = await parties.agencies.get(code)?.serialize();
    const bytes = node ?? ofStopped(agencyFile(context.storage, code, 'node'));
    if (bytes) nodes[code] = bytes;
    const system = await parties.addressNumbers.get(code)?.serialize();
    if (system) addressNumbers[code] = system;
  }
  const gateway = await parties.gateway.serialize();
  return { gateway, registry: await parties.registry.serialize(), nodes, addressNumbers };
}

/** What a node that is switched off has in its file; in memory nothing of it is left. */
function ofStopped(path: string): Uint8Array | undefined {
  if (!existsSync(path)) return undefined;
  const db = new DatabaseSync(path);
  try {
    return serialized(db);
  } finally {
    db.close();
  }
}

function lawOf({ law }: NetworkContext, { gateway }: RunningParties): LawState | null {
  const { lists, roles, documents } = gateway.gateway.law.published;
  const first = publishedDocuments(law);
  const same = [...documents.keys()].every((digest) => first.documents.has(digest));
  if (same && lists.length === first.lists.length && roles === first.roles) return null;
  return { lists, roles, documents: Object.fromEntries(documents) };
}
