/** Which of some names a person means. */
export type Means = (name: string) => boolean;

/**
 * The names that a word means: the very name if there is one, otherwise every name that it is part of.
 * Undefined if it is part of none.
 */
export function meaning(word: string, names: Iterable<string>): Means | undefined {
  const wanted = word.trim().normalize('NFC');
  const all = [...names];
  if (all.includes(wanted)) return (name) => name === wanted;
  if (wanted === '' || !all.some((name) => name.includes(wanted))) return undefined;
  return (name) => name.includes(wanted);
}
