import type { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { NearestItem } from '../../protocol/nearest-item.ts';
import type { RefusalReason } from '../../protocol/outcome.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';

/** What every inquiry has. */
export interface Asked {
  /** The inquiry’s id: asking again with it never asks twice. */
  readonly id: string;
  readonly inquirer: string;
  readonly provider: string;
  /** Integrated address number at the inquirer. */
  readonly resident: string;
  /** Code of the kind of information. */
  readonly information: string;
}

/** What a permitted inquiry has besides. */
export interface Permitted extends Asked {
  /** The exchange, which the records of all three parties name. */
  readonly exchange: string;
  readonly list: string;
  readonly item: string;
  /** Code of the affair. */
  readonly affair: string;
  /** 根拠: law, order and item. */
  readonly ground: string;
}

/** The provider gave what it holds. */
export interface Provided extends Permitted {
  readonly state: 'provided';
  readonly answer: { readonly layoutVersion: string; readonly records: readonly CopyRecord[] };
  /** ISO 8601: when the node forgets the answer. */
  readonly deleteAt: string;
}

/** It was provided, and the node has forgotten it since. */
export interface Deleted extends Permitted {
  readonly state: 'deleted';
}

/** The provider holds no such information of this person. */
export interface NoRecord extends Permitted {
  readonly state: 'no_record';
}

/** Two members of the provider’s staff have to look at it first. */
export interface Pending extends Permitted {
  readonly state: 'pending';
}

/** The provider’s staff declined. */
export interface Refused extends Permitted {
  readonly state: 'refused';
  readonly reason: RefusalReason;
}

/** The law does not allow it, or a condition that it sets is not met. */
export interface Denied extends Asked {
  readonly state: 'denied';
  readonly exchange: string;
  readonly list: string | null;
  readonly item?: string;
  /** The first condition that fails, and all of them. */
  readonly code: ErrorCode;
  readonly reasons: readonly ErrorCode[];
  /** What the same list does allow, nearest first. */
  readonly nearest: readonly z.infer<typeof NearestItem>[];
  readonly ground: string;
}

/** No end yet: something failed on the way. The same id asks again. */
export interface Open extends Asked {
  readonly state: 'open';
  readonly exchange?: string;
  readonly item?: string;
  /** What failed, if it is known. */
  readonly code?: string;
}

/** How an inquiry stands: `state` tells which of these it is. */
export type InquiryOutcome = Provided | Deleted | NoRecord | Pending | Refused | Denied | Open;
