import { z } from 'zod';
import { base64url, fromBase64url } from '../encoding.ts';
import { Digest } from '../identifiers.ts';
import { type KnownLog, openCheckpoint } from './checkpoint.ts';
import type { TreeHead } from './consistency.ts';
import { Frontier } from './frontier.ts';
import { leafHash, sameHash } from './hash.ts';
import { type FaultPlace, LogInvalid } from './log-invalid.ts';
import { PruningAudit } from './pruning-audit.ts';
import type { NoteVerifier } from './signed-note.ts';

/**
 * One line of an export, in the log's order: each record with its place and its leaf's hash, so that an
 * altered record is named exactly (a record whose time is over leaves its hash alone), checkpoints after the
 * last record that they cover, and last the largest checkpoint of each other log that this party accepted.
 */
export const ExportLine = z.union([
  z.strictObject({ index: z.int().min(0), record: z.string().optional(), leaf: Digest }),
  z.strictObject({ checkpoint: z.string() }),
  z.strictObject({ seen: z.strictObject({ log: z.string(), checkpoint: z.string() }) }),
]);
export type ExportLine = z.infer<typeof ExportLine>;

export const recordLine = (index: number, record: string): ExportLine => ({
  index,
  record,
  leaf: base64url(leafHash(record)),
});

/**
 * A checkpoint known from elsewhere. Where the tree has it, who signed it does not matter; where it has not, `confirm`
 * is asked whether the log did sign it (looking at a signature costs more than all the rest).
 */
export interface KnownHead extends TreeHead {
  readonly confirm?: () => boolean;
}

export interface AuditOptions {
  readonly log: KnownLog;
  /** Cosigners whose signatures are to be verified and told. */
  readonly witnesses?: readonly NoteVerifier[];
  /** Tree heads known from elsewhere (a witness), the smallest first: the export must contain their trees. */
  readonly known?: Iterable<KnownHead>;
  /** How long records have to be kept, in months; seven years unless told. */
  readonly keepMonths?: number | undefined;
  /**
   * Called with each record whose leaf is right, e.g. to read it (`readRecordLeaf`) or to hold it against
   * another party's. The audit itself asks for no shape: records of other versions are verified too.
   * A LogInvalid that it throws ends the audit with this record's index.
   */
  readonly eachRecord?: (record: string, index: number) => void;
}

export interface AuditReport extends TreeHead {
  readonly checkpoints: number;
  /** Records whose time was over: only their hashes are left. */
  readonly pruned: number;
  /** The largest size that each known witness cosigned. */
  readonly cosigned: Readonly<Record<string, number>>;
}

/**
 * Verifies an export offline, line by line, in the memory of a frontier however long it is. The first
 * fault is thrown as LogInvalid with its place:
 *
 * - record: this record is not what its leaf says (`index`)
 * - order: a line is missing, doubled or displaced (`index`)
 * - root: between the last good checkpoint and this one something was altered (`from`, `to`)
 * - fork: the tree is not the one that a known checkpoint tells of; it was up to the one at `from` (`from`, `to`)
 * - pruning: content is gone that no pruning in the log tells of (`index`, or `from`, `to`)
 * - early: content is gone whose time was not over (`index`, or `from`, `to`)
 * - truncated: records after the last checkpoint, or fewer than a known checkpoint counts
 * - note, signature, checkpoint: a checkpoint that can't be accepted (`index`: records before it)
 */
export class ExportAuditor {
  readonly #options: AuditOptions;
  readonly #known: Iterator<KnownHead>;
  /** The first of them that the tree has not reached. */
  #next: KnownHead | undefined;
  readonly #frontier = new Frontier();
  readonly #cosigned: Record<string, number> = {};
  #covered = 0;
  #agreed = 0;
  #checkpoints = 0;
  /** What it lost the content of. */
  readonly pruning: PruningAudit;

  constructor(options: AuditOptions) {
    this.#options = options;
    this.pruning = new PruningAudit(options.keepMonths);
    this.#known = (options.known ?? [])[Symbol.iterator]();
    this.#advance();
  }

  #advance(): void {
    const { done, value } = this.#known.next();
    this.#next = done ? undefined : value;
  }

  /** Records taken so far. */
  get size(): number {
    return this.#frontier.size;
  }

  /** Whether somebody has seen a larger tree than what was taken so far. */
  get expectsMore(): boolean {
    return this.#next !== undefined;
  }

  /** Lets go of what is known from elsewhere, for who stops before the end. */
  close(): void {
    this.#known.return?.();
  }

  take(line: ExportLine): void {
    if ('checkpoint' in line) this.#checkpoint(line.checkpoint);
    else if ('index' in line) this.#record(line.index, line.record, fromBase64url(line.leaf));
  }

  #record(index: number, record: string | undefined, leaf: Uint8Array): void {
    const expected = this.#frontier.size;
    if (index !== expected) throw new LogInvalid('order', { index: expected });
    if (record !== undefined && !sameHash(leafHash(record), leaf))
      throw new LogInvalid('record', { index });
    this.pruning.take(index, record);
    if (record !== undefined) placed({ index }, () => this.#options.eachRecord?.(record, index));
    this.#frontier.append(leaf);
    this.#meet();
  }

  /** Holds the tree against the heads of its size. */
  #meet(): void {
    const { size } = this.#frontier;
    for (let head = this.#next; head !== undefined && head.size <= size; head = this.#next) {
      this.#advance();
      if (head.size < size) continue;
      if (sameHash(this.#frontier.root(), head.root)) this.#agreed = size;
      else if (isConfirmed(head)) throw new LogInvalid('fork', { from: this.#agreed, to: size });
    }
  }

  #checkpoint(note: string): void {
    const { size } = this.#frontier;
    const { log, witnesses = [] } = this.#options;
    const checkpoint = placed({ index: size }, () => openCheckpoint(note, log, witnesses));
    if (checkpoint.size !== size) throw new LogInvalid('order', { index: size });
    if (!sameHash(checkpoint.root, this.#frontier.root())) {
      throw new LogInvalid('root', { from: this.#covered, to: size });
    }
    for (const { name } of checkpoint.cosigned) this.#cosigned[name] = size;
    this.#covered = size;
    this.#checkpoints += 1;
  }

  /** Call it after the last line: an export can also end too early. */
  finish(): AuditReport {
    const { size } = this.#frontier;
    let most = 0;
    for (; this.#next !== undefined; this.#advance()) {
      if (isConfirmed(this.#next)) most = this.#next.size;
    }
    // What is there since the last head that others have seen may be anything: the log’s own word is not enough.
    if (most > size) throw new LogInvalid('truncated', { from: this.#agreed, to: most });
    if (this.#checkpoints === 0 || this.#covered < size) {
      throw new LogInvalid('truncated', { from: this.#covered, to: size });
    }
    this.pruning.finish();
    return {
      size,
      root: this.#frontier.root(),
      checkpoints: this.#checkpoints,
      pruned: this.pruning.missing,
      cosigned: this.#cosigned,
    };
  }
}

const isConfirmed = ({ confirm }: KnownHead): boolean => confirm === undefined || confirm();

/** Names the place of a fault that was found without knowing where. */
function placed<T>(place: FaultPlace, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LogInvalid)) throw error;
    throw new LogInvalid(error.kind, { ...error.place, ...place }, { cause: error });
  }
}

/** Audits the lines of an NDJSON export. @throws LogInvalid */
export async function auditExport(
  lines: Iterable<string> | AsyncIterable<string>,
  options: AuditOptions,
): Promise<AuditReport> {
  const auditor = new ExportAuditor(options);
  for await (const line of lines) auditor.take(readLine(line, auditor.size));
  return auditor.finish();
}

function readLine(line: string, index: number): ExportLine {
  try {
    return ExportLine.parse(JSON.parse(line));
  } catch {
    // The parser's message may quote the line.
    throw new LogInvalid('order', { index });
  }
}
