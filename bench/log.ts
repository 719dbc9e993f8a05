/**
 * What the Merkle log costs: appending in a party's own database, sealing, proving, verifying, and
 * auditing a long export in constant memory.
 *
 * A record is about 350 bytes, as the gateway's are. Appends are timed with the insert of the record itself, within
 * a transaction of as many works as a loaded gateway gathers (12), and with the commit beside them for scale. Proofs are for
 * leaves all over a log of that size.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url } from '../src/protocol/encoding.ts';
import { ExportAuditor, recordLine } from '../src/protocol/log/audit-export.ts';
import { openCheckpoint, signCheckpoint } from '../src/protocol/log/checkpoint.ts';
import { verifyConsistency } from '../src/protocol/log/consistency.ts';
import { cosigner } from '../src/protocol/log/cosignature.ts';
import { Frontier } from '../src/protocol/log/frontier.ts';
import { leafHash } from '../src/protocol/log/hash.ts';
import { verifyInclusion } from '../src/protocol/log/inclusion.ts';
import { recordLeaf } from '../src/protocol/log/leaf.ts';
import { logKey } from '../src/protocol/log/log-key.ts';
import { noteSigner, noteVerifier } from '../src/protocol/log/signed-note.ts';
import { observe } from '../src/protocol/log/witness.ts';
import type { ProvisionRecord } from '../src/protocol/record.ts';
import { LOG_SQL, LogStore } from '../src/service/sqlite/log-store.ts';
import { openDatabase } from '../src/service/sqlite/open-database.ts';

const ORIGIN = 'gateway.example/log';
const digest = (of: string) => createHash('sha256').update(of).digest();

/** The index-th record of an invented gateway. */
const recordOf = (index: number): ProvisionRecord => ({
  kind: index % 2 === 0 ? 'permitted' : 'answered',
  at: 1_795_305_600_000 + index,
  exchange: base64url(digest(`exchange ${index >> 1}`).subarray(0, 16)),
  message: base64url(digest(`message ${index}`).subarray(0, 16)),
  inquirer: '13101',
  provider: '13102',
  affair: 'JM00000000000025',
  item: '25',
  list: 'order-r6-9',
  information: 'TM00000000000101',
  requestedAt: 1_795_305_600,
  statement: base64url(digest(`statement ${index}`)),
  person: base64url(digest(`person ${index % 1000}`)),
});

/** Microseconds that one of `count` takes on average. */
function each(count: number, work: (at: number) => unknown): number {
  const before = performance.now();
  for (let at = 0; at < count; at++) work(at);
  return ((performance.now() - before) * 1000) / count;
}

/** Figures in microseconds unless their names say otherwise. */
export async function benchLog(options: { readonly leaves: number; readonly audited: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'renkei-bench-log-'));
  const path = join(folder, 'log.db');
  const before =
    'CREATE TABLE records (seq INTEGER PRIMARY KEY, exchange TEXT, record TEXT) STRICT;';
  const migrations = [{ version: 1, name: 'log', sql: `${before}${LOG_SQL}` }];
  const db = openDatabase({ path, migrations });
  try {
    const key = logKey(digest('seed'));
    const signer = noteSigner(ORIGIN, key);
    const known = { origin: ORIGIN, keys: [noteVerifier(ORIGIN, key.publicKey)] };
    const { id } = signer;
    const store = new LogStore(db, { name: ORIGIN, id, signLater: (text) => key.signLater(text) });
    const log = store.records;

    const records = Array.from({ length: 20_000 }, (_, index) => recordOf(index));
    const leafText = each(records.length, (at) => recordLeaf(records[at] ?? recordOf(at)));
    const texts = records.map(recordLeaf);
    const hash = each(texts.length, (at) => leafHash(texts[at] ?? ''));

    const BATCH = 12;
    const hashes: Uint8Array[] = [];
    const times = { append: 0, seal: 0, commit: 0 };
    const timed = (part: keyof typeof times, work: () => void) => {
      const before = performance.now();
      work();
      times[part] += performance.now() - before;
    };
    for (let at = 0; at < options.leaves; at += BATCH) {
      const some = Array.from({ length: BATCH }, (_, n) => recordOf(at + n));
      hashes.push(...some.map((record) => leafHash(recordLeaf(record))));
      db.exec('BEGIN IMMEDIATE');
      timed('append', () => {
        for (const record of some) log.record(record);
      });
      timed('seal', () => store.beforeCommit());
      timed('commit', () => db.exec('COMMIT'));
      store.committed();
      // The signatures are made beside: let them be done.
      await log.head.note;
    }
    const perLeaf = (ms: number) => (ms * 1000) / hashes.length;
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');

    const { size, root } = log.head;
    const somewhere = (at: number) => (at * 7919) % size;
    const inclusion = log.inclusion(somewhere(1), size);
    const claim = { leaf: hashes[somewhere(1)] ?? root, index: somewhere(1), size, root };
    const older = { size: somewhere(3), root: log.root(somewhere(3)) };
    const consistency = log.consistency(older.size, size);
    const note = await log.head.note;
    const seen = { origin: ORIGIN, note: signCheckpoint(older, signer) };
    const witness = cosigner('13101.example', logKey(digest('witness')));
    return {
      leaves: size,
      bytesPerLeaf: statSync(path).size / size,
      checkpointBytes: Buffer.byteLength(note),
      proofHashes: inclusion.length,
      leafText,
      leafHash: hash,
      append: perLeaf(times.append),
      appendsPerSecond: Math.round(1e6 / perLeaf(times.append)),
      sealPerBatch: perLeaf(times.seal) * BATCH,
      sealPerLeaf: perLeaf(times.seal),
      commitPerLeaf: perLeaf(times.commit),
      proveInclusion: each(3000, (at) => log.inclusion(somewhere(at), size)),
      proveRecentInclusion: each(3000, (at) => log.inclusion(size - 1 - (at % BATCH), size)),
      verifyInclusion: each(3000, () => verifyInclusion(inclusion, claim)),
      proveConsistency: each(3000, (at) => log.consistency(1 + somewhere(at), size)),
      verifyConsistency: each(3000, () => verifyConsistency(consistency, older, { size, root })),
      openCheckpoint: each(1000, () => openCheckpoint(note, known)),
      observe: each(1000, () =>
        observe(known, seen, { note, from: older.size, proof: consistency }),
      ),
      cosign: each(1000, (at) => witness.cosign(note, at)),
      ...benchAudit(options.audited, texts),
    };
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Audits that many records with a checkpoint after every thousandth, made as they are read. */
function benchAudit(count: number, texts: readonly string[]) {
  const key = logKey(digest('seed'));
  const signer = noteSigner(ORIGIN, key);
  const log = { origin: ORIGIN, keys: [noteVerifier(ORIGIN, key.publicKey)] };
  const auditor = new ExportAuditor({ log });
  const writer = new Frontier();
  let spent = 0;
  let before = 0;
  let most = 0;
  const take = (line: Parameters<ExportAuditor['take']>[0]) => {
    const started = performance.now();
    auditor.take(line);
    spent += performance.now() - started;
  };
  for (let index = 0; index < count; index++) {
    const text = texts[index % texts.length] ?? '';
    take(recordLine(index, text));
    writer.append(leafHash(text));
    if (writer.size % 1000 === 0 || writer.size === count) {
      take({ checkpoint: signCheckpoint({ size: writer.size, root: writer.root() }, signer) });
    }
    if (index % 10_000 === 9_999) {
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      if (index === 9_999) before = heapUsed + external;
      most = Math.max(most, heapUsed + external);
    }
  }
  const report = auditor.finish();
  return {
    audited: report.size,
    auditPerRecord: (spent * 1000) / report.size,
    auditGrowthKilobytes: Math.round((most - before) / 1024),
  };
}

if (import.meta.main) {
  console.table(await benchLog({ leaves: 240_000, audited: 1_000_000 }));
}
