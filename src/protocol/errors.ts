/**
 * Every failure that can cross a boundary, with its HTTP status and what to say to people.
 * The codes are frozen once released: add, never rename.
 */
export const ERRORS = {
  inquirer_not_listed: [
    403,
    '情報照会者が照合リストにありません',
    'The list names no such inquirer',
  ],
  affair_not_listed: [403, '事務が照合リストにありません', 'The list names no such affair'],
  provider_not_listed: [
    403,
    '情報提供者が照合リストにありません',
    'The item names no such provider',
  ],
  information_not_listed: [
    403,
    '特定個人情報が照合リストにありません',
    'The item names no such information',
  ],
  list_not_in_force: [403, '施行中の照合リストがありません', 'No permission list is in force'],
  assessment_breach: [
    403,
    '特定個人情報保護評価の要件を満たしません',
    'Impact assessment in breach',
  ],
  code_not_acquired: [
    409,
    '情報照会者が識別符号を取得していません',
    'The inquirer has no code for this person',
  ],
  provider_code_unknown: [
    409,
    '情報提供者に識別符号がありません',
    'The provider has no code for this person',
  ],
  permit_expired: [409, '情報提供許可証の有効期限が過ぎています', 'The permit has expired'],
  permit_not_yet_valid: [
    409,
    '情報提供許可証はまだ有効ではありません',
    'The permit is not valid yet',
  ],
  permit_already_used: [409, '情報提供許可証は使用済みです', 'The permit was already used'],
  permit_mismatch: [
    409,
    '情報提供許可証がこの照会と一致しません',
    'The permit is for something else',
  ],
  signature_invalid: [401, '署名を確認できません', 'The signature cannot be accepted'],
  message_malformed: [400, '電文の形式が正しくありません', 'The message is malformed'],
  message_replayed: [409, '電文は受信済みです', 'The message was received before'],
  clock_skew: [401, '電文の時刻が許容範囲外です', 'The message time is out of tolerance'],
  agency_unknown: [401, '登録されていない機関です', 'Unknown agency'],
  agency_suspended: [403, '利用を停止されている機関です', 'The agency is suspended'],
  provider_unavailable: [502, '情報提供者に接続できません', 'The provider cannot be reached'],
  provider_timeout: [
    504,
    '情報提供者から時間内に応答がありません',
    'The provider did not answer in time',
  ],
  list_copy_stale: [
    409,
    '情報提供者の照合リストの写しが古くなっています',
    'The provider’s list copy is stale',
  ],
  list_copy_disagrees: [
    409,
    '情報提供者の照合リストの写しと一致しません',
    'The provider’s list copy disagrees',
  ],
  refused_by_provider: [200, '情報提供者が提供を拒否しました', 'The provider refused'],
  approval_required: [409, '承認が必要です', 'Approval is required'],
  approval_by_same_person: [
    409,
    '確認者と承認者は別の職員でなければなりません',
    'Reviewer and approver must differ',
  ],
  not_authenticated: [401, '認証が必要です', 'Not authenticated'],
  not_authorised: [403, '権限がありません', 'Not authorised'],
  not_found: [404, '見つかりません', 'Not found'],
  state_conflict: [409, '現在の状態では実行できません', 'Not possible in the present state'],
  record_unproven: [
    409,
    '記録が相手方のログにあることを確認できません',
    'Not proven to be on the other party’s record',
  ],
  log_inconsistent: [
    409,
    '相手方の記録が以前に確認したものと矛盾します',
    'The other party’s log contradicts what it showed before',
  ],
  payload_too_large: [413, '電文が大きすぎます', 'The message is too large'],
  rate_limited: [429, '要求が多すぎます', 'Too many requests'],
  gateway_unavailable: [
    502,
    '情報提供ネットワークシステムに接続できません',
    'The gateway cannot be reached',
  ],
  storage_full: [507, '保存領域が不足しています', 'Storage is full'],
  internal: [500, '内部エラー', 'Internal error'],
} as const satisfies Record<string, readonly [status: number, ja: string, en: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** What may accompany an error: texts in both languages that name no person, answer, token or key. */
export interface ErrorDetail {
  /** What went wrong, for people. */
  readonly ja?: string;
  readonly en?: string;
  /** What to do next. */
  readonly hint?: { readonly ja: string; readonly en: string };
  /** Machine-readable additions that become members of the problem document (RFC 9457 §3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The one error that crosses boundaries: a frozen code and, at most, harmless words. */
export class RenkeiError extends Error {
  override readonly name = 'RenkeiError';
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(`${code}: ${detail.en ?? ERRORS[code][2]}`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** The HTTP status that a code is answered with. */
export const statusOf = (code: ErrorCode): number => ERRORS[code][0];

/** Whether a text is one of the frozen codes. */
export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(ERRORS, text);
