import type { Period } from '../../../protocol/identifiers.ts';
import type { Subject } from '../../../protocol/messages/permit.ts';
import type { RefusalReason } from '../../../protocol/outcome.ts';
import type { InquiryState } from '../inquiry-state.ts';
import type { Principal } from '../principal.ts';

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
  /** The person is not to be told of it (番号法23条2項). */
  readonly nonDisclosable?: true | undefined;
}

export interface Inquiry extends Ask {
  readonly state: InquiryState;
  /** Who asked: a business system or a member of staff. */
  readonly by: string;
  readonly byKind: Principal['kind'];
  readonly createdAt: number;
  readonly exchange?: string | undefined;
  readonly subject?: Subject | undefined;
  readonly permit?: string | undefined;
  readonly requestedAt?: number | undefined;
  readonly permitExpiresAt?: number | undefined;
  /** The X25519 secret that opens the answer, sealed by the vault; erased with it. */
  readonly secret?: Uint8Array | undefined;
  readonly code?: string | undefined;
  /** The gateway’s denial statement, claims as JSON. */
  readonly denial?: string | undefined;
  readonly reason?: RefusalReason | undefined;
  readonly answeredAt?: number | undefined;
  /** SHA-256 of the answer statement that was taken. */
  readonly answerDigest?: string | undefined;
  /** The opened answer (JSON), sealed by the vault until it is shown; deleted at `deleteAt`. */
  readonly result?: Uint8Array | undefined;
  readonly deleteAt?: number | undefined;
  /** When all that came of it was deleted. */
  readonly deletedAt?: number | undefined;
  /** Who approved or declined it, where it was made at a terminal, and when. */
  readonly approver?: string | undefined;
  readonly decidedAt?: number | undefined;
  /** Why it was declined, sealed by the vault. */
  readonly declineReason?: Uint8Array | undefined;
  /** Who registered the result in the business system by hand, and who confirmed that. */
  readonly takenOverBy?: string | undefined;
  readonly takenOverAt?: number | undefined;
  readonly confirmedBy?: string | undefined;
  readonly confirmedAt?: number | undefined;
}
export type InquiryChange = Partial<Omit<Inquiry, keyof Ask | 'by' | 'byKind' | 'createdAt'>> & {
  readonly state: InquiryState;
};
