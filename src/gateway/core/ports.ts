import type { ShownRecord } from '../../protocol/log/shown.ts';
import type { Subject } from '../../protocol/messages/permit.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Transact } from '../../service/ports.ts';
import type { CorrectionReads, CorrectionTx } from './corrections/ports.ts';
import type { HistoryReads } from './disclosure/ports.ts';

/**
 * permitted → asking → answered, or pending → answered; asking falls back to permitted when the provider
 * could not be reached, so that the exchange stays open.
 */
export type ExchangeState = 'permitted' | 'asking' | 'pending' | 'answered';

export interface Exchange extends Subject {
  /** `jti` of the permit. */
  readonly id: string;
  readonly state: ExchangeState;
  /** The provider was asked while the permit was in time: what it answered then may still be fetched. */
  readonly asked: boolean;
  /** SHA-256 of the permit as issued: the one byte string that may be presented. */
  readonly permitDigest: string;
  /** NumericDate of issue and of expiry. */
  readonly requestedAt: number;
  readonly expiresAt: number;
  readonly oneTimeKey: string;
  /** Keyed digest of the resident code: the person as the gateway knows them. */
  readonly person: string;
  /** SHA-256 of the answer statement, once there is one. */
  readonly answerDigest?: string | undefined;
}

/** An answer kept sealed until the inquirer says that it has it. */
export interface KeptAnswer {
  readonly exchange: string;
  readonly answer: string;
  readonly sealed?: string | undefined;
}

/** Which decisions; what is left out is not asked for. */
export interface DecisionsWanted {
  readonly before: number;
  readonly limit: number;
  /** Either party, by agency code. */
  readonly agency?: string | undefined;
  readonly item?: string | undefined;
  /** `permitted`, `denied`, an error code, or what the provider answered last. */
  readonly outcome?: string | undefined;
  /** The person as the gateway knows them. */
  readonly person?: string | undefined;
  /** Milliseconds since the epoch, the first included, the last not. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export interface GatewayReads extends HistoryReads, CorrectionReads {
  personOf(agency: string, code: string): string | undefined;
  codeOf(agency: string, person: string): string | undefined;
  exchange(id: string): Exchange | undefined;
  exchangeByPermit(permitDigest: string): Exchange | undefined;
  kept(inquirer: string, limit: number): readonly KeptAnswer[];
  records(after: number, limit: number): readonly { seq: number; record: ProvisionRecord }[];
  recordsOf(exchange: string): readonly ProvisionRecord[];
  /** Decisions (permits and denials) newest first, before a sequence number. */
  decisions(wanted: DecisionsWanted): readonly { seq: number; record: ProvisionRecord }[];
  meta(key: string): string | undefined;
}

export interface GatewayTx extends GatewayReads, CorrectionTx {
  /** Remembers (issuer, id) until `keepUntil` (ms). @throws RenkeiError message_replayed */
  claim(issuer: string, id: string, keepUntil: number): void;
  putCode(agency: string, code: string, person: string): void;
  addExchange(exchange: Exchange): void;
  /** @throws RenkeiError permit_already_used when the exchange is not in `from` */
  moveExchange(id: string, from: ExchangeState, to: ExchangeState, answerDigest?: string): void;
  keep(inquirer: string, answer: KeptAnswer, until: number): void;
  drop(inquirer: string, exchange: string): boolean;
  record(record: ProvisionRecord): void;
  setMeta(key: string, value: string): void;
  /** Forgets what is out of date at `now` (ms): replay entries, kept answers. */
  sweep(now: number): void;
  /** What is being asked, but for those, can be asked again: the process ended, or could not write. */
  reopenExchanges(underWay: ReadonlySet<string>): number;
}

export interface GatewayStore {
  readonly read: GatewayReads;
  readonly transact: Transact<GatewayTx>;
}

/** A message with what its sender shows of its record. */
export interface Proven {
  readonly message: string;
  readonly proof?: ShownRecord | undefined;
}

/** What comes back beside a statement. */
export interface SealedReply extends Proven {
  readonly sealed?: string | undefined;
}

/** How the gateway reaches agencies’ nodes. @throws RenkeiError provider_unavailable, provider_timeout, or theirs */
export interface Nodes {
  provide(agency: string, body: Proven): Promise<SealedReply>;
  deliver(agency: string, body: SealedReply): Promise<Proven>;
  notifyCodes(agency: string, message: string): Promise<void>;
  tellCorrection(agency: string, body: Proven): Promise<Proven>;
  askCorrection(agency: string, message: string): Promise<string>;
}
