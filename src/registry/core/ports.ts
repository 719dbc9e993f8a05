import type { CardKey } from '../../protocol/card-key.ts';

/** A card that was issued (公的個人認証), found by its serial; whose it is, nobody but the registry knows. */
export interface IssuedCard {
  readonly residentCode: string;
  readonly key: CardKey;
}
