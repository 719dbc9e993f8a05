import type { OpenAPIHono } from '@hono/zod-openapi';
import type { RunningAddressNumbers } from '../address-numbers/index.ts';
import type { AgencyNode, RunningAgency } from '../agency/index.ts';
import type { Gateway, RunningGateway } from '../gateway/index.ts';
import type { Layouts } from '../protocol/layouts/compile.ts';
import type { RunningRegistry } from '../registry/index.ts';
import type { PermissionLists } from '../service/permission-lists/read-folder.ts';
import type { Clock } from '../service/ports.ts';
import type { ProofMode } from '../service/record-log/record-proofs.ts';
import type { AddressNumberTokens } from './address-number-callers.ts';
import type { Cards } from './cards.ts';
import type { NetworkConfig } from './config/schema.ts';
import type { Faults } from './faults/faults.ts';
import type { Journal } from './journal.ts';
import type { MessageTexts } from './message-texts.ts';
import type { Credentials } from './principals.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { Storage } from './storage.ts';
import type { World } from './world/world.ts';

export type ConsoleMaker = (
  ask: (request: Request) => Promise<Response> | Response,
  token: string,
) => { readonly fetch: (request: Request) => Promise<Response> | Response };

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
  /**
   * Whether the parties must prove their records to each other (unless told), only may, for parties under
   * development, or keep no logs at all, for the bench.
   */
  readonly proofs?: ProofMode;
  /** Lists to go by instead of those in the configuration’s folder. */
  readonly law?: PermissionLists;
  /** People and what is known of them, instead of those that the seed invents. */
  readonly world?: World;
  /** What the control plane’s address shows besides its API: a console, handed that API and its token. */
  readonly console?: ConsoleMaker;
  /** Further routes of the control plane, by those who know the network: scenarios, differences of lists. */
  readonly controlRoutes?: (app: OpenAPIHono, network: Watched) => void;
  /** The address at which one party reaches another, instead of where that one listens: for whoever stands between. */
  readonly via?: (from: string, to: string, url: string) => string;
}

/** A whole running network: what tests, the command line and the bench share. */
export interface Network extends AsyncDisposable {
  readonly config: NetworkConfig;
  readonly world: World;
  /** The layouts that all parties go by. */
  readonly layouts: Layouts;
  readonly clock: Clock;
  readonly journal: Journal;
  /** The signed messages that went by last. */
  readonly texts: MessageTexts;
  /** What goes wrong between the parties. */
  readonly faults: Faults;
  /** After `restore` and `reset` the parties are others: ask for them again. */
  readonly gateway: RunningGateway;
  readonly registry: RunningRegistry;
  /** The operator’s port, and the token that it wants, made at the start. */
  readonly control: { readonly url: string; readonly token: string };
  /** The nodes that run now, by agency. */
  readonly agencies: ReadonlyMap<string, RunningAgency>;
  readonly addressNumbers: ReadonlyMap<string, RunningAddressNumbers>;
  /** The residents’ cards. */
  readonly cards: Cards;
  readonly credentials: ReadonlyMap<string, Credentials>;
  /** By agency: tokens of its address-number system’s callers. */
  readonly addressNumberTokens: ReadonlyMap<string, AddressNumberTokens>;
  /** A running node. @throws RangeError */
  agency(code: string): RunningAgency;
  /** Ends a node as if it had been switched off; its data stays. */
  stopAgency(code: string): Promise<void>;
  startAgency(code: string): Promise<RunningAgency>;
  /** Resolves when nothing is under way: deliveries, sendings, commits. */
  settled(): Promise<void>;
  /** What is due by the clock, at every party: deletions, refreshes, retries. */
  maintain(): Promise<void>;
  /**
   * Moves a manual clock on by whole milliseconds: messages that a fault delays arrive at their time, every party
   * sees to what is due. Resolves when nothing is under way but what a fault still holds.
   * @throws RenkeiError state_conflict by the machine’s clock
   */
  advance(ms: number): Promise<void>;
  /** The same up to an instant, milliseconds since the epoch. @throws RenkeiError state_conflict if it is past */
  advanceTo(instant: number): Promise<void>;
  /** All parties at one instant. @throws RenkeiError state_conflict while a fault holds a message */
  snapshot(): Promise<Snapshot>;
  /**
   * Goes back to a snapshot: data, clock, journal, faults and seeded chance, so that the same happens again, to
   * the byte. Requests from outside wait meanwhile; ports and credentials stay.
   * @throws RenkeiError state_conflict for a snapshot of another seed or configuration
   */
  restore(snapshot: Snapshot): Promise<void>;
  /** Goes back to how everything was when the network was first ready on its data. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The network as the control plane sees it. */
export type Watched = Omit<Network, 'control'>;
