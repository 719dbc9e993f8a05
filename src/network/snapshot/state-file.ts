import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { AgencyCode, Digest, ListId } from '../../protocol/identifiers.ts';
import { FaultSchema } from '../faults/fault.ts';
import type { Databases, Snapshot } from './snapshot.ts';

const NOTE =
  'renkei の全機関の状態。各機関のデータは、その機関の鍵で封をしてある。 / ' +
  'State of all parties of renkei. What an agency keeps is sealed under a key of its own.';

const Bytes = z.base64();
const Count = z.int().min(0);

export const EntrySchema = z.strictObject({
  seq: z.int(),
  at: z.int(),
  elapsed: z.number(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  ids: z.array(z.string()),
  outcome: z.string().optional(),
  elapsedMs: z.number().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** One file with everything in it. */
export const StateFile = z
  .strictObject({
    format: z.literal('renkei-state'),
    version: z.literal(1),
    note: z.string().max(1000),
    seed: z.string(),
    config: Digest,
    now: z.int().nullable().describe('The manual clock, milliseconds since the epoch'),
    running: z.array(AgencyCode),
    chance: z.record(z.string(), z.strictObject({ label: z.string(), position: Count })),
    faults: z.strictObject({
      next: z.int().min(1),
      faults: z.array(
        z.strictObject({ id: z.string(), met: Count, applied: Count, fault: FaultSchema }),
      ),
    }),
    journal: z.strictObject({ seq: Count, entries: z.array(EntrySchema) }),
    law: z
      .strictObject({
        lists: z.array(z.strictObject({ id: ListId, digest: Digest })),
        roles: Digest,
        documents: z.record(Digest, z.string()),
      })
      .nullable(),
    databases: z.strictObject({
      gateway: Bytes,
      registry: Bytes,
      nodes: z.record(AgencyCode, Bytes),
      addressNumbers: z.record(AgencyCode, Bytes),
    }),
  })
  .describe(
    'SQLite databases in base64, those of agencies sealed, with clock, journal, faults and chance of the same instant',
  );
export type StateFile = z.output<typeof StateFile>;

export function toStateFile(snapshot: Snapshot): StateFile {
  const { databases, faults, journal, ...rest } = snapshot;
  const { gateway, registry, nodes, addressNumbers } = databases;
  return {
    format: 'renkei-state',
    note: NOTE,
    ...rest,
    running: [...rest.running],
    law: rest.law && { ...rest.law, lists: [...rest.law.lists] },
    faults: {
      next: faults.next,
      faults: faults.faults.map(({ id, met, applied, ...fault }) => ({ id, met, applied, fault })),
    },
    journal: {
      seq: journal.seq,
      entries: journal.entries.map((entry) => ({ ...entry, ids: [...entry.ids] })),
    },
    databases: {
      gateway: toText(gateway),
      registry: toText(registry),
      nodes: mapped(nodes, toText),
      addressNumbers: mapped(addressNumbers, toText),
    },
  };
}

/** A state that came from elsewhere; its databases are not opened yet. */
export function fromStateFile({ format: _, note: __, ...file }: StateFile): Snapshot {
  const { databases, faults, journal, ...rest } = file;
  return {
    ...rest,
    faults: {
      next: faults.next,
      faults: faults.faults.map(({ fault, ...each }) => ({ ...each, ...fault })),
    },
    journal: { seq: journal.seq, entries: journal.entries.map(withoutUndefined) },
    databases: {
      gateway: toBytes(databases.gateway),
      registry: toBytes(databases.registry),
      nodes: mapped(databases.nodes, toBytes),
      addressNumbers: mapped(databases.addressNumbers, toBytes),
    } satisfies Databases,
  };
}

/** What says that this is no state that could be read. */
export const notAState = (ja: string, en: string): RenkeiError =>
  new RenkeiError('message_malformed', {
    ja,
    en,
    hint: {
      ja: '`renkei state export` が書き出したファイルを、変更せずに読み込んでください',
      en: 'Import a file that `renkei state export` wrote, unchanged',
    },
  });

const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

const mapped = <From, To>(record: Readonly<Record<string, From>>, map: (from: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]): [string, To] => [key, map(value)]));

function withoutUndefined(entry: z.output<typeof EntrySchema>) {
  const { outcome, elapsedMs, facts, ...rest } = entry;
  return {
    ...rest,
    ...(outcome !== undefined && { outcome }),
    ...(elapsedMs !== undefined && { elapsedMs }),
    ...(facts !== undefined && { facts }),
  };
}
