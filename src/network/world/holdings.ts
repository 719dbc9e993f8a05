import type { CopyRecord } from './layouts.ts';

/** What one agency knows, in its address-number system (persons) and at its node (copies). */
export interface AgencyHoldings {
  /** Agency code. */
  readonly agency: string;
  /** In the order of their integrated address numbers, which says nothing about them. */
  readonly persons: readonly Person[];
  readonly copies: readonly Copy[];
}

/** A person as one agency’s address-number system has them. */
export interface Person {
  readonly integratedAddressNumber: string;
  /** The business systems’ own number. */
  readonly addressNumber: string;
  readonly individualNumber: string;
  readonly name: string;
  readonly kana: string;
  readonly birthDate: string;
  readonly sex: '男' | '女';
  /** As this agency knows it: a former municipality has the former one. */
  readonly address: string;
  /** Whether the agency has acquired an identification code for them (番号法21条の2). */
  readonly hasCode: boolean;
}

/** 副本: what a node holds of one person, of one kind of information. */
export interface Copy {
  readonly integratedAddressNumber: string;
  /** Kind of information, by its name in the permission list. */
  readonly information: string;
  readonly layoutVersion: string;
  readonly records: readonly CopyRecord[];
  /** 自動応答不可フラグ */
  readonly autoResponseDisabled: boolean;
  /** 不開示 */
  readonly nonDisclosable: boolean;
}

/** A copy before it is known whose it is and how it is flagged. */
export interface CopyDraft {
  readonly information: string;
  readonly layoutVersion: string;
  readonly records: readonly CopyRecord[];
  readonly sensitive?: true;
}
