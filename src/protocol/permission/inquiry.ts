import type { Bits } from './bits.ts';
import type { CompiledList, Kind } from './compile-list.ts';
import type { Holder } from './roles.ts';

/** Who asks whom for what. The affair, the item or both (then both must match) say which row. */
export interface ListInquiry {
  readonly inquirer: Holder;
  readonly provider: Holder;
  readonly item?: string;
  /** Code or name. */
  readonly affair?: string;
  /** Code or name. */
  readonly information: string;
  /** Decide by this list; without it by the one in force. */
  readonly list?: string;
}

/** An inquiry as places in the list that is applied. */
export interface Asked {
  readonly list: CompiledList;
  /** Provisions in force on the day, where the inquirer may ask, where the provider may be asked. */
  readonly active: Bits;
  readonly asks: Bits;
  readonly provides: Bits;
  /** Undefined when the list doesn't know that kind of information. */
  readonly kind: Kind | undefined;
}
