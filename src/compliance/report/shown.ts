/** A value of an expectation as people read it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'なし (none)';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : [`${key}: ${shown(each)}`],
    );
    return `{${parts.join(', ')}}`;
  }
  return String(value);
}
