import { type Card, cardKeyPair } from '../protocol/card-key.ts';
import { base64url } from '../protocol/encoding.ts';
import type { IssuedCard } from '../registry/index.ts';
import { derived } from './keys.ts';

interface Holder {
  readonly individualNumber: string;
  readonly residentCode: string;
}

/** The residents’ simulated cards (個人番号カード), out of the seed: the same whenever the network is started. */
export interface Cards {
  /** As the registry knows it. */
  readonly find: (serial: string) => IssuedCard | undefined;
  /** As its holder has it; undefined for somebody who is no resident. */
  readonly of: (individualNumber: string) => Card | undefined;
}

/** A card for each resident. Keys are made when somebody looks at them: there may be very many residents. */
export function makeCards(seed: string, residents: readonly Holder[]): Cards {
  const serialOf = ({ residentCode }: Holder) =>
    base64url(derived(seed, 'card', residentCode, 'serial').slice(0, 16));
  let bySerial: ReadonlyMap<string, Holder> | undefined;
  const holderOf = (serial: string) => {
    bySerial ??= new Map(residents.map((each) => [serialOf(each), each]));
    return bySerial.get(serial);
  };
  return {
    find(serial) {
      const holder = holderOf(serial);
      if (!holder) return undefined;
      const { residentCode } = holder;
      return { residentCode, key: keyPairOf(seed, residentCode).publicKey };
    },
    of(individualNumber) {
      const holder = residents.find((each) => each.individualNumber === individualNumber);
      return holder && { serial: serialOf(holder), ...keyPairOf(seed, holder.residentCode) };
    },
  };
}

function keyPairOf(seed: string, residentCode: string) {
  for (let attempt = 0; ; attempt += 1) {
    const pair = cardKeyPair(derived(seed, 'card', residentCode, 'key', String(attempt)));
    if (pair) return pair;
  }
}
