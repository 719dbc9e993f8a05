import type { OpenAddressNumbers } from '../address-numbers/index.ts';
import type { AgencyNode, RunningAgency } from '../agency/index.ts';
import type { Gateway, RunningGateway } from '../gateway/index.ts';
import type { RunningRegistry } from '../registry/index.ts';
import type { PermissionLists } from '../service/permission-lists/read-folder.ts';
import type { Clock, Randomness } from '../service/ports.ts';
import type { NetworkConfig } from './config/schema.ts';
import type { Journal } from './journal.ts';
import type { Credentials } from './principals.ts';
import type { Storage } from './storage.ts';
import type { World } from './world/world.ts';

export interface NetworkOptions {
  readonly config: NetworkConfig;
  /** Folder that the configuration’s relative paths start from. */
  readonly folder: string;
  /** Where data is kept; the configuration’s folder unless told. */
  readonly storage?: Storage;
  /** The configuration’s clock unless told. */
  readonly clock?: Clock;
  /** Ids, one-time keys, nonces: the machine’s chance, or the seed’s for the same bytes every time. */
  readonly chance?: 'system' | 'seeded';
  /** Free ports instead of the configuration’s. */
  readonly freePorts?: boolean;
  /** Replaces parts of a node, for tests and faults. */
  readonly overrides?: (agency: string) => Partial<AgencyNode>;
  /** The same for the gateway, told what was made. */
  readonly gatewayOverrides?: (made: Gateway) => Partial<Gateway>;
  /** Lists to go by instead of those in the configuration’s folder. */
  readonly law?: PermissionLists;
  /** People and what is known of them, instead of those that the seed invents. */
  readonly world?: World;
  /** The address at which one party reaches another, instead of where that one listens: for whoever stands between. */
  readonly via?: (from: string, to: string, url: string) => string;
}

/** A whole running network: what tests, the command line and the bench share. */
export interface Network extends AsyncDisposable {
  readonly config: NetworkConfig;
  readonly world: World;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly gateway: RunningGateway;
  readonly registry: RunningRegistry;
  readonly control: { readonly url: string };
  /** The nodes that run now, by agency. */
  readonly agencies: ReadonlyMap<string, RunningAgency>;
  readonly addressNumbers: ReadonlyMap<string, OpenAddressNumbers>;
  readonly credentials: ReadonlyMap<string, Credentials>;
  /** A running node. @throws RangeError */
  agency(code: string): RunningAgency;
  /** Ends a node as if it had been switched off; its data stays. */
  stopAgency(code: string): Promise<void>;
  startAgency(code: string): Promise<RunningAgency>;
  /** Resolves when nothing is under way: deliveries, sendings, commits. */
  settled(): Promise<void>;
  /** What is due by the clock, at every party: deletions, refreshes, retries. */
  maintain(): Promise<void>;
  close(): Promise<void>;
}

export type ChanceFor = (party: string) => Randomness;

/** The network as the control plane sees it. */
export type Watched = Omit<Network, 'control'>;
