/** What a person is identified by, besides numbers (基本4情報, and the name’s reading). */
export interface Basics {
  readonly name: string;
  readonly kana: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly sex: '男' | '女';
  readonly address: string;
}

/** Where a person’s data comes from: the resident register, or an entry for somebody who is not in it. */
export type Source = 'resident-register' | 'entered';

/** A person as this agency has them, without the individual number, which is handed out by itself. */
export interface Person {
  readonly integratedAddressNumber: string;
  readonly source: Source;
  readonly hasIndividualNumber: boolean;
  readonly basics?: Basics | undefined;
  /** Milliseconds since the epoch. */
  readonly registeredAt: number;
  readonly changedAt: number;
  /** The number that took this one’s place when two registrations turned out to be one person. */
  readonly mergedInto?: string | undefined;
}

/** A person to be registered. */
export interface Registration {
  readonly integratedAddressNumber: string;
  readonly individualNumber?: string | undefined;
  readonly basics?: Basics | undefined;
  readonly source: Source;
  readonly at: number;
}

/** A business system’s own number for a person (宛名番号, R-501). */
export interface AddressNumber {
  /** The business system, by its caller’s id. */
  readonly system: string;
  readonly addressNumber: string;
}
