import type { DatabaseSync } from 'node:sqlite';
import { checkpointText } from '../../protocol/log/checkpoint.ts';
import { proveConsistency, type TreeHead } from '../../protocol/log/consistency.ts';
import { Frontier } from '../../protocol/log/frontier.ts';
import { EMPTY_ROOT, leafHash } from '../../protocol/log/hash.ts';
import { proveInclusion } from '../../protocol/log/inclusion.ts';
import { recordLeaf } from '../../protocol/log/leaf.ts';
import { RightEdge } from '../../protocol/log/right-edge.ts';
import { formatNote } from '../../protocol/log/signed-note.ts';
import { spanRoot } from '../../protocol/log/tree.ts';
import { ProvisionRecord } from '../../protocol/record.ts';
import type { BatchHooks } from './batch-hooks.ts';
import { type KeptLeaf, type KeptRecord, recordTable } from './record-table.ts';

/** Signs this party's checkpoints, beside the main thread. */
export interface LogSigner {
  /** The log's origin (C2SP tlog-checkpoint). */
  readonly name: string;
  readonly id: number;
  signLater(text: string): Promise<Uint8Array>;
}

/** The whole log at one commit, and its checkpoint as a signed note. */
export interface SealedHead extends TreeHead {
  readonly note: Promise<string>;
}

/** How a record is kept: as it is given, or in other words that say the same (see the gateway's store). */
export type Keep = (record: ProvisionRecord) => {
  readonly record: ProvisionRecord;
  /** For whoever looks for a person's records. */
  readonly person?: string | undefined;
};

const RECENT = 4096;
const ENTERED_AT_ONCE = 1000;

/**
 * A party's records as an append-only Merkle log (RFC 6962) in its own database. A record enters the log in the
 * statement that writes it; the checkpoint is made once for each commit, and signed while the commit waits for
 * the disk. Ed25519 is deterministic, so a checkpoint that nobody saw before a crash is the same again after it.
 */
export class RecordLog implements BatchHooks {
  readonly #table: ReturnType<typeof recordTable>;
  readonly #db: DatabaseSync;
  readonly #signer: LogSigner | undefined;
  readonly #keep: Keep;
  #edge: RightEdge;
  /** Of all that is written, committed or not. */
  #tree: Frontier;
  /** How many are written: that of the tree, or without a log just a number. */
  #size: number;
  #head: SealedHead;
  #next: SealedHead | undefined;
  /** What to go back to when the work at hand, or the batch, is undone. */
  #work: Point | undefined;
  #batch: Point | undefined;
  readonly #fresh: { readonly index: number; readonly record: ProvisionRecord }[] = [];
  /** The newest records by the statement that they tell of, so that proving them asks nobody. */
  readonly #recent = new Map<
    string,
    { readonly index: number; readonly record: ProvisionRecord }
  >();

  /** @param signer without one, records are kept and no log is */
  constructor(db: DatabaseSync, signer?: LogSigner, keep: Keep = (record) => ({ record })) {
    this.#db = db;
    this.#table = recordTable(db);
    this.#signer = signer;
    this.#keep = keep;
    this.#edge = new RightEdge(this.#table.hashAt);
    this.#tree = new Frontier();
    this.#size = 0;
    this.#head = { size: 0, root: EMPTY_ROOT, note: Promise.resolve('') };
    this.reread();
  }

  /** Takes what the table holds now, whoever wrote it. */
  reread(): void {
    this.#ended();
    this.#recent.clear();
    this.#edge = new RightEdge(this.#table.hashAt);
    this.#size = this.#table.count();
    if (!this.#signer) return;
    const logged = this.#table.logged();
    this.#tree = Frontier.read(logged, this.#table.hashAt);
    if (logged < this.#size) this.#enterAll(logged);
    this.#head = this.#seal(this.#signer);
  }

  /** Writes a record. @returns its index @throws ZodError for what is none */
  record(entry: ProvisionRecord): number {
    this.#work ??= this.#point();
    this.#batch ??= this.#work;
    const { record, person } = this.#keep(ProvisionRecord.parse(entry));
    const text = recordLeaf(record);
    const index = this.#size;
    const hashes = this.#signer && this.#append(text);
    this.#size += 1;
    this.#table.insert(index + 1, record.exchange ?? null, person ?? null, text, hashes ?? null);
    if (this.#signer) this.#fresh.push({ index, record });
    return index;
  }

  records(after: number, limit: number): KeptRecord[] {
    return this.#table.records(after, limit);
  }

  /** Takes the content of records away, for good; the tree stays as it is. @param indices of records that are there */
  blank(indices: readonly number[]): void {
    for (const index of indices) this.#table.blank(index + 1);
    // What was remembered of them goes with them.
    this.#recent.clear();
  }

  /** All of one exchange, oldest first. */
  ofExchange(exchange: string): ProvisionRecord[] {
    return this.#table.ofExchange(exchange).map(({ record }) => record);
  }

  /** Where those are, from 0; also those whose time is over. */
  placesOf(exchange: string): number[] {
    return this.#table.placesOf(exchange);
  }

  /** The record of an exchange that tells of this statement, and where it is. */
  find(
    exchange: string,
    statement: string,
  ): { index: number; record: ProvisionRecord } | undefined {
    const recent = this.#recent.get(statement);
    if (recent) return recent;
    const found = this.#table
      .ofExchange(exchange)
      .findLast(({ record }) => record.statement === statement);
    return found && { index: found.seq - 1, record: found.record };
  }

  /** The newest committed checkpoint. */
  get head(): SealedHead {
    return this.#head;
  }

  /** The checkpoint of the first `size` records, signed anew if need be: it is the same again. */
  async checkpointAt(size: number): Promise<string> {
    if (size === this.#head.size) return await this.#head.note;
    if (!this.#signer) throw new RangeError('no log');
    return await signed(this.#signer, { size, root: this.root(size) });
  }

  inclusion(index: number, size: number): Uint8Array[] {
    return proveInclusion(index, this.#within(size), this.#edge.node);
  }

  consistency(from: number, to: number): Uint8Array[] {
    return proveConsistency(from, this.#within(to), this.#edge.node);
  }

  root(size: number): Uint8Array {
    return spanRoot(0, this.#within(size), this.#edge.node);
  }

  /** The hash of a complete subtree. @throws LogInvalid missing */
  node(level: number, index: number): Uint8Array {
    return this.#edge.node(level, index);
  }

  /** Leaves of an index range, in order, as they are asked for. */
  leaves(from: number, to: number): Iterable<KeptLeaf> {
    return this.#table.leaves(from, this.#within(to));
  }

  workBegins(): void {
    this.#work = undefined;
  }
  workUndone(): void {
    if (this.#work) this.#backTo(this.#work);
    this.#work = undefined;
  }
  beforeCommit(): void {
    if (this.#signer && this.#tree.size > this.#head.size) this.#next = this.#seal(this.#signer);
  }
  committed(): void {
    if (this.#next) this.#head = this.#next;
    for (const one of this.#fresh) {
      if (one.record.statement !== undefined) this.#recent.set(one.record.statement, one);
    }
    if (this.#recent.size > 2 * RECENT) {
      let drop = this.#recent.size - RECENT;
      for (const key of this.#recent.keys()) {
        if (drop-- <= 0) break;
        this.#recent.delete(key);
      }
    }
    this.#ended();
  }
  abandoned(): void {
    if (this.#batch) this.#backTo(this.#batch);
    this.#ended();
  }

  #ended(): void {
    this.#next = undefined;
    this.#batch = undefined;
    this.#work = undefined;
    this.#fresh.length = 0;
  }

  #append(text: string): Uint8Array {
    const index = this.#tree.size;
    const completed = this.#tree.append(leafHash(text));
    this.#edge.add(index, completed);
    return completed.length === 1 ? (completed[0] ?? EMPTY_ROOT) : Buffer.concat(completed);
  }

  #seal(signer: LogSigner): SealedHead {
    const head = { size: this.#tree.size, root: this.#tree.root() };
    const note = signed(signer, head);
    // Whoever shows it hears of a failure; a checkpoint that nobody shows may fail.
    note.catch(() => undefined);
    return { ...head, note };
  }

  #point(): Point {
    const { size, parts } = this.#tree;
    return { size: this.#size, tree: { size, parts: [...parts] }, fresh: this.#fresh.length };
  }

  #backTo({ size, tree, fresh }: Point): void {
    this.#size = size;
    this.#tree = Frontier.of(tree.size, tree.parts);
    this.#fresh.length = fresh;
  }

  #within(size: number): number {
    if (size > this.#head.size) throw new RangeError('beyond the end of the log');
    return size;
  }

  /** Records from before there was a log enter it in their order. */
  #enterAll(logged: number): void {
    for (let from = logged; from < this.#size; from += ENTERED_AT_ONCE) {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const { seq, record: entry } of this.#table.records(from, ENTERED_AT_ONCE)) {
        const { record, person } = this.#keep(entry);
        const text = recordLeaf(record);
        this.#table.enter(text, person ?? null, this.#append(text), seq);
      }
      this.#db.exec('COMMIT');
    }
  }
}

interface Point {
  readonly size: number;
  readonly tree: { readonly size: number; readonly parts: readonly Uint8Array[] };
  readonly fresh: number;
}

async function signed({ name, id, signLater }: LogSigner, head: TreeHead): Promise<string> {
  const text = checkpointText({ origin: name, size: head.size, root: head.root });
  const signature = await signLater(text);
  return formatNote({ text, signatures: [{ name, id, signature }] });
}
