import { type Card, cardKeyPair } from '../protocol/card-key.ts';
import { base64url } from '../protocol/encoding.ts';
import type { MakeCard } from '../registry/index.ts';
import { derived } from './keys.ts';

interface Holder {
  readonly individualNumber: string;
  readonly residentCode: string;
}

/** The residents’ simulated cards (個人番号カード), out of the seed: the same whenever the network is started. */
export interface Cards {
  /** As the registry knows them. */
  readonly make: MakeCard;
  /** The serial of somebody’s first card; undefined for somebody who is no resident. */
  readonly firstOf: (individualNumber: string) => string | undefined;
  /** As its holder has it. */
  readonly card: (first: string, number: number) => Card | undefined;
}

/** A card for each resident. Keys are made when somebody looks at them: there may be very many residents. */
export function makeCards(seed: string, residents: readonly Holder[]): Cards {
  const serialOf = ({ residentCode }: Holder, number: number) =>
    base64url(derived(seed, 'card', residentCode, String(number), 'serial').slice(0, 16));
  let holders: ReadonlyMap<string, Holder> | undefined;
  const holderOf = (first: string) => {
    holders ??= new Map(residents.map((each) => [serialOf(each, 0), each]));
    return holders.get(first);
  };
  const card = (first: string, number: number) => {
    const holder = holderOf(first);
    if (!holder) return undefined;
    const { residentCode } = holder;
    const keys = keyPairOf(seed, residentCode, number);
    return { serial: serialOf(holder, number), residentCode, ...keys };
  };
  return {
    make(first, number) {
      const { serial, residentCode, publicKey: key } = card(first, number) ?? {};
      if (serial === undefined || residentCode === undefined || !key) return undefined;
      return { serial, residentCode, key };
    },
    firstOf(individualNumber) {
      const holder = residents.find((each) => each.individualNumber === individualNumber);
      return holder && serialOf(holder, 0);
    },
    card,
  };
}

function keyPairOf(seed: string, residentCode: string, number: number) {
  for (let attempt = 0; ; attempt += 1) {
    const purpose = ['card', residentCode, String(number), 'key', String(attempt)];
    const pair = cardKeyPair(derived(seed, ...purpose));
    if (pair) return pair;
  }
}
