import type { Period } from '../../protocol/identifiers.ts';
import type { Outcome, RefusalReason } from '../../protocol/messages/answer.ts';
import type { Subject } from '../../protocol/messages/permit.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Transact } from '../../service/ports.ts';

/** asking → permitted → pending → one of the ends; `open` can be asked again; `lapsed`: nobody did in time. */
export type InquiryState =
  | 'asking'
  | 'permitted'
  | 'pending'
  | 'open'
  | 'denied'
  | 'lapsed'
  | Exclude<Outcome, 'pending'>;

/** What a business system asks for. */
export interface Ask {
  readonly id: string;
  readonly integratedAddressNumber: string;
  readonly provider: string;
  /** Codes, not names. */
  readonly affair?: string | undefined;
  readonly item?: string | undefined;
  readonly information: string;
  readonly period?: Period | undefined;
}

export interface Inquiry extends Ask {
  readonly state: InquiryState;
  /** Who asked: a business system or a member of staff. */
  readonly by: string;
  readonly createdAt: number;
  readonly exchange?: string | undefined;
  readonly subject?: Subject | undefined;
  readonly permit?: string | undefined;
  readonly requestedAt?: number | undefined;
  readonly permitExpiresAt?: number | undefined;
  /** The X25519 secret that opens the answer; erased with it. */
  readonly secret?: Uint8Array | undefined;
  readonly code?: string | undefined;
  /** The gateway’s denial statement, claims as JSON. */
  readonly denial?: string | undefined;
  readonly reason?: RefusalReason | undefined;
  readonly answeredAt?: number | undefined;
  /** SHA-256 of the answer statement that was taken. */
  readonly answerDigest?: string | undefined;
  /** The opened answer as JSON; deleted at `deleteAt`. */
  readonly result?: string | undefined;
  readonly deleteAt?: number | undefined;
}
export type InquiryChange = Partial<Omit<Inquiry, keyof Ask | 'by' | 'createdAt'>> & {
  readonly state: InquiryState;
};

/** A copy (副本) held for provision. */
export interface Copy {
  readonly integratedAddressNumber: string;
  readonly information: string;
  readonly layoutVersion: string;
  /** The item of a row that says which day, month or year it is about. */
  readonly datedBy?: string | undefined;
  /** The rows, as JSON. */
  readonly records: string;
  readonly autoResponseDisabled: boolean;
  readonly nonDisclosable: boolean;
}

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

export type ReviewState = 'waiting' | 'reviewed' | 'approved' | 'declined';

export interface Review {
  readonly exchange: string;
  readonly integratedAddressNumber: string;
  readonly state: ReviewState;
  readonly restricted: boolean;
  readonly createdAt: number;
  readonly reviewer?: string | undefined;
  /** Digest of the content that the reviewer saw: only that may be approved. */
  readonly seen?: string | undefined;
  readonly approver?: string | undefined;
  readonly decidedAt?: number | undefined;
}

/** An answer on its way to the gateway until the receipt is here. */
export interface Outgoing {
  readonly exchange: string;
  readonly answer: string;
  readonly sealed?: string | undefined;
}

export interface AgencyReads {
  codeOf(integratedAddressNumber: string): string | undefined;
  personOf(code: string): string | undefined;
  inquiry(id: string): Inquiry | undefined;
  inquiryByExchange(exchange: string): Inquiry | undefined;
  inquiriesIn(states: readonly InquiryState[]): readonly Inquiry[];
  copy(integratedAddressNumber: string, information: string): Copy | undefined;
  provision(exchange: string): Provision | undefined;
  review(exchange: string): Review | undefined;
  reviews(states: readonly ReviewState[]): readonly Review[];
  outgoing(): readonly Outgoing[];
  records(after: number, limit: number): readonly { seq: number; record: ProvisionRecord }[];
  document(digest: string): string | undefined;
  meta(key: string): string | undefined;
}

export interface AgencyTx extends AgencyReads {
  /** @throws RenkeiError message_replayed */
  claim(issuer: string, id: string, keepUntil: number): void;
  addAcquisition(acquisition: string, integratedAddressNumber: string, keepUntil: number): void;
  /** Ties a code to the person behind the acquisition number and forgets the number. */
  takeCode(acquisition: string, code: string): boolean;
  addInquiry(inquiry: Inquiry): void;
  changeInquiry(id: string, change: InquiryChange): void;
  putCopy(copy: Copy): void;
  addProvision(provision: Provision): void;
  changeAnswer(exchange: string, answer: string, sealed: string | undefined): void;
  addReview(review: Review): void;
  changeReview(exchange: string, change: Partial<Omit<Review, 'exchange'>>): void;
  addOutgoing(outgoing: Outgoing): void;
  dropOutgoing(exchange: string): void;
  record(record: ProvisionRecord): void;
  putDocument(digest: string, text: string): void;
  setMeta(key: string, value: string): void;
  /**
   * Forgets replay entries, acquisition numbers that nobody answered, sealed answers and results whose time is
   * over at `now` (ms), and ends inquiries that have been open since before `lapse`, with their secrets.
   */
  sweep(now: number, lapse: number): void;
}

export interface AgencyStore {
  readonly read: AgencyReads;
  readonly transact: Transact<AgencyTx>;
}

export interface SealedReply {
  readonly message: string;
  readonly sealed?: string | undefined;
}

/** How a node reaches the gateway. @throws RenkeiError gateway_unavailable, or the gateway’s own codes */
export interface GatewayClient {
  requestPermit(message: string): Promise<{ permit: string } | { denial: string }>;
  query(message: string): Promise<SealedReply>;
  provide(body: SealedReply): Promise<{ message: string }>;
  collect(message: string): Promise<{ deliveries: readonly SealedReply[]; more: boolean }>;
  directory(): Promise<string>;
  permissionLists(): Promise<string>;
  document(digest: string): Promise<string>;
}
