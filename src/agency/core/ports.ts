import type { ShownRecord } from '../../protocol/log/shown.ts';
import type { Subject } from '../../protocol/messages/permit.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Transact } from '../../service/ports.ts';
import type { ApprovalReads } from './approvals.ts';
import type { BatchReads, BatchTx } from './batches/ports.ts';
import type { BusinessSystemReads, BusinessSystemTx } from './business-systems/ports.ts';
import type { DraftReads, DraftTx } from './copies/draft.ts';
import type { ImportReads, ImportTx } from './copies/imports/ports.ts';
import type { CopyReads, CopyTx } from './copies/ports.ts';
import type { ReconcileReads, ReconcileTx } from './copies/reconcile/ports.ts';
import type { CorrectionReads, CorrectionTx } from './corrections/ports.ts';
import type { Inquiry, InquiryChange } from './inquiries/inquiry.ts';
import type { InquiryReads, InquiryTx } from './inquiries/ports.ts';
import type { InquiryState } from './inquiry-state.ts';
import type { KeyReads, KeyTx } from './keys/ports.ts';
import type { MediumReads, MediumTx } from './media/ports.ts';
import type { PastReads, PastTx } from './past.ts';
import type { PersonChangeReads, PersonChangeTx } from './persons/ports.ts';
import type { ReviewReads, ReviewTx } from './reviews/ports.ts';
import type { OperationReads } from './staff/operation-log.ts';
import type { Operation } from './staff/operations.ts';
import type { StaffReads, StaffTx } from './staff/ports.ts';

export type { Ask, Inquiry, InquiryChange } from './inquiries/inquiry.ts';
export type { InquiryState } from './inquiry-state.ts';

/** One exchange as the provider keeps it; good for answering again, never differently. */
export interface Provision {
  readonly subject: Subject;
  readonly exchange: string;
  readonly person: string;
  readonly oneTimeKey: string;
  readonly permittedAt: number;
  readonly answer: string;
  readonly sealed?: string | undefined;
}

/** An answer on its way to the gateway until the receipt is here. */
export interface Outgoing {
  readonly exchange: string;
  readonly answer: string;
  readonly sealed?: string | undefined;
}

export interface AgencyReads
  extends CopyReads,
    ReconcileReads,
    DraftReads,
    ImportReads,
    BatchReads,
    ReviewReads,
    ApprovalReads,
    BusinessSystemReads,
    StaffReads,
    OperationReads,
    PersonChangeReads,
    KeyReads,
    PastReads,
    MediumReads,
    CorrectionReads,
    InquiryReads {
  codeOf(integratedAddressNumber: string): string | undefined;
  personOf(code: string): string | undefined;
  inquiry(id: string): Inquiry | undefined;
  inquiryByExchange(exchange: string): Inquiry | undefined;
  inquiriesIn(states: readonly InquiryState[]): readonly Inquiry[];
  provision(exchange: string): Provision | undefined;
  outgoing(): readonly Outgoing[];
  records(after: number, limit: number): readonly { seq: number; record: ProvisionRecord }[];
  recordsOf(exchange: string): readonly ProvisionRecord[];
  document(digest: string): string | undefined;
  meta(key: string): string | undefined;
  /** The operation log after a sequence number, oldest first. */
  operations(after: number, limit: number): readonly { seq: number; operation: Operation }[];
}

export interface AgencyTx
  extends AgencyReads,
    ReconcileTx,
    CopyTx,
    DraftTx,
    ImportTx,
    BatchTx,
    ReviewTx,
    BusinessSystemTx,
    StaffTx,
    PersonChangeTx,
    KeyTx,
    PastTx,
    MediumTx,
    CorrectionTx,
    InquiryTx {
  /** @throws RenkeiError message_replayed */
  claim(issuer: string, id: string, keepUntil: number): void;
  addAcquisition(acquisition: string, integratedAddressNumber: string, keepUntil: number): void;
  /** Ties a code to the person behind the acquisition number and forgets the number. */
  takeCode(acquisition: string, code: string): boolean;
  addInquiry(inquiry: Inquiry): void;
  changeInquiry(id: string, change: InquiryChange): void;
  addProvision(provision: Provision): void;
  changeAnswer(exchange: string, answer: string, sealed: string | undefined): void;
  addOutgoing(outgoing: Outgoing): void;
  dropOutgoing(exchange: string): void;
  record(record: ProvisionRecord): void;
  /** Writes a line of the operation log, in the transaction of what it tells. */
  note(operation: Operation): void;
  putDocument(digest: string, text: string): void;
  setMeta(key: string, value: string): void;
  /**
   * Forgets replay entries, tokens, acquisition numbers that nobody answered, and sealed answers whose time is over
   * at `now` (ms), and the content of drafts decided on 30 days before.
   */
  sweep(now: number): void;
}

export interface AgencyStore {
  readonly read: AgencyReads;
  readonly transact: Transact<AgencyTx>;
}

/** A message with what its sender shows of its record. */
export interface Proven {
  readonly message: string;
  readonly proof?: ShownRecord | undefined;
}

export interface SealedReply extends Proven {
  readonly sealed?: string | undefined;
}

/** How a node reaches the gateway. @throws RenkeiError gateway_unavailable, or the gateway’s own codes */
export interface GatewayClient {
  requestPermit(
    message: string,
  ): Promise<({ permit: string } | { denial: string }) & Pick<Proven, 'proof'>>;
  query(body: Proven): Promise<SealedReply>;
  provide(body: SealedReply): Promise<Proven>;
  correct(body: Proven): Promise<Proven>;
  collect(message: string): Promise<{ deliveries: readonly SealedReply[]; more: boolean }>;
  /** @returns the directory that names the key */
  changeKey(message: string): Promise<{ message: string }>;
  directory(): Promise<string>;
  permissionLists(): Promise<string>;
  document(digest: string): Promise<string>;
}
