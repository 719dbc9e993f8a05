const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Members whose text is signed or sealed, wherever they are in a body. */
const GUARDED: ReadonlySet<string> = new Set(['message', 'sealed', 'statement', 'document']);

/**
 * A copy of a body in which one character of a signed message or of sealed bytes is another; undefined when
 * it has none. `chance` decides which: 4 bytes for the place, 1 for the letter.
 */
export function corrupted(body: unknown, chance: Uint8Array): unknown {
  const total = count(body);
  if (total === 0) return undefined;
  const bytes = Buffer.from(chance);
  return replace(body, { at: bytes.readUInt32BE(8) % total, letter: bytes.readUInt8(12) });
}

/** Characters that may be changed. */
function count(value: unknown): number {
  let total = 0;
  for (const [name, member] of membersOf(value)) {
    total += isGuarded(name, member) ? member.length : count(member);
  }
  return total;
}

/** Counts `at` down to the character that is changed. */
function replace(value: unknown, place: { at: number; readonly letter: number }): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const changed = membersOf(value).map(([name, member]): [string, unknown] => {
    if (!isGuarded(name, member)) return [name, replace(member, place)];
    const { at } = place;
    place.at -= member.length;
    return [name, at >= 0 && at < member.length ? flip(member, at, place.letter) : member];
  });
  return Array.isArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
}

function flip(text: string, at: number, letter: number): string {
  const was = LETTERS.indexOf(text.charAt(at));
  const other = LETTERS.charAt((was + 1 + (letter % (LETTERS.length - 1))) % LETTERS.length);
  return text.slice(0, at) + other + text.slice(at + 1);
}

const membersOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

const isGuarded = (name: string, member: unknown): member is string =>
  typeof member === 'string' && GUARDED.has(name);
