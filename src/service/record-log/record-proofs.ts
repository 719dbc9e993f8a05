import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { type Cosigner, laterCosignatureVerifier } from '../../protocol/log/cosignature.ts';
import { leafHash } from '../../protocol/log/hash.ts';
import { verifyInclusion } from '../../protocol/log/inclusion.ts';
import { recordLeaf } from '../../protocol/log/leaf.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { originOf, partyOf } from '../../protocol/log/origin.ts';
import {
  hashesOf,
  hashesText,
  type KnownFacts,
  type Remainder,
  remainderOf,
  type ShownRecord,
} from '../../protocol/log/shown.ts';
import {
  formatSignature,
  laterNoteVerifier,
  parseSignature,
} from '../../protocol/log/signed-note.ts';
import type { Evidence } from '../../protocol/log/witness.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Clock, RecordProofs, TakenProof } from '../ports.ts';
import type { LogStore } from '../sqlite/log-store.ts';
import type { Alarm } from '../sqlite/peer-table.ts';
import { PeerLog, textOf } from './peer-log.ts';
import { recordUnproven } from './refusals.ts';

/** Whether the other side must show its records, may, or has no log to show (for the bench). */
export type ProofMode = 'required' | 'as-shown' | 'off';

/** The keys of a party's log and of its cosignatures, 32 bytes each. */
export interface PeerKeys {
  readonly log: Uint8Array;
  readonly witness: Uint8Array;
}

export interface RecordProofsOptions {
  readonly party: string;
  readonly mode: ProofMode;
  readonly store: LogStore;
  readonly cosigner: Cosigner;
  readonly clock: Clock;
  /** A party's keys, if it has a log. */
  readonly keysOf: (party: string) => PeerKeys | undefined;
  /** Asks a party to prove that its log of `to` records begins with that of `from`; undefined: it can't. */
  readonly ask: (
    party: string,
    from: number,
    to: number,
  ) => Promise<readonly Uint8Array[] | undefined>;
  /** Keeps an alarm together with its record. */
  readonly alarm: (keep: () => void, record: ProvisionRecord) => Promise<void>;
}

/** A cosignature says when, in seconds: more than one a second would say no more. */
const COSIGN_MS = 1000;

/** What a party shows of its own log and asks of the others', over its own store. */
export class PartyProofs implements RecordProofs {
  readonly #options: RecordProofsOptions;
  readonly #logs = new Map<string, PeerLog | undefined>();
  readonly #accused: Set<string>;
  /** The last link made for a peer: all messages of one commit carry the same. */
  readonly #links = new Map<string, { size: number; from: number; consistency: string }>();

  constructor(options: RecordProofsOptions) {
    this.#options = options;
    const { alarms } = options.store.peers;
    this.#accused = new Set(
      alarms()
        .filter(({ trustedAt }) => trustedAt === undefined)
        .map(({ log }) => log),
    );
  }

  async show(
    peer: string,
    { exchange, statement }: { exchange: string; statement: string },
  ): Promise<ShownRecord | undefined> {
    const { mode, store } = this.#options;
    if (mode === 'off') return undefined;
    const found = store.records.find(exchange, statement);
    const { head } = store.records;
    if (!found || found.index >= head.size) return undefined;
    const { index, record } = found;
    const path = hashesText(store.records.inclusion(index, head.size));
    const { from, consistency } = this.#link(peer, head.size);
    const cosigned = this.#cosign(peer);
    return {
      record: remainderOf(record),
      ...{ index, path, from, consistency },
      checkpoint: await head.note,
      ...(cosigned && { cosigned: await cosigned }),
    };
  }

  take(shown: ShownRecord | undefined): TakenProof {
    const { mode } = this.#options;
    if (mode === 'off') return NOTHING_ASKED;
    if (shown === undefined) return mode === 'required' ? NOTHING_SHOWN : NOTHING_ASKED;
    let peer: string;
    try {
      peer = partyOf(shown.checkpoint);
    } catch (cause) {
      return refusing(cause);
    }
    const log = this.#logOf(peer);
    if (!log) return mode === 'required' ? NOTHING_SHOWN : NOTHING_ASKED;
    const head = log.take(shown);
    const kept = this.#keepCosigned(peer, shown);
    // Heard of when the message is looked into, if it comes to that.
    head.catch(() => undefined);
    return {
      async proves(sender, facts) {
        if (sender !== peer) throw recordUnproven();
        const { size, root } = await head;
        await kept;
        try {
          const leaf = leafHash(recordLeaf(recordWith(shown.record, facts)));
          const { index, path } = shown;
          verifyInclusion(hashesOf(path, 'inclusion'), { leaf, index, size, root });
        } catch (cause) {
          throw cause instanceof LogInvalid ? recordUnproven(cause) : cause;
        }
        return shown.record;
      },
    };
  }

  /** Proves to a peer that asks that this log only grew; undefined: there is no such tree here. */
  consistency(from: number, to: number): string | undefined {
    const { records } = this.#options.store;
    if (from > to || to > records.head.size) return undefined;
    return hashesText(records.consistency(from, to));
  }

  alarms(): Alarm[] {
    return this.#options.store.peers.alarms();
  }

  /** How many alarms nobody has dealt with. */
  standing(): number {
    return this.alarms().filter(({ trustedAt }) => trustedAt === undefined).length;
  }

  /** Largest checkpoints of others that this party accepted. */
  seen(): { readonly log: string; readonly checkpoint: string }[] {
    return [...this.#options.store.peers.all()].flatMap(([log, { seen }]) =>
      seen === undefined ? [] : [{ log, checkpoint: seen }],
    );
  }

  /**
   * Takes another party's log as it is from now on, by an operator's hand: after a backup was restored.
   * @returns how many alarms about it end with that
   */
  async trust(peer: string): Promise<number> {
    const { store, clock, alarm } = this.#options;
    let ended = 0;
    const at = clock.now();
    await alarm(
      () => {
        ended = store.peers.trust(peer, at);
        store.peers.change(peer, { seen: undefined, witnessed: { at: 0, size: 0 } });
      },
      { kind: 'log_trusted', at, log: peer },
    );
    this.#accused.delete(peer);
    this.#logs.get(peer)?.trustAnew();
    return ended;
  }

  #logOf(peer: string): PeerLog | undefined {
    const known = this.#logs.get(peer);
    if (known || this.#logs.has(peer)) return known;
    const { keysOf, store, ask } = this.#options;
    const keys = keysOf(peer);
    const origin = originOf(peer);
    const log =
      keys &&
      new PeerLog({
        log: { origin, key: laterNoteVerifier(origin, keys.log) },
        seen: () => store.peers.of(peer).seen,
        keepSeen: (note) => store.peers.change(peer, { seen: note }),
        accused: () => this.#accused.has(peer),
        ask: (from, to) => ask(peer, from, to),
        raise: (evidence) => this.#raise(peer, evidence),
      });
    this.#logs.set(peer, log);
    return log;
  }

  async #raise(log: string, evidence: Evidence): Promise<void> {
    const { store, clock, alarm } = this.#options;
    this.#accused.add(log);
    const at = clock.now();
    await alarm(() => store.peers.accuse({ log, kind: evidence.kind, at, evidence }), {
      kind: 'alarm',
      at,
      log,
      code: 'log_inconsistent',
      statement: sha256(canonicalJson(evidence)),
    });
  }

  #link(peer: string, size: number): { from: number; consistency: string } {
    const made = this.#links.get(peer);
    if (made?.size === size) return made;
    const { peers, records } = this.#options.store;
    const from = Math.min(peers.of(peer).shown, size);
    const link = { size, from, consistency: hashesText(records.consistency(from, size)) };
    this.#links.set(peer, link);
    if (from !== size) peers.change(peer, { shown: size });
    return link;
  }

  /** A cosignature on the peer's log, when one is due. */
  #cosign(peer: string): Promise<NonNullable<ShownRecord['cosigned']>> | undefined {
    const { cosigner, clock, store } = this.#options;
    const seen = this.#logOf(peer)?.seen;
    const last = store.peers.of(peer).witnessed;
    const at = clock.now();
    if (!seen || seen.size <= last.size || at < last.at + COSIGN_MS) return undefined;
    const { size } = seen;
    store.peers.change(peer, { witnessed: { at, size } });
    return cosigner
      .cosignLater(textOf(seen, originOf(peer)), Math.floor(at / 1000))
      .then((signature) => ({ size, signature: formatSignature(signature) }));
  }

  /** Keeps a peer's cosignature on this log. One that does not fit is about another log than this one: no use. */
  async #keepCosigned(peer: string, { cosigned }: ShownRecord): Promise<void> {
    const { store, keysOf, party } = this.#options;
    if (!cosigned || cosigned.size > store.records.head.size) return;
    const keys = keysOf(peer);
    if (!keys) return;
    try {
      const line = parseSignature(cosigned.signature);
      const verifier = laterCosignatureVerifier(originOf(peer), keys.witness);
      if (line.name !== verifier.name || line.id !== verifier.id) return;
      const root = store.records.root(cosigned.size);
      await verifier.verify(textOf({ size: cosigned.size, root }, originOf(party)), line.signature);
      if ((store.peers.of(peer).cosigned?.size ?? 0) <= cosigned.size) {
        store.peers.change(peer, { cosigned });
      }
    } catch (error) {
      if (!(error instanceof LogInvalid)) throw error;
    }
  }
}

const recordWith = (remainder: Remainder, facts: KnownFacts): ProvisionRecord => ({
  ...remainder,
  ...facts,
});

const NOTHING_ASKED: TakenProof = { proves: async () => undefined };
const refusing = (cause?: unknown): TakenProof => ({
  proves: () => Promise.reject(recordUnproven(cause)),
});
const NOTHING_SHOWN: TakenProof = refusing();
