import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sha256 } from '../src/protocol/digest.ts';
import { base64url } from '../src/protocol/encoding.ts';
import { GATEWAY } from '../src/protocol/identifiers.ts';
import { type ExportLine, recordLine } from '../src/protocol/log/audit-export.ts';
import { signCheckpoint } from '../src/protocol/log/checkpoint.ts';
import { Frontier } from '../src/protocol/log/frontier.ts';
import { leafHash } from '../src/protocol/log/hash.ts';
import { recordLeaf } from '../src/protocol/log/leaf.ts';
import { logKey } from '../src/protocol/log/log-key.ts';
import { originOf } from '../src/protocol/log/origin.ts';
import { noteSigner } from '../src/protocol/log/signed-note.ts';
import type { ProvisionRecord } from '../src/protocol/record.ts';
import { child } from './child.ts';

/** An audit of three parties’ logs: how many records, how long, and the most memory of its process. */
export interface AuditFigures {
  readonly records: number;
  readonly exchanges: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly recordsPerSecond: number;
  /** MiB. */
  readonly rss: number;
}

const INQUIRER = '32201';
const PROVIDER = '11202';
/** Who keeps what of an exchange (番号法23条), five records in all. */
const KEPT = {
  [GATEWAY]: ['permitted', 'answered'],
  [INQUIRER]: ['permitted', 'answered'],
  [PROVIDER]: ['answered'],
} as const;
/** So many exchanges are between two checkpoints that the others see. */
const SEEN_EVERY = 4;

const keyOf = (party: string) => logKey(Buffer.from(sha256(party), 'base64url'));

/** One thing that happened, as all who were there keep it. */
const recordOf = (at: number, kind: 'permitted' | 'answered'): ProvisionRecord => ({
  kind,
  at: 1_795_305_600_000 + at,
  exchange: sha256(`exchange ${at}`).slice(0, 21).concat('A'),
  inquirer: INQUIRER,
  provider: PROVIDER,
  affair: 'JM00000000000025',
  item: '25',
  list: 'order-r6-9',
  information: 'TM00000000000101',
  requestedAt: 1_795_305_600,
  statement: sha256(`${kind} ${at}`),
  ...(kind === 'answered' && { outcome: 'provided', answeredAt: 1_795_305_601 }),
});

/** What a party’s log looks like when it is exported; `shown` gets the checkpoints that others keep. */
function* exported(party: keyof typeof KEPT, exchanges: number, shown: string[]) {
  const signer = noteSigner(originOf(party), keyOf(party));
  const tree = new Frontier();
  for (let at = 0; at < exchanges; at += 1) {
    for (const kind of KEPT[party]) {
      const text = recordLeaf(recordOf(at, kind));
      yield recordLine(tree.size, text);
      tree.append(leafHash(text));
    }
    if (at % SEEN_EVERY !== SEEN_EVERY - 1 && at !== exchanges - 1) continue;
    const checkpoint = signCheckpoint({ size: tree.size, root: tree.root() }, signer);
    shown.push(checkpoint);
    yield { checkpoint };
  }
}

/** Audits logs of so many exchanges, five records each; every fourth exchange showed the logs to the other parties. */
export async function benchAudit(exchanges = 200_000): Promise<AuditFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-bench-'));
  try {
    const shown = new Map<string, string[]>();
    const files: string[] = [];
    let bytes = 0;
    for (const party of [GATEWAY, INQUIRER, PROVIDER] as const) {
      const own: string[] = [];
      const lines = function* (): Generator<ExportLine> {
        yield* exported(party, exchanges, own);
        // Later parties keep what earlier ones showed them.
        for (const [log, heads] of shown) {
          for (const checkpoint of heads) yield { seen: { log, checkpoint } };
        }
      };
      const text = function* () {
        for (const line of lines()) {
          const row = `${JSON.stringify(line)}\n`;
          bytes += row.length;
          yield row;
        }
      };
      const file = join(folder, `${party}.ndjson`);
      await pipeline(Readable.from(text()), createWriteStream(file));
      files.push([party, base64url(keyOf(party).publicKey), file].join());
      shown.set(party, own);
    }
    const auditor = await child<AuditFigures & { ok: boolean }>('audit', ...files);
    await auditor[Symbol.asyncDispose]();
    const { ok, rss, ...told } = auditor.told;
    if (!ok) throw new Error('sound logs were found unsound');
    return {
      ...told,
      rss: rss / 2 ** 20,
      megabytes: bytes / 1e6,
      recordsPerSecond: told.records / told.seconds,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// `node bench/audit.ts 20000`: as many exchanges.
if (import.meta.main) console.table(await benchAudit(Number(process.argv[2] ?? 200_000)));
