import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import type { NetworkConfig } from '../config/schema.ts';
import type { FaultsState } from '../faults/faults.ts';
import type { JournalState } from '../journal.ts';
import type { ChancePositions } from './chances.ts';

/** Every party’s database as bytes, by agency code. */
export interface Databases {
  readonly gateway: Uint8Array;
  readonly registry: Uint8Array;
  readonly nodes: Readonly<Record<string, Uint8Array>>;
  readonly addressNumbers: Readonly<Record<string, Uint8Array>>;
}

/** The law that the gateway goes by, as documents by digest. */
export interface LawState {
  readonly lists: readonly { readonly id: string; readonly digest: string }[];
  readonly roles: string;
  readonly documents: Readonly<Record<string, string>>;
}

/**
 * All parties at one instant, with the clock, the journal, the faults and the chance that go with them. It
 * holds everything that is kept anywhere, the invented persons and the answers among it.
 */
export interface Snapshot {
  readonly version: 1;
  readonly seed: string;
  /** Of what the configuration says about the world, not about ports and folders. */
  readonly config: string;
  /** Milliseconds since the epoch, if the clock moves only when told to. */
  readonly now: number | null;
  readonly journal: JournalState;
  readonly faults: FaultsState;
  readonly chance: ChancePositions;
  /** Agencies whose nodes ran. */
  readonly running: readonly string[];
  /** The law, if it is another than the network was started with. */
  readonly law: LawState | null;
  readonly databases: Databases;
}

/** Digest of a configuration without what may differ from machine to machine. */
export function configDigest(config: NetworkConfig): string {
  const { listen: _, data: __, clock: ___, agencies, ...world } = config;
  const parties = agencies.map(({ port: ____, ...agency }) => agency);
  return sha256(canonicalJson(JSON.parse(JSON.stringify({ ...world, agencies: parties }))));
}

/** @throws RenkeiError state_conflict for a snapshot of another network */
export function checkSameWorld(snapshot: Snapshot, config: NetworkConfig): void {
  if (snapshot.seed === config.seed && snapshot.config === configDigest(config)) return;
  throw new RenkeiError('state_conflict', {
    ja: '別の種または別の設定のネットワークの状態です',
    en: 'This is the state of a network with another seed or another configuration',
    hint: {
      ja: '書き出したときと同じ renkei.yaml で起動してから読み込んでください',
      en: 'Start with the renkei.yaml that it was exported with, then import it',
    },
  });
}
