import type { CardKey } from '../../protocol/card-key.ts';
import type { Transact } from '../../service/ports.ts';

/** A card that was issued (公的個人認証), found by its serial; whose it is, nobody but the registry knows. */
export interface IssuedCard {
  readonly serial: string;
  readonly residentCode: string;
  readonly key: CardKey;
}

/** A card that took the place of one before it: the how many-th after somebody’s first. */
export interface LaterCard {
  readonly serial: string;
  readonly first: string;
  readonly number: number;
}

/** The cards that there are for residents. @param number 0 for the first, then one by one */
export type MakeCard = (first: string, number: number) => IssuedCard | undefined;

export interface CardReads {
  laterCard(serial: string): LaterCard | undefined;
  /** The one that took the place of all before it. */
  lastCard(first: string): LaterCard | undefined;
  isRevoked(serial: string): boolean;
}

export interface CardTx extends CardReads {
  addLater(card: LaterCard): void;
  /** @param at milliseconds since the epoch */
  revoke(serial: string, at: number): void;
}

export interface CardStore {
  readonly read: CardReads;
  readonly transact: Transact<CardTx>;
}
