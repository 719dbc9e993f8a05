import {
  checkpointText,
  type LaterKnownLog,
  openCheckpointLater,
  parseCheckpoint,
} from '../../protocol/log/checkpoint.ts';
import { type TreeHead, verifyConsistency } from '../../protocol/log/consistency.ts';
import { sameHash } from '../../protocol/log/hash.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { hashesOf, type ShownRecord } from '../../protocol/log/shown.ts';
import { parseNote } from '../../protocol/log/signed-note.ts';
import type { Evidence } from '../../protocol/log/witness.ts';
import { logInconsistent, recordUnproven } from './refusals.ts';

/** What a peer's log has shown, by its signed note. */
interface Head extends TreeHead {
  readonly note: string;
}

/** How this party remembers a peer's log, and asks about it. */
export interface PeerMemory {
  readonly log: LaterKnownLog;
  seen(): string | undefined;
  keepSeen(note: string): void;
  /** Whether an alarm about it stands. */
  accused(): boolean;
  /** Asks the peer to prove that its tree of `to` leaves begins with that of `from`; undefined: it can't. */
  ask(from: number, to: number): Promise<readonly Uint8Array[] | undefined>;
  raise(evidence: Evidence): Promise<void>;
}

const REMEMBERED = 64;

/**
 * One peer's log, as this party witnesses it (C2SP tlog-witness): every checkpoint that it shows must continue,
 * or be continued by, the largest that was accepted. Each is verified once, however many messages carry it, and
 * one after the other, so that nothing depends on which of two signatures is verified first.
 */
export class PeerLog {
  readonly #memory: PeerMemory;
  readonly #heads = new Map<string, Promise<TreeHead>>();
  /** Proofs that came, by the size that they start from: they clear a checkpoint that comes late. */
  readonly #links = new Map<number, { readonly to: Head; readonly proof: string }>();
  #seen: Head | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(memory: PeerMemory) {
    this.#memory = memory;
    const note = memory.seen();
    this.#seen = note === undefined ? undefined : { ...headIn(note), note };
  }

  /** The largest checkpoint that was accepted. */
  get seen(): Head | undefined {
    return this.#seen;
  }

  /** Forgets what it saw: the next checkpoint is taken on trust. */
  trustAnew(): void {
    this.#heads.clear();
    this.#links.clear();
    this.#seen = undefined;
  }

  /** The tree that a checkpoint tells of, once it is verified. @throws RenkeiError record_unproven, log_inconsistent */
  take(shown: ShownRecord): Promise<TreeHead> {
    if (this.#memory.accused()) return Promise.reject(logInconsistent(this.#memory.log.origin));
    const { checkpoint } = shown;
    const known = this.#heads.get(checkpoint);
    if (known) return known;
    const opened = openCheckpointLater(checkpoint, this.#memory.log);
    opened.catch(() => undefined);
    const head = this.#last.then(async () => {
      const one = await opened.catch(unproven);
      return await this.#observe({ ...one, note: checkpoint }, shown);
    });
    this.#heads.set(checkpoint, head);
    // What fails is looked at again when it is shown again.
    this.#last = head.catch(() => this.#heads.delete(checkpoint));
    if (this.#heads.size > REMEMBERED) forgetOldest(this.#heads);
    return head;
  }

  async #observe(head: Head, shown: ShownRecord): Promise<TreeHead> {
    const seen = this.#seen;
    if (seen === undefined) return this.#accept(head, shown);
    if (head.size === seen.size) {
      if (sameHash(head.root, seen.root)) return head;
      return await this.#accuse('fork', seen, head);
    }
    return head.size > seen.size
      ? await this.#continues(seen, head, shown)
      : await this.#isContinued(head, seen);
  }

  async #continues(seen: Head, head: Head, shown: ShownRecord): Promise<TreeHead> {
    const shows = shown.from === seen.size && holds(shown.consistency, seen, head);
    if (!shows) await this.#ask(seen, head, () => this.#accuse('consistency', seen, head));
    return this.#accept(head, shown);
  }

  /** It comes late, or the log was taken back: only its keeper can tell. */
  async #isContinued(head: Head, seen: Head): Promise<TreeHead> {
    const link = this.#links.get(head.size);
    const cleared = link !== undefined && holds(link.proof, head, link.to);
    if (!cleared) await this.#ask(head, seen, () => this.#accuse('rollback', seen, head));
    return head;
  }

  /** Has the peer prove it. What it can't prove, after it has signed both, is held against it. */
  async #ask(older: Head, newer: Head, accuse: () => Promise<never>): Promise<void> {
    const proof = await this.#memory.ask(older.size, newer.size).catch(unproven);
    try {
      if (proof !== undefined) return verifyConsistency(proof, older, newer);
    } catch (error) {
      if (!(error instanceof LogInvalid)) throw error;
    }
    await accuse();
  }

  #accept(head: Head, { from, consistency }: ShownRecord): TreeHead {
    this.#seen = head;
    this.#memory.keepSeen(head.note);
    this.#links.set(from, { to: head, proof: consistency });
    if (this.#links.size > REMEMBERED) forgetOldest(this.#links);
    return head;
  }

  async #accuse(kind: Evidence['kind'], seen: Head, shown: Head): Promise<never> {
    const { origin } = this.#memory.log;
    await this.#memory.raise({ kind, origin, seen: seen.note, shown: shown.note });
    throw logInconsistent(origin);
  }
}

/** What was kept was verified when it came, and is this party's own. */
const headIn = (note: string): TreeHead => parseCheckpoint(parseNote(note).text);

/** The text that is cosigned. */
export const textOf = ({ size, root }: TreeHead, origin: string): string =>
  checkpointText({ origin, size, root });

function holds(text: string, older: TreeHead, newer: TreeHead): boolean {
  try {
    verifyConsistency(hashesOf(text, 'consistency'), older, newer);
    return true;
  } catch (error) {
    if (error instanceof LogInvalid) return false;
    throw error;
  }
}

function unproven(cause: unknown): never {
  throw recordUnproven(cause);
}

function forgetOldest(map: Map<unknown, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
