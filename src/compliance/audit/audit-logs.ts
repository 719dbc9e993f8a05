import { ExportAuditor, ExportLine, type KnownHead } from '../../protocol/log/audit-export.ts';
import { openCheckpoint, parseCheckpoint } from '../../protocol/log/checkpoint.ts';
import {
  exchangeFindings,
  type Gone,
  placedRecord,
  type RuleFinding,
} from '../../protocol/log/exchange-rules.ts';
import { type LogFault, LogInvalid } from '../../protocol/log/log-invalid.ts';
import { originOf } from '../../protocol/log/origin.ts';
import type { PruningAudit } from '../../protocol/log/pruning-audit.ts';
import { type NoteVerifier, parseNote } from '../../protocol/log/signed-note.ts';
import { ProvisionRecord } from '../../protocol/record.ts';
import { AuditTables, type ShownHead } from './audit-tables.ts';

/** One party’s log as it was exported: read more than once. */
export interface AuditedLog {
  readonly party: string;
  readonly keys: readonly NoteVerifier[];
  readonly lines: () => Iterable<string> | AsyncIterable<string>;
}

export interface AuditOptions {
  /** Only exchanges with a record in this period count (milliseconds since the epoch, the end not included). */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** How long records have to be kept, in months; seven years unless told. */
  readonly keepMonths?: number | undefined;
  /** Called with the lines read so far, of all logs and passes. */
  readonly progress?: ((lines: number) => void) | undefined;
}

/** Something wrong: whose log, what kind, and the first record (or range of records) that cannot be believed. */
export interface AuditFinding {
  readonly party: string;
  readonly kind: LogFault | RuleFinding['kind'];
  readonly index?: number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly exchange?: string | undefined;
  readonly record?: string | undefined;
}

export interface AuditedLogs {
  readonly ok: boolean;
  readonly logs: readonly {
    readonly party: string;
    readonly size: number;
    readonly pruned: number;
  }[];
  readonly exchanges: number;
  /** Faults of the logs themselves first, each log by its own place. */
  readonly findings: readonly AuditFinding[];
  /** The first record that cannot be believed: of the log whose own proofs fail, if one does. */
  readonly first?: {
    readonly party: string;
    readonly index: number;
    readonly kind: AuditFinding['kind'];
  };
}

const MOST_FINDINGS = 1000;

/**
 * Holds logs against one another, offline (番号法23条): each log against its own hashes, checkpoints and
 * signatures and against what the others have seen of it, then each exchange against the records of all. In constant
 * memory, however long the logs are.
 */
export async function auditLogs(
  logs: readonly AuditedLog[],
  options: AuditOptions = {},
): Promise<AuditedLogs> {
  let read = 0;
  const counted = async function* (log: AuditedLog) {
    for await (const line of log.lines()) {
      read += 1;
      if (read % 1000 === 0) options.progress?.(read);
      yield line;
    }
  };
  const findings: AuditFinding[] = [];
  const sizes: AuditedLogs['logs'][number][] = [];
  const tables = new AuditTables();
  const prunings = new Map<string, PruningAudit>();
  try {
    for (const log of logs) await seeHeads(log, logs, counted, tables);
    for (const log of logs) {
      const { fault, pruning, ...size } = await auditOne(log, counted, tables, options);
      sizes.push({ party: log.party, ...size });
      prunings.set(log.party, pruning);
      if (fault) findings.push({ party: log.party, kind: fault.kind, ...fault.place });
    }
    let exchanges = 0;
    const parties = new Set(logs.map(({ party }) => party));
    for (const { exchange, records } of tables.exchanges()) {
      exchanges += 1;
      if (findings.length >= MOST_FINDINGS) continue;
      const gone: Gone = (party, what) => prunings.get(party)?.verdict({ exchange, ...what });
      for (const found of exchangeFindings(records, parties, gone)) {
        findings.push({ ...found, exchange });
      }
    }
    const first = firstOf(findings);
    options.progress?.(read);
    return { ok: findings.length === 0, logs: sizes, exchanges, findings, ...(first && { first }) };
  } finally {
    tables.close();
  }
}

type Counted = (log: AuditedLog) => AsyncIterable<string>;

/** Keeps what the others showed to the keeper of this log: tree heads, signed by the others themselves. */
async function seeHeads(
  log: AuditedLog,
  logs: readonly AuditedLog[],
  counted: Counted,
  tables: AuditTables,
): Promise<void> {
  const parties = new Set(logs.map(({ party }) => party));
  for await (const text of counted(log)) {
    if (!text.startsWith('{"seen"')) continue;
    const line = lineOf(text);
    if (!line || !('seen' in line) || !parties.has(line.seen.log)) continue;
    const { log: shown, checkpoint: note } = line.seen;
    const head = orUndefined(() => parseCheckpoint(parseNote(note).text));
    if (head?.origin === originOf(shown)) tables.see(shown, { ...head, note });
  }
}

/** What somebody says to have seen counts only if the log itself signed it; asked when it does not fit. */
function* known(heads: Iterable<ShownHead>, { party, keys }: AuditedLog): Generator<KnownHead> {
  const origin = originOf(party);
  for (const { note, ...head } of heads) {
    const confirm = () => orUndefined(() => openCheckpoint(note, { origin, keys })) !== undefined;
    yield { ...head, confirm };
  }
}

const orUndefined = <Result>(work: () => Result): Result | undefined => {
  try {
    return work();
  } catch (error) {
    if (error instanceof LogInvalid) return undefined;
    throw error;
  }
};

/** Verifies one log, and brings its records to the others’, also those after a fault. */
async function auditOne(
  log: AuditedLog,
  counted: Counted,
  tables: AuditTables,
  { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, keepMonths }: AuditOptions,
) {
  const auditor = new ExportAuditor({
    log: { origin: originOf(log.party), keys: log.keys },
    known: known(tables.headsOf(log.party), log),
    keepMonths,
  });
  let fault: LogInvalid | undefined;
  let size = 0;
  let pruned = 0;
  const orFault = (work: () => void) => {
    if (fault) return;
    try {
      work();
    } catch (error) {
      if (!(error instanceof LogInvalid)) throw error;
      fault = error;
    }
  };
  for await (const text of counted(log)) {
    const line = lineOf(text);
    // What it let go counts towards the others, whatever else is wrong.
    if (fault && line && 'index' in line) auditor.pruning.take(line.index, line.record);
    orFault(() => {
      if (!line) throw new LogInvalid('order', { index: auditor.size });
      auditor.take(line);
    });
    if (!line || !('index' in line)) continue;
    size += 1;
    if (line.record === undefined) pruned += 1;
    const record = recordOf(line.record);
    if (record?.exchange === undefined || record.at < since || record.at >= until) continue;
    tables.place(record.exchange, placedRecord(log.party, line.index, record));
  }
  // Who never recorded anything has signed nothing, and nobody has seen otherwise.
  if (size > 0 || auditor.expectsMore) orFault(() => auditor.finish());
  auditor.close();
  return { fault, size, pruned, pruning: auditor.pruning };
}

const lineOf = (text: string): ExportLine | undefined => {
  try {
    return ExportLine.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const recordOf = (text: string | undefined): ProvisionRecord | undefined => {
  try {
    return text === undefined ? undefined : ProvisionRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/**
 * A log’s own proofs name the party. Where they name a range (it was altered between two checkpoints that others have
 * seen, by somebody who could sign), nothing from its beginning on can be believed.
 */
function firstOf(findings: readonly AuditFinding[]): AuditedLogs['first'] {
  const found = findings.find(({ exchange }) => exchange === undefined) ?? findings[0];
  if (!found) return undefined;
  const { party, kind, index, from } = found;
  return { party, index: index ?? from ?? 0, kind };
}
