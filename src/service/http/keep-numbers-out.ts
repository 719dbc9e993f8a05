import { isNumberLike } from '../../protocol/numbers/number-like.ts';
import { malformed, pointerTo } from './malformed.ts';

/** Members that carry signed or sealed bytes: their digits are chance. */
const TOKENS: ReadonlySet<string> = new Set([
  ...['message', 'sealed', 'statement', 'permit'],
  // Of a proof: hashes and signatures.
  ...['path', 'consistency', 'checkpoint', 'signature'],
]);

/**
 * Refuses what reads like an individual number anywhere in what was sent: names of members, texts, numbers. No
 * party but the address-number system and the registry may hold one, and a free text would keep it for ever.
 * @param mayHold members that are for individual numbers or must not be looked into (passwords)
 * @throws RenkeiError message_malformed, naming the place and never the number
 */
export function keepNumbersOut(input: unknown, mayHold: ReadonlySet<string>): void {
  const found = placeOf(input, mayHold);
  if (found === undefined) return;
  const field = pointerTo(found);
  throw malformed({
    ja: `${field || '/'}: 個人番号に当たる12桁の数字があります`,
    en: `${field || '/'}: twelve digits that read like an individual number`,
    hint: {
      ja: '個人番号を扱うのは団体内統合宛名システムだけです。統合宛名番号を使ってください',
      en: 'Only the address-number system handles individual numbers: use the integrated address number',
    },
    extensions: { fields: [{ field, issue: 'individual_number' }] },
  });
}

const DEEPEST = 100;

/** Where the first one is. */
function placeOf(
  input: unknown,
  mayHold: ReadonlySet<string>,
  depth = 0,
): PropertyKey[] | undefined {
  if (depth > DEEPEST) {
    throw malformed({ ja: '入れ子が深すぎます', en: 'The message is nested too deeply' });
  }
  if (typeof input === 'string') return isNumberLike(input) ? [] : undefined;
  if (typeof input === 'number') return input >= 1e11 && input < 1e12 ? [] : undefined;
  if (typeof input !== 'object' || input === null) return undefined;
  if (Array.isArray(input)) {
    for (let at = 0; at < input.length; at += 1) {
      const found = placeOf(input[at], mayHold, depth + 1);
      if (found) return [at, ...found];
    }
    return undefined;
  }
  for (const [name, value] of Object.entries(input)) {
    if (isNumberLike(name)) return [name];
    if (mayHold.has(name) || (TOKENS.has(name) && typeof value === 'string')) continue;
    const found = placeOf(value, mayHold, depth + 1);
    if (found) return [name, ...found];
  }
  return undefined;
}
