import { seeded } from '../../src/network/world/seeded.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';

const wide = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const grouped = (number: string, separator: string): string =>
  [number.slice(0, 4), number.slice(4, 8), number.slice(8)].join(separator);

/** Ways in which people write an individual number. */
export const SPELLINGS = {
  plain: (number: string) => number,
  wide,
  hyphens: (number: string) => grouped(number, '-'),
  spaces: (number: string) => grouped(number, ' '),
  'wide with separators': (number: string) => wide(grouped(number, '　')),
  'in a sentence': (number: string) => `番号は${number}です`,
} as const;
export type Spelling = keyof typeof SPELLINGS;
const NAMES = Object.keys(SPELLINGS) as Spelling[];

/** Individual numbers, each once: right ones, and a third of them with a wrong check digit. */
export class Numbers {
  readonly #chance;
  readonly given = new Set<string>();

  constructor(seed: string) {
    this.#chance = seeded(seed, 'individual numbers');
  }

  /** Twelve digits. */
  next(): string {
    for (;;) {
      const right = individualNumberWithCheckDigit(this.#chance.digits(11));
      const wrong = this.#chance.int(3) === 0;
      const last = (Number(right.at(-1)) + 1 + this.#chance.int(9)) % 10;
      const number = wrong ? `${right.slice(0, -1)}${last}` : right;
      // A number that begins with noughts could stand in a padded counter by chance.
      if (number.startsWith('00') || this.given.has(number)) continue;
      this.given.add(number);
      return number;
    }
  }

  /** The next one, in the next way of writing. */
  spelt(): string {
    const name = NAMES[this.given.size % NAMES.length] ?? 'plain';
    return SPELLINGS[name](this.next());
  }

  /** Those that a text holds, however they are written: twelve digits in a row, whatever stands between them. */
  foundIn(text: string): string[] {
    const found: string[] = [];
    for (const [run] of text.matchAll(/[0-9０-９](?:[-‐−－ー 　・._/]?[0-9０-９]){11,}/g)) {
      const digits = run.normalize('NFKC').replace(/\D/g, '');
      for (let at = 0; at + 12 <= digits.length; at += 1) {
        const number = digits.slice(at, at + 12);
        if (this.given.has(number)) found.push(number);
      }
    }
    return found;
  }
}
